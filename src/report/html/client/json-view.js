import { h } from './dom.js';

/** A number, a word or a string; a string before a colon is a name. */
const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Nodes of a value beyond these are folded. */
const openDepth = 3;

/**
 * A body: folded and coloured when it is JSON, coloured line by line when it is a stream or was cut.
 *
 * @param {string} text
 */
export function bodyView(text) {
  const box = h('div', { class: 'code', tabindex: 0, role: 'region', 'aria-label': 'Body' });
  try {
    box.append(tree(JSON.parse(text), 0));
  } catch {
    box.append(...coloured(text));
  }
  return box;
}

/**
 * @param {unknown} value
 * @param {number} depth
 * @returns {Node}
 */
function tree(value, depth) {
  if (typeof value !== 'object' || value === null) return scalar(value);
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const [begin, end] = isList ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return h('span', {}, begin + end);
  const lines = entries.map(([name, inner], index) =>
    h(
      'div',
      { class: 'entry' },
      !isList && h('span', { class: 'name' }, JSON.stringify(name)),
      !isList && ': ',
      tree(inner, depth + 1),
      index < entries.length - 1 && ',',
    ),
  );
  if (entries.every(([, inner]) => typeof inner !== 'object' || inner === null) && JSON.stringify(value).length < 60) {
    return h(
      'span',
      { class: 'inline' },
      begin,
      ...lines.flatMap((line) => [...line.childNodes, ' ']).slice(0, -1),
      end,
    );
  }
  return h(
    'details',
    { class: 'node', open: depth < openDepth },
    h('summary', {}, begin, h('span', { class: 'folded' }, ` ${entries.length} ${end}`)),
    h('div', { class: 'entries' }, lines),
    h('span', { class: 'end' }, end),
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
