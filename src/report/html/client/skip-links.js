import { h } from './dom.js';

/**
 * Links, seen when the keyboard reaches them, past what stands before a heading. Only to headings that are there.
 *
 * @param {Record<string, string>} targets id of the heading, by what the link says
 * @param {Element} within
 */
export function skipLinks(targets, within) {
  const links = Object.entries(targets).flatMap(([text, id]) => {
    const heading = /** @type {HTMLElement | null} */ (within.querySelector(`#${id}`));
    if (heading === null) return [];
    const go = (/** @type {Event} */ event) => {
      // The address tells what the page shows, not where it is read.
      event.preventDefault();
      heading.focus({ preventScroll: true });
      heading.scrollIntoView();
    };
    return h('a', { href: `#${id}`, onclick: go }, text);
  });
  return h('nav', { class: 'skip', 'aria-label': 'Skip' }, links);
}
