import { listAddress, noFilters } from './address.js';
import { counted, dollars, h } from './dom.js';
import { proportion, tally } from './verdict.js';

/** @import { PageData } from '../page-data.ts' */
/** @import { Counts } from '../../counts.ts' */

/** @param {PageData} data */
export function masthead(data) {
  const { verdict, exitCode, facts, origin, caution, required, runId } = data;
  const tone = exitCode === 0 ? 'pass' : exitCode === 1 ? 'fail' : 'could-not-run';
  const symbol = exitCode === 0 ? '✓' : exitCode === 1 ? '✗' : '?';
  return h(
    'header',
    { class: 'masthead' },
    h('p', { class: 'overline' }, `byok-conformance · run ${runId}`),
    h(
      'div',
      { class: `verdict ${tone}` },
      h('span', { class: 'seal', 'aria-hidden': 'true' }, symbol),
      h('div', {}, h('h1', { tabindex: -1 }, verdict.word), h('p', {}, verdict.rest)),
    ),
    proportion(required),
    originNote(origin, caution),
    h(
      'dl',
      { class: 'facts' },
      facts.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
    ),
  );
}

/**
 * Where the answers come from, and what that means for a reader.
 *
 * @param {string} origin
 * @param {string | null} caution
 */
export function originNote(origin, caution) {
  return h(
    'p',
    {
      class: caution === null ? 'origin' : 'origin caution',
      role: 'note',
      'aria-label': 'Where the answers come from',
    },
    h('strong', {}, `${origin[0]?.toUpperCase()}${origin.slice(1)}.`),
    caution !== null && ` ${caution}`,
  );
}

/** @param {PageData} data */
export function matrixSection({ matrix: { columns, rows } }) {
  if (rows.length === 0) return null;
  const link = (/** @type {string} */ family, /** @type {string} */ model, /** @type {Counts} */ counts) =>
    h(
      'a',
      { href: listAddress({ ...noFilters(), family, model }) },
      h('span', { class: 'unseen' }, `${family}, ${model}: `),
      tally(counts),
    );
  const table = h(
    'table',
    { class: 'matrix' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        ['Family', ...columns].map((column) => h('th', { scope: 'col' }, column)),
      ),
    ),
    h(
      'tbody',
      {},
      rows.map(({ family, cells }) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, h('a', { href: listAddress({ ...noFilters(), family }) }, family)),
          cells.map((counts, index) => h('td', {}, counts && link(family, columns[index] ?? '', counts))),
        ),
      ),
    ),
  );
  table.style.minWidth = `${(columns.length + 1) * 5}rem`;
  return h(
    'section',
    { 'aria-labelledby': 'matrix' },
    h('h2', { id: 'matrix' }, 'Families and models'),
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': 'matrix' }, table),
  );
}

/** @param {PageData} data */
export function coverageSection({ coverage }) {
  if (coverage === null) return null;
  const heads = ['Operation', 'Documented', 'Observed', 'Checked live', 'Sandbox only', 'Excluded', 'Not looked at'];
  return h(
    'section',
    { 'aria-labelledby': 'coverage' },
    h('h2', { id: 'coverage' }, 'Documented error paths'),
    h('p', { class: 'lead' }, `${coverage.phrase}.`),
    h(
      'details',
      { class: 'plain' },
      h('summary', {}, 'By operation'),
      h(
        'div',
        { class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': 'coverage' },
        h(
          'table',
          {},
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              heads.map((head, index) => h('th', { scope: 'col', class: index > 0 && 'number' }, head)),
            ),
          ),
          h(
            'tbody',
            {},
            coverage.rows.map(({ endpoint, documented, observed, live, sandboxOnly, excluded, uncovered }) =>
              h(
                'tr',
                {},
                h('th', { scope: 'row' }, endpoint),
                [documented, observed, live, sandboxOnly, excluded].map((n) =>
                  h('td', { class: 'number' }, n === 0 ? '·' : n),
                ),
                h(
                  'td',
                  { class: 'number' },
                  uncovered.length === 0
                    ? '·'
                    : h(
                        'details',
                        { class: 'tiny' },
                        h('summary', {}, uncovered.length),
                        h(
                          'ul',
                          {},
                          uncovered.map(({ id }) => h('li', {}, id)),
                        ),
                      ),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}

/** @param {PageData} data */
export function spendSection({ spend: { phrase, real, taken, rows } }) {
  const paid = real ? ['From credits', 'Billed by the provider'] : ['Would cost: credits', 'Would cost: own key'];
  const heads = ['Model', 'Calls', 'Tokens', ...paid];
  return h(
    'section',
    { 'aria-labelledby': 'spend' },
    h('h2', { id: 'spend' }, 'Spend'),
    h('p', { class: 'lead' }, `${phrase[0]?.toUpperCase()}${phrase.slice(1)}.`),
    taken !== null &&
      h(
        'p',
        {},
        `With givens and waiting: ${counted(taken.requests, 'request')}, ${dollars(taken.openRouterUsd)} from credits, ${dollars(taken.providerUsd)} billed by the provider at list price.`,
      ),
    rows.length > 0 &&
      h(
        'div',
        { class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': 'spend' },
        h(
          'table',
          {},
          h(
            'thead',
            {},
            h(
              'tr',
              {},
              heads.map((head, index) => h('th', { scope: 'col', class: index > 0 && 'number' }, head)),
            ),
          ),
          h(
            'tbody',
            {},
            rows.map(({ subject, calls, tokens, openRouterUsd, providerUsd }) =>
              h(
                'tr',
                {},
                h('th', { scope: 'row' }, subject),
                [
                  calls.toLocaleString('en'),
                  tokens.toLocaleString('en'),
                  dollars(openRouterUsd),
                  dollars(providerUsd),
                ].map((value) => h('td', { class: 'number' }, value)),
              ),
            ),
          ),
        ),
      ),
  );
}

/** @param {PageData} data */
export function notesSection({ notes, moreNotes }) {
  if (notes.length === 0) return null;
  return h(
    'section',
    { 'aria-labelledby': 'notes' },
    h('h2', { id: 'notes' }, 'Notes'),
    h(
      'details',
      { class: 'plain' },
      h('summary', {}, counted(notes.length + moreNotes, 'note')),
      h(
        'ul',
        { class: 'notes' },
        notes.map(({ text, cases }) =>
          h('li', {}, text, h('span', { class: 'subject' }, ` ${counted(cases, 'case')}`)),
        ),
      ),
      moreNotes > 0 && h('p', {}, `${counted(moreNotes, 'more note')} on the pages of the cases.`),
    ),
  );
}
