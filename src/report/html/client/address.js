/** What the page shows stands in its address, so that it can be kept and sent. */

/**
 * @typedef {object} Filters
 * @property {string[]} verdicts none: all
 * @property {string} family empty: all
 * @property {string} model
 * @property {string} text
 */

/** @returns {Filters} */
export function noFilters() {
  return { verdicts: [], family: '', model: '', text: '' };
}

/**
 * @param {string} hash
 * @returns {{ page: 'list', filters: Filters } | { page: 'case', subject: string, name: string }}
 */
export function readAddress(hash) {
  const [, subject, name] = /^#\/case\/([^/]+)\/(.+)$/.exec(hash) ?? [];
  if (subject !== undefined && name !== undefined)
    return { page: 'case', subject: unescaped(subject), name: unescaped(name) };
  const asked = new URLSearchParams(hash.replace(/^#\/?\??/, ''));
  return {
    page: 'list',
    filters: {
      verdicts: (asked.get('verdict') ?? '').split(',').filter((verdict) => verdict !== ''),
      family: asked.get('family') ?? '',
      model: asked.get('model') ?? '',
      text: asked.get('q') ?? '',
    },
  };
}

/** @param {Filters} filters */
export function listAddress({ verdicts, family, model, text }) {
  const asked = new URLSearchParams();
  if (verdicts.length > 0) asked.set('verdict', verdicts.join(','));
  if (family !== '') asked.set('family', family);
  if (model !== '') asked.set('model', model);
  if (text !== '') asked.set('q', text);
  return asked.size === 0 ? '#/' : `#/?${asked}`;
}

/** @param {{ subject: string, name: string }} one */
export function caseAddress({ subject, name }) {
  return `#/case/${encodeURIComponent(subject)}/${encodeURIComponent(name)}`;
}

/** @param {string} text */
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
