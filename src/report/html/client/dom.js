/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>} Props */

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * An element. Children that are no nodes become text: nothing here reads markup, so that whatever a model or a server said is shown.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} props attributes, and listeners as `onclick`
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  return filled(element, props, children);
}

/**
 * An element of a drawing.
 *
 * @param {string} tag
 * @param {Props} props
 * @param {...(Child | Child[])} children
 */
export function svg(tag, props, ...children) {
  return filled(document.createElementNS(svgNamespace, tag), props, children);
}

/**
 * @template {Element} Kind
 * @param {Kind} element
 * @param {Props} props
 * @param {(Child | Child[])[]} children
 * @returns {Kind}
 */
function filled(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value === true ? '' : shown(String(value)));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : shown(String(child)));
  }
  return element;
}

const unseen =
  // oxlint-disable-next-line no-control-regex -- they are the subject
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFFE\uFFFF]/g;

/**
 * Text in which what has no shape of its own can be seen: control characters, and marks that turn the direction of what follows.
 *
 * @param {string} text
 */
function shown(text) {
  return text.replace(unseen, (one) => `⟨U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);
}

/**
 * A link to somebody's page, or only its name when the address is none for the web.
 *
 * @param {string} url
 * @param {string} text
 */
export function outward(url, text) {
  return /^https?:\/\//.test(url) ? h('a', { href: url, rel: 'noreferrer' }, text) : text;
}

/**
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * US dollars without an exponent, down to a billionth.
 *
 * @param {number} amount
 */
export function dollars(amount) {
  return `$${amount.toFixed(9).replace(/\.?0+$/, '')}`;
}

/**
 * A text to be copied, such as a command.
 *
 * @param {string} text
 * @param {string} what
 */
export function copyable(text, what) {
  const button = h('button', { type: 'button', class: 'copy', 'aria-label': `Copy ${what}` }, 'Copy');
  const say = (/** @type {string} */ word) => {
    button.textContent = word;
    setTimeout(() => (button.textContent = 'Copy'), 1_500);
  };
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(text).then(
      () => say('Copied'),
      () => say('Select it'),
    );
  });
  return h('div', { class: 'copyable' }, h('pre', { tabindex: 0, 'aria-label': what, role: 'region' }, text), button);
}
