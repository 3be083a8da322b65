import { caseAddress } from './address.js';
import { counted, h } from './dom.js';
import { symbolOf, tally, verdicts, worstFirst } from './verdict.js';

/** @import { PageData, IndexedCase } from '../page-data.ts' */

/** Scenarios that are laid out at once; families beyond stay folded until somebody opens them. */
const maxOpen = 150;

/**
 * The cases by family and scenario. A family is laid out when it is opened: thousands of lines nobody reads cost a second.
 *
 * @param {PageData} data
 * @param {IndexedCase[]} cases those to show
 * @param {boolean} chosen somebody asked for just these
 */
export function scenarioList({ scenarios, cases: all }, cases, chosen) {
  if (cases.length === 0)
    return h('p', { class: 'nothing' }, all.length === 0 ? 'This run has no case.' : 'No case fits these filters.');
  const byFamily = Map.groupBy(cases, ({ scenario }) => scenarios[scenario]?.family ?? '');
  let laidOut = 0;
  return h(
    'div',
    { class: 'families' },
    [...byFamily]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([family, its]) => {
        const byScenario = Map.groupBy(its, ({ scenario }) => scenario);
        const fill = () => {
          if (list.childElementCount === 0)
            list.append(...[...byScenario].map(([index, same]) => row(scenarios[index], same)));
        };
        const list = h('ul', { class: 'scenarios' });
        const open = chosen && laidOut < maxOpen;
        if (open) {
          laidOut += byScenario.size;
          fill();
        }
        return h(
          'details',
          { class: 'family', open, ontoggle: fill },
          h(
            'summary',
            {},
            h('span', { class: 'title' }, family),
            h('span', { class: 'size' }, counted(byScenario.size, 'scenario')),
            h('span', { class: 'tallies' }, tally(countsOf(its))),
          ),
          list,
        );
      }),
  );
}

/**
 * @param {PageData['scenarios'][number] | undefined} scenario
 * @param {IndexedCase[]} cases
 */
function row(scenario, cases) {
  const bySubject = Map.groupBy(cases, ({ subject }) => subject);
  return h(
    'li',
    { class: 'scenario' },
    h('div', { class: 'what' }, h('p', { class: 'id' }, scenario?.id), h('p', { class: 'says' }, scenario?.says)),
    h(
      'div',
      { class: 'chips' },
      [...bySubject].map(([subject, its]) =>
        h('div', { class: 'subjects' }, h('span', { class: 'subject' }, subject), its.map(chip)),
      ),
    ),
    cases
      .filter(({ brief }) => brief?.expected !== undefined)
      .slice(0, 6)
      .map(({ verdict, subject, mode, brief }) =>
        h(
          'p',
          { class: `brief ${verdict}` },
          symbolOf(verdict),
          `${[subject, mode].filter(Boolean).join(' ')}: expected ${brief?.expected}, got ${brief?.actual}`,
        ),
      ),
  );
}

/** @param {IndexedCase} one */
function chip(one) {
  const { verdict, mode, name, subject } = one;
  const nth = / #\d+$/.exec(name)?.[0] ?? '';
  return h(
    'a',
    {
      class: `chip ${verdict}`,
      href: caseAddress(one),
      'aria-label': `${verdicts[verdict].word}: ${name}, ${subject}`,
    },
    symbolOf(verdict),
    (mode ?? verdicts[verdict].word) + nth,
  );
}

/** @param {IndexedCase[]} cases */
function countsOf(cases) {
  const counts = /** @type {Record<keyof typeof verdicts, number>} */ (
    Object.fromEntries(worstFirst.map((verdict) => [verdict, 0]))
  );
  for (const { verdict } of cases) counts[verdict] += 1;
  return counts;
}
