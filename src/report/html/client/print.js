/**
 * Opens all that is folded: nobody unfolds paper. Returns what folds it again.
 *
 * @param {Element} root
 */
export function openAll(root) {
  /** @type {HTMLDetailsElement[]} */
  const opened = [];
  for (let folded = closed(root); folded.length > 0; folded = closed(root)) {
    for (const details of folded) {
      // What is drawn when it is unfolded has to be there at once; the browser's own event comes after the print.
      details.dispatchEvent(new Event('toggle'));
      details.open = true;
      opened.push(details);
    }
  }
  return () => {
    for (const details of opened) details.open = false;
  };
}

/** @param {Element} root */
function closed(root) {
  return [...root.querySelectorAll('details:not([open])')].filter((one) => one instanceof HTMLDetailsElement);
}
