import { dollars, h, svg } from './dom.js';
import { duration } from './stream-picture.js';
import { badge, verdicts, worstFirst } from './verdict.js';

/** @import { Trend } from '../trend.ts' */
/** @import { Verdict } from '../../events.ts' */

const width = 720;
const height = 150;
const top = 12;
const base = 120;
const left = 84;

/**
 * Verdicts, latency and cost of the last runs, each as a drawing and together as a table.
 *
 * @param {Trend} trend
 */
export function trendSection({ source, real, runs, models, omitted }) {
  const when = moments(runs);
  const days = `${when[0]} to ${when.at(-1)}`;
  const occurring = worstFirst.filter((verdict) => runs.some(({ counts }) => counts[verdict] > 0));
  const money = real ? 'Cost' : 'Would cost';
  const latencies = models.flatMap((model, index) => [
    {
      name: `${model}, p50`,
      look: `line tone-${index % 6}`,
      values: runs.map(({ figures }) => figures[index]?.firstContentP50Ms ?? null),
    },
    {
      name: `${model}, p95`,
      look: `line dashed tone-${index % 6}`,
      values: runs.map(({ figures }) => figures[index]?.firstContentP95Ms ?? null),
    },
  ]);
  const costs = models.map((model, index) => ({
    name: model,
    look: `line tone-${index % 6}`,
    values: runs.map(({ figures }) => figures[index]?.costUsd ?? null),
  }));
  return h(
    'section',
    { 'aria-labelledby': 'trend' },
    h('h2', { id: 'trend' }, 'Trend'),
    h(
      'p',
      { class: 'lead' },
      `${runs.length} runs (${source}), ${days}${omitted > 0 ? `; ${omitted} earlier ones are not shown` : ''}.`,
    ),
    h('h3', {}, 'Verdicts'),
    verdictBars(runs, when),
    h(
      'ul',
      { class: 'keys' },
      occurring.map((verdict) =>
        h(
          'li',
          { class: verdict },
          h('span', { class: `swatch part ${verdict}`, 'aria-hidden': 'true' }),
          badge(verdict),
        ),
      ),
    ),
    h('h3', {}, 'Time to first content'),
    lines('Time to first content', latencies, duration, days),
    h('h3', {}, money),
    lines(money, costs, (usd) => dollars(Number(usd.toPrecision(2))), days),
    h('details', { class: 'plain' }, h('summary', {}, 'As a table'), table(runs, models, occurring)),
  );
}

/**
 * @param {Trend['runs']} runs
 * @param {string[]} when
 */
function verdictBars(runs, when) {
  const most = Math.max(1, ...runs.map(({ counts }) => worstFirst.reduce((sum, verdict) => sum + counts[verdict], 0)));
  const step = (width - left) / runs.length;
  const bars = runs.map(({ counts, runId }, index) => {
    let y = base;
    // The worst stand on top, where they are seen.
    const parts = worstFirst.toReversed().map((verdict) => {
      const tall = (counts[verdict] / most) * (base - top);
      // A single failure among thousands has to show.
      const drawn = counts[verdict] > 0 ? Math.max(2, tall) : 0;
      y -= drawn;
      return svg('rect', {
        class: `part ${verdict}`,
        x: left + index * step + step * 0.12,
        y,
        width: Math.min(step * 0.76, 40),
        height: drawn,
      });
    });
    return svg('g', {}, svg('title', {}, `${runId}: ${tallyInWords(counts)}`), parts);
  });
  const newest = runs.at(-1);
  const label = `Verdicts of ${runs.length} runs, the newest: ${newest ? tallyInWords(newest.counts) : ''}`;
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label, class: 'chart' },
    axis(String(most), '0', when),
    bars,
  );
}

/**
 * @param {string} what
 * @param {{ name: string, look: string, values: (number | null)[] }[]} series
 * @param {(value: number) => string} inWords
 * @param {string} days
 */
