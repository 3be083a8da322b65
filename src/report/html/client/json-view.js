import { h } from './dom.js';

/** A number, a word or a string; a string before a colon is a name. */
const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** What lies deeper is folded. */
const openDepth = 3;

/**
 * A body: folded and coloured when it is JSON, coloured line by line when it is a stream or was cut.
 *
 * @param {string} text
 */
export function bodyView(text) {
  const box = h('div', { class: 'code', tabindex: 0, role: 'region', 'aria-label': 'Body' });
  try {
    box.append(tree(JSON.parse(text), 0, ''));
  } catch {
    box.append(...coloured(text));
  }
  return box;
}

/**
 * @param {unknown} value
 * @param {number} depth
 * @param {string} tail what follows the value
 * @returns {Node}
 */
function tree(value, depth, tail) {
  if (typeof value !== 'object' || value === null) return h('span', {}, scalar(value), tail);
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const [begin, end] = isList ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return h('span', {}, begin + end + tail);
  const flat = entries.every(([, inner]) => typeof inner !== 'object' || inner === null);
  const isShort = flat && JSON.stringify(value).length < 60;
  const lines = entries.map(([name, inner], index) => {
    const following = index === entries.length - 1 ? '' : isShort ? ', ' : ',';
    const label = isList ? [] : [h('span', { class: 'name' }, JSON.stringify(name)), ': '];
    return [...label, tree(inner, depth + 1, following)];
  });
  if (isShort) return h('span', {}, begin, lines.flat(), end + tail);
  return h(
    'details',
    { class: 'node', open: depth < openDepth },
    h('summary', {}, begin, h('span', { class: 'folded' }, ` ${entries.length} ${end}${tail}`)),
    h(
      'div',
      { class: 'entries' },
      lines.map((line) => h('div', {}, line)),
    ),
    h('span', {}, end + tail),
  );
}

/** @param {unknown} value */
function scalar(value) {
  return h('span', { class: kindOf(JSON.stringify(value)) }, JSON.stringify(value));
}

/** @param {string} text */
function coloured(text) {
  /** @type {(string | Node)[]} */
  const parts = [];
  let done = 0;
  for (const found of text.matchAll(token)) {
    const [whole, string, colon] = found;
    const word = colon === undefined ? whole : (string ?? '');
    parts.push(h('span', {}, text.slice(done, found.index)));
    parts.push(h('span', { class: colon === undefined ? kindOf(word) : 'name' }, word));
    done = found.index + word.length;
  }
  return [...parts, h('span', {}, text.slice(done))];
}

/** @param {string} word */
function kindOf(word) {
  if (word.startsWith('"')) return 'string';
  return /^[tfn]/.test(word) ? 'word' : 'figure';
}
