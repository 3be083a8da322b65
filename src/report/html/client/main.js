import { listAddress, noFilters, readAddress } from './address.js';
import { attention, notRequired } from './attention.js';
import { casePage } from './case-page.js';
import { trendSection } from './charts.js';
import { h } from './dom.js';
import { caseFilter, filterForm } from './filters.js';
import { coverageSection, masthead, matrixSection, notesSection, spendSection } from './overview.js';
import { openAll } from './print.js';
import { skipLinks } from './skip-links.js';
import { scenarioList } from './scenario-list.js';

/** @import { PageData } from '../page-data.ts' */
/** @import { CaseData } from '../case-data.ts' */
/** @import { Filters } from './address.js' */

/** @type {PageData} */
const data = JSON.parse(document.getElementById('report')?.textContent ?? '');
const fitting = caseFilter(data);
let filters = noFilters();
let scrolled = 0;

const form = filterForm(data, (changed) => {
  history.replaceState(null, '', listAddress(changed));
  showList(changed);
});
const found = h('div', {});
const list = h(
  'section',
  { 'aria-labelledby': 'scenarios' },
  h('h2', { id: 'scenarios', tabindex: -1 }, 'Scenarios'),
  form.element,
  found,
);
const overview = h('div', {});
for (const part of [
  masthead(data),
  attention(data),
  notRequired(data),
  matrixSection(data),
  list,
  coverageSection(data),
  spendSection(data),
  data.trend && trendSection(data.trend),
  notesSection(data),
]) {
  if (part) overview.append(part);
}
const single = h('div', { hidden: true });
const main = h('main', {}, overview, single);
const skips = skipLinks({ 'To the failures': 'attention', 'To the cases': 'scenarios' }, overview);
document.body.prepend(skips);
document.body.append(
  main,
  h('footer', {}, `byok-conformance · run ${data.runId} · rendered from events.ndjson beside this file`),
);

/** @param {Filters} asked */
function showList(asked) {
  filters = asked;
  const cases = fitting(asked);
  form.show(asked, cases, data.cases.length);
  found.replaceChildren(scenarioList(data, cases, listAddress(asked) !== '#/'));
}

/** @param {number} index */
async function caseData(index) {
  const block = document.getElementById(`block-${Math.floor(index / data.casesPerBlock)}`)?.textContent ?? '';
  const bytes = Uint8Array.from(atob(block), (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  /** @type {CaseData[]} */
  const cases = JSON.parse(await new Response(unpacked).text());
  return cases[index % data.casesPerBlock];
}

/**
 * @param {string} subject
 * @param {string} name
 */
async function showCase(subject, name) {
  const index = data.cases.findIndex((one) => one.subject === subject && one.name === name);
  const one = data.cases[index];
  const its = one && (await caseData(index));
  const back = listAddress(filters);
  if (!one || !its) {
    single.replaceChildren(
      h('p', {}, h('a', { href: back }, '← All cases')),
      h('h1', { tabindex: -1 }, 'No such case'),
      h('p', {}, `This run has no case ${name} of ${subject}.`),
    );
    return;
  }
  const among = fitting(filters);
  const place = among.indexOf(one);
  single.replaceChildren(
    casePage(data, one, its, { back, before: among[place - 1], after: place < 0 ? undefined : among[place + 1] }),
  );
}

/** Shows what the address asks for. */
async function follow() {
  const asked = readAddress(location.hash);
  if (asked.page === 'case') {
    if (!overview.hidden) scrolled = scrollY;
    await showCase(asked.subject, asked.name);
    overview.hidden = true;
    skips.hidden = true;
    single.hidden = false;
    scrollTo(0, 0);
    single.querySelector('h1')?.focus({ preventScroll: true });
    document.title = `${asked.name} · ${asked.subject}`;
    return;
  }
  const returning = overview.hidden;
  const same = listAddress(asked.filters) === listAddress(filters);
  if (!same || found.childElementCount === 0) showList(asked.filters);
  overview.hidden = false;
  skips.hidden = false;
  single.hidden = true;
  document.title = `${data.verdict.word} · ${data.runId} · byok-conformance`;
  if (returning && same) scrollTo(0, scrolled);
  else if (!same || listAddress(asked.filters) !== '#/') list.scrollIntoView();
}

addEventListener('hashchange', follow);
/** @type {() => void} */
let fold = () => {};
addEventListener('beforeprint', () => (fold = openAll(overview.hidden ? single : overview)));
addEventListener('afterprint', () => fold());
await follow();
performance.mark('drawn');
document.documentElement.dataset['ready'] = 'yes';