function lines(what, series, inWords, days) {
  const told = series.filter(({ values }) => values.some((value) => value !== null));
  const most = Math.max(0, ...told.flatMap(({ values }) => values.map((value) => value ?? 0)));
  if (told.length === 0) return h('p', { class: 'lead' }, 'No run has any.');
  const count = told[0]?.values.length ?? 1;
  const x = (/** @type {number} */ index) => left + 8 + (index / Math.max(1, count - 1)) * (width - left - 20);
  const y = (/** @type {number} */ value) => base - (value / (most || 1)) * (base - top);
  const drawn = told.map(({ look, values }) => {
    const points = values.flatMap((value, index) => (value === null ? [] : [[x(index), y(value)]]));
    return svg(
      'g',
      { class: look },
      svg('polyline', { points: points.map((point) => point.map((one) => one?.toFixed(1)).join(',')).join(' ') }),
      points.map(([cx, cy]) => svg('circle', { cx: cx ?? 0, cy: cy ?? 0, r: 2.5 })),
    );
  });
  const key = told.map(({ name, look }) =>
    h(
      'li',
      {},
      svg(
        'svg',
        { viewBox: '0 0 28 10', class: 'key', 'aria-hidden': 'true' },
        svg('g', { class: look }, svg('polyline', { points: '0,5 28,5' })),
      ),
      name,
    ),
  );
  return h(
    'div',
    {},
    svg(
      'svg',
      {
        viewBox: `0 0 ${width} ${height}`,
        role: 'img',
        'aria-label': `${what}, ${days}, at most ${inWords(most)}`,
        class: 'chart',
      },
      axis(inWords(most), inWords(0)),
      drawn,
    ),
    h('ul', { class: 'keys' }, key),
  );
}

/**
 * @param {string} most
 * @param {string} least
 * @param {string[]} [when]
 */
function axis(most, least, when) {
  return svg(
    'g',
    { class: 'axis' },
    svg('line', { x1: left, x2: width, y1: base, y2: base }),
    svg('line', { class: 'faint', x1: left, x2: width, y1: top, y2: top }),
    svg('text', { x: left - 8, y: top + 4, 'text-anchor': 'end' }, most),
    svg('text', { x: left - 8, y: base + 4, 'text-anchor': 'end' }, least),
    when && svg('text', { x: left, y: height - 10 }, when[0]),
    when && svg('text', { x: width, y: height - 10, 'text-anchor': 'end' }, when.at(-1)),
  );
}

/**
 * @param {Trend['runs']} runs
 * @param {string[]} models
 * @param {Verdict[]} occurring
 */
function table(runs, models, occurring) {
  const cell = (/** @type {number | null | undefined} */ value, /** @type {(value: number) => string} */ inWords) =>
    h('td', { class: 'number' }, value === null || value === undefined ? '' : inWords(value));
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Runs' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          [
            'run',
            'began',
            ...occurring.map((verdict) => verdicts[verdict].word),
            ...models.flatMap((model) => [`${model} p50`, 'p95', 'cost']),
          ].map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h(
        'tbody',
        {},
        runs.toReversed().map(({ runId, at, counts, figures }) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, runId),
            h('td', { class: 'moment' }, `${day(at)} ${time(at)}`),
            occurring.map((verdict) => cell(counts[verdict], String)),
            figures.flatMap((one) => [
              cell(one?.firstContentP50Ms, duration),
              cell(one?.firstContentP95Ms, duration),
              cell(one?.costUsd, dollars),
            ]),
          ),
        ),
      ),
    ),
  );
}

/**
 * When the runs began: by day, or by the time of the day when that is the same.
 *
 * @param {Trend['runs']} runs
 */
function moments(runs) {
  const days = new Set(runs.map(({ at }) => day(at)));
  return runs.map(({ at }) => (days.size > 1 ? day(at) : `${day(at)} ${time(at)}`));
}

/** @param {string} at */
function day(at) {
  return at.slice(0, 10);
}

/** @param {string} at */
function time(at) {
  return `${at.slice(11, 16)} UTC`;
}

/** @param {Trend['runs'][number]['counts']} counts */
function tallyInWords(counts) {
  const told = worstFirst.filter((verdict) => counts[verdict] > 0);
  return told.map((verdict) => `${counts[verdict]} ${verdicts[verdict].word}`).join(', ') || 'no case';
}
