import { h } from './dom.js';

/** @import { Verdict } from '../../events.ts' */

/**
 * Worst first. The colour repeats what symbol and word say.
 *
 * @type {Record<Verdict, { symbol: string, word: string }>}
 */
export const verdicts = {
  fail: { symbol: '✗', word: 'fail' },
  'could-not-run': { symbol: '?', word: 'could not run' },
  warn: { symbol: '!', word: 'warn' },
  known: { symbol: '~', word: 'known' },
  pass: { symbol: '✓', word: 'pass' },
  'not-applicable': { symbol: '–', word: 'not applicable' },
};

export const worstFirst = /** @type {Verdict[]} */ (Object.keys(verdicts));

/**
 * @param {Verdict} verdict
 * @param {string} [word] in place of the verdict's own
 */
export function badge(verdict, word = verdicts[verdict].word) {
  return h('span', { class: `badge ${verdict}` }, symbolOf(verdict), word);
}

/** @param {Verdict} verdict */
export function symbolOf(verdict) {
  return h('span', { class: 'symbol', 'aria-hidden': 'true' }, verdicts[verdict].symbol);
}

/**
 * The verdicts that occur, each with its symbol and number.
 *
 * @param {Record<Verdict, number>} counts
 */
export function tally(counts) {
  return worstFirst
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) =>
      h(
        'span',
        { class: `tally ${verdict}` },
        symbolOf(verdict),
        counts[verdict],
        h('span', { class: 'unseen' }, ` ${verdicts[verdict].word} `),
      ),
    );
}

/**
 * How the verdicts share a whole, as a bar.
 *
 * @param {Record<Verdict, number>} counts
 */
export function proportion(counts) {
  const bar = h('div', { class: 'proportion', 'aria-hidden': 'true' });
  for (const verdict of worstFirst) {
    if (counts[verdict] === 0) continue;
    const part = h('span', { class: `part ${verdict}` });
    part.style.flexGrow = String(counts[verdict]);
    bar.append(part);
  }
  return bar;
}
