import { caseAddress } from './address.js';
import { versus } from './attention.js';
import { copyable, counted, h, outward } from './dom.js';
import { exchangeView } from './exchange.js';
import { originNote } from './overview.js';
import { duration } from './stream-picture.js';
import { badge } from './verdict.js';

/** @import { PageData, IndexedCase } from '../page-data.ts' */
/** @import { CaseData } from '../case-data.ts' */
/** @import { CaseFinding, Source } from '../../events.ts' */

/**
 * The page of one case.
 *
 * @param {PageData} data
 * @param {IndexedCase} one
 * @param {CaseData} its
 * @param {{ back: string, before: IndexedCase | undefined, after: IndexedCase | undefined }} way
 */
export function casePage(data, one, its, way) {
  const { name, subject, verdict, scenario } = one;
  const failing = new Set(its.findings.map(({ step }) => step));
  return h(
    'article',
    { class: 'case' },
    h(
      'nav',
      { class: 'way', 'aria-label': 'Cases' },
      h('a', { href: way.back }, '← All cases'),
      h(
        'span',
        {},
        way.before && h('a', { href: caseAddress(way.before), rel: 'prev' }, 'Previous'),
        way.after && h('a', { href: caseAddress(way.after), rel: 'next' }, 'Next'),
      ),
    ),
    h('p', { class: 'overline' }, subject),
    h('h1', { tabindex: -1 }, name),
    h('p', { class: 'says' }, data.scenarios[scenario]?.says),
    h(
      'p',
      { class: 'standing' },
      badge(verdict),
      its.beyondProfile && h('span', { class: 'subject' }, 'beyond the profile: it makes no run red'),
    ),
    originNote(its.origin, its.caution),
    its.reason !== undefined &&
      h(
        'div',
        { class: `card ${verdict}` },
        h('p', { class: 'where' }, its.code !== undefined && h('code', {}, its.code)),
        h('pre', { class: 'wrap' }, its.reason),
      ),
    findings(its),
    firstAttempt(its),
    h(
      'dl',
      { class: 'facts' },
      its.facts.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value))),
    ),
    waits(its),
    promise(data, its),
    its.steps.length > 0 &&
      h(
        'section',
        { 'aria-labelledby': 'exchange' },
        h('h2', { id: 'exchange' }, 'The exchange'),
        its.steps.map((step) =>
          exchangeView(step, failing.size === 0 ? step === its.steps.at(-1) : failing.has(step.step)),
        ),
      ),
    its.notes.length > 0 &&
      h(
        'section',
        { 'aria-labelledby': 'case-notes' },
        h('h2', { id: 'case-notes' }, 'Notes'),
        h(
          'ul',
          { class: 'notes' },
          its.notes.map((note) => h('li', {}, note)),
        ),
      ),
    h(
      'section',
      { 'aria-labelledby': 'again' },
      h('h2', { id: 'again' }, 'Run it again'),
      copyable(its.rerun, 'command'),
      h('p', { class: 'subject' }, its.place),
    ),
  );
}

/** @param {CaseData} its */
function findings({ findings: found, moreFindings }) {
  if (found.length === 0) return null;
  return h(
    'section',
    { 'aria-labelledby': 'findings' },
    h('h2', { id: 'findings' }, counted(found.length + moreFindings, 'finding')),
    h('ul', { class: 'cards' }, found.map(finding)),
    moreFindings > 0 && h('p', {}, `${counted(moreFindings, 'more finding')} in events.ndjson.`),
  );
}

/** @param {CaseFinding} found */
function finding({ check, level, expected, actual, where, step }) {
  const tone = level === 'must' ? 'fail' : level === 'should' ? 'warn' : 'not-applicable';
  return h(
    'li',
    { class: `card ${tone}` },
    h('p', { class: 'where' }, badge(tone, level), h('code', {}, check)),
    versus(expected, actual),
    h('p', { class: 'subject' }, `${where === '' ? '' : `at ${where}, `}in ${step}`),
  );
}

/** @param {CaseData} its */
function firstAttempt({ firstAttempt: first }) {
  if (!first) return null;
  return h(
    'section',
    { 'aria-labelledby': 'first' },
    h('h2', { id: 'first' }, 'At the first attempt'),
    first.reason !== undefined && h('pre', { class: 'wrap' }, first.reason),
    h('ul', { class: 'cards' }, first.findings.map(finding)),
  );
}

/** @param {CaseData} its */
function waits({ waits: waited }) {
  return (
    waited.length > 0 &&
    h('p', {}, `Waited for ${waited.map(({ what, ms }) => `${what} (${duration(ms)})`).join(', ')}.`)
  );
}

/**
 * What is promised, where, and when that was read.
 *
 * @param {PageData} data
 * @param {CaseData} its
 */
function promise({ requirements, errorPaths }, its) {
  const known = its.requirements.map((id) => ({ id, promised: requirements.find((one) => one.id === id) }));
  if (known.length === 0 && its.errorPath === undefined) return null;
  const path = errorPaths.find(({ id }) => id === its.errorPath);
  return h(
    'section',
    { 'aria-labelledby': 'promise' },
    h('h2', { id: 'promise' }, 'The promise'),
    h(
      'ul',
      { class: 'promises' },
      known.map(({ id, promised }) =>
        h(
          'li',
          {},
          h('p', {}, promised?.statement ?? id),
          h(
            'p',
            { class: 'subject' },
            h('code', {}, id),
            promised && ` ${promised.level}, `,
            promised && source(promised.source),
          ),
        ),
      ),
      its.errorPath !== undefined &&
        h(
          'li',
          {},
          h('p', {}, 'Documented error path ', h('code', {}, its.errorPath)),
          path?.source && h('p', { class: 'subject' }, source(path.source)),
        ),
    ),
  );
}

/** @param {Source} where */
function source({ url, section, read }) {
  return h('span', {}, outward(url, section || url), `, read ${read}`);
}
