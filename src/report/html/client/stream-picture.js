import { counted, h, svg } from './dom.js';

/** @import { StepSummary, ExchangeView } from '../../events.ts' */

const width = 720;
const height = 96;
const base = 70;
const left = 6;

/**
 * A stream over time: a bar for each piece where it arrived, as high as it is large, and a mark at the first content.
 *
 * @param {ExchangeView} exchange
 * @param {StepSummary} step
 */
export function streamPicture({ chunks = [], headersMs, totalMs }, { firstContentMs }) {
  const last = Math.max(1, totalMs, ...chunks.map(([ms]) => ms));
  const largest = Math.max(1, ...chunks.map(([, bytes]) => bytes));
  const x = (/** @type {number} */ ms) => left + (ms / last) * (width - 2 * left);
  const says = inWords(chunks, totalMs, firstContentMs);
  const drawing = svg(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': says, class: 'stream' },
    headersMs !== null && svg('line', { class: 'waiting', x1: x(0), x2: x(headersMs), y1: base, y2: base }),
    svg('line', { class: 'axis', x1: x(headersMs ?? 0), x2: x(last), y1: base, y2: base }),
    chunks.map(([ms, bytes]) => {
      const tall = Math.max(3, Math.sqrt(bytes / largest) * 44);
      return svg('rect', {
        class: firstContentMs !== undefined && ms < firstContentMs ? 'chunk early' : 'chunk',
        x: x(ms) - 1,
        y: base - tall,
        width: 2,
        height: tall,
        rx: 1,
      });
    }),
    firstContentMs !== undefined && mark(x(firstContentMs), `first content ${duration(firstContentMs)}`),
    [0, 0.25, 0.5, 0.75, 1].map((part) =>
      svg(
        'text',
        { x: x(part * last), y: height - 8, 'text-anchor': part === 0 ? 'start' : part === 1 ? 'end' : 'middle' },
        duration(part * last),
      ),
    ),
  );
  return h('figure', { class: 'picture' }, drawing, h('figcaption', {}, says));
}

/**
 * @param {number} at
 * @param {string} text
 */
function mark(at, text) {
  const beyondMiddle = at > width / 2;
  return svg(
    'g',
    { class: 'first' },
    svg('line', { x1: at, x2: at, y1: 6, y2: base + 4 }),
    svg('path', { d: `M ${at - 4} 4 h 8 l -4 6 z` }),
    svg('text', { x: at + (beyondMiddle ? -8 : 8), y: 14, 'text-anchor': beyondMiddle ? 'end' : 'start' }, text),
  );
}

/**
 * @param {[number, number][]} chunks
 * @param {number} totalMs
 * @param {number | undefined} firstContentMs
 */
function inWords(chunks, totalMs, firstContentMs) {
  const bytes = chunks.reduce((sum, [, size]) => sum + size, 0);
  const pause = Math.max(0, ...chunks.slice(1).map(([ms], index) => ms - (chunks[index]?.[0] ?? 0)));
  const first = firstContentMs === undefined ? 'no content' : `first content after ${duration(firstContentMs)}`;
  return `${counted(chunks.length, 'piece')}, ${counted(bytes, 'byte')} in ${duration(totalMs)}; ${first}; longest pause between pieces ${duration(pause)}`;
}

/** @param {number} ms */
export function duration(ms) {
  if (ms >= 10_000) return `${(ms / 1_000).toFixed(0)} s`;
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${ms.toFixed(ms < 10 && ms % 1 !== 0 ? 1 : 0)} ms`;
}
