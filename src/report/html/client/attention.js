import { caseAddress, listAddress, noFilters } from './address.js';
import { counted, h } from './dom.js';
import { badge } from './verdict.js';

/** @import { PageData, IndexedCase } from '../page-data.ts' */

const maxListed = 50;
const maxNotRequired = 10;

/** What somebody has to look at; nothing when all is well. @param {PageData} data */
export function attention({ cases, troubled, problems }) {
  const wrong = troubled.flatMap((index) => cases[index] ?? []).filter(({ beyondProfile }) => !beyondProfile);
  if (wrong.length + problems.length === 0) return null;
  return h(
    'section',
    { 'aria-labelledby': 'attention' },
    h('h2', { id: 'attention', tabindex: -1 }, 'Needs attention'),
    problems.length > 0 &&
      h(
        'ul',
        { class: 'cards' },
        problems
          .slice(0, maxListed)
          .map(({ code, message, file }) =>
            h(
              'li',
              { class: 'card could-not-run' },
              h(
                'p',
                { class: 'where' },
                badge('could-not-run', 'problem'),
                h('code', {}, code),
                file !== undefined && h('code', {}, file),
              ),
              h('pre', { class: 'wrap' }, message),
            ),
          ),
      ),
    cards(wrong, maxListed),
  );
}

/** What went wrong without being asked for: it decides nothing. @param {PageData} data */
export function notRequired({ cases, troubled }) {
  const wrong = troubled.flatMap((index) => cases[index] ?? []).filter(({ beyondProfile }) => beyondProfile);
  if (wrong.length === 0) return null;
  return h(
    'section',
    { 'aria-labelledby': 'not-required' },
    h('h2', { id: 'not-required', tabindex: -1 }, 'Not required'),
    h('p', { class: 'lead' }, 'The profile does not ask for these: they make no run red.'),
    cards(wrong, maxNotRequired),
  );
}

/**
 * @param {IndexedCase[]} wrong
 * @param {number} most
 */
function cards(wrong, most) {
  const more = wrong.length - most;
  return [
    wrong.length > 0 && h('ul', { class: 'cards' }, wrong.slice(0, most).map(card)),
    more > 0 &&
      h(
        'p',
        {},
        h(
          'a',
          { href: listAddress({ ...noFilters(), verdicts: ['fail', 'could-not-run'] }) },
          `${counted(more, 'more case')} in the list`,
        ),
      ),
  ];
}

/** @param {IndexedCase} one */
function card(one) {
  const { verdict, name, subject, brief = {} } = one;
  return h(
    'li',
    { class: `card ${verdict}` },
    h(
      'p',
      { class: 'where' },
      badge(verdict),
      h('a', { href: caseAddress(one) }, name),
      h('span', { class: 'subject' }, subject),
    ),
    brief.check !== undefined && h('p', { class: 'check' }, brief.check),
    brief.expected !== undefined && versus(brief.expected, brief.actual ?? ''),
    brief.reason !== undefined && h('p', { class: 'reason' }, brief.reason),
  );
}

/**
 * @param {string} expected
 * @param {string} actual
 */
export function versus(expected, actual) {
  return h(
    'dl',
    { class: 'versus' },
    h('div', { class: 'expected' }, h('dt', {}, 'Expected'), h('dd', {}, expected)),
    h('div', { class: 'actual' }, h('dt', {}, 'Actual'), h('dd', {}, actual)),
  );
}
