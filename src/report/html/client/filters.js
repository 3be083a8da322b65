import { counted, h } from './dom.js';
import { symbolOf, verdicts, worstFirst } from './verdict.js';

/** @import { PageData, IndexedCase } from '../page-data.ts' */
/** @import { Filters } from './address.js' */
/** @import { Verdict } from '../../events.ts' */

/**
 * Returns which cases the filters let through. Each word of the text has to stand somewhere in what the list shows of a case.
 *
 * @param {PageData} data
 */
export function caseFilter({ cases, scenarios }) {
  const texts = cases.map(({ scenario, name, subject, verdict, brief }) =>
    [name, subject, verdict, scenarios[scenario]?.family, scenarios[scenario]?.says, ...Object.values(brief ?? {})]
      .join('\n')
      .toLowerCase(),
  );
  return (/** @type {Filters} */ { verdicts: wanted, family, model, text }) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return cases.filter(
      (one, index) =>
        (wanted.length === 0 || wanted.includes(one.verdict)) &&
        (family === '' || scenarios[one.scenario]?.family === family) &&
        (model === '' || one.subject === model) &&
        words.every((word) => texts[index]?.includes(word)),
    );
  };
}

/**
 * The form above the list. Its state is the address's; it tells what it should become.
 *
 * @param {PageData} data
 * @param {(filters: Filters) => void} onChange
 */
export function filterForm({ counts, matrix, cases: all }, onChange) {
  /** @type {Filters} */
  let now = { verdicts: [], family: '', model: '', text: '' };
  const change = (/** @type {Partial<Filters>} */ part) => onChange({ ...now, ...part });
  const buttons = worstFirst
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => ({
      verdict,
      button: h(
        'button',
        {
          type: 'button',
          class: `toggle ${verdict}`,
          'aria-pressed': 'false',
          onclick: () => change({ verdicts: toggled(now.verdicts, verdict) }),
        },
        symbolOf(verdict),
        `${verdicts[verdict].word} `,
        h('span', { class: 'number' }, counts[verdict].toLocaleString('en')),
      ),
    }));
  const family = choice('Family', ['all families', ...matrix.rows.map((row) => row.family)], (value) =>
    change({ family: value }),
  );
  const model = choice('Model', ['all models', ...matrix.columns], (value) => change({ model: value }));
  const text = h('input', {
    type: 'search',
    placeholder: 'Scenario, words, check …',
    oninput: () => change({ text: text.value }),
  });
  const found = h('p', { class: 'found', role: 'status' });
  const clear = h(
    'button',
    { type: 'button', class: 'quiet', onclick: () => change({ verdicts: [], family: '', model: '', text: '' }) },
    'Clear filters',
  );
  const element = h(
    'form',
    {
      class: 'filters',
      role: 'search',
      'aria-label': 'Filter the cases',
      hidden: all.length === 0,
      onsubmit: (event) => event.preventDefault(),
    },
    h(
      'div',
      { class: 'toggles', role: 'group', 'aria-label': 'Verdict' },
      buttons.map(({ button }) => button),
    ),
    h(
      'div',
      { class: 'fields' },
      family.label,
      model.label,
      h('label', { class: 'text' }, h('span', {}, 'Text'), text),
    ),
    h('div', { class: 'outcome' }, found, clear),
  );
  const show = (/** @type {Filters} */ filters, /** @type {IndexedCase[]} */ cases, /** @type {number} */ of) => {
    now = filters;
    for (const { verdict, button } of buttons)
      button.setAttribute('aria-pressed', String(filters.verdicts.includes(verdict)));
    family.choose(filters.family);
    model.choose(filters.model);
    if (text.value !== filters.text) text.value = filters.text;
    found.textContent =
      cases.length === of ? counted(of, 'case') : `${cases.length.toLocaleString('en')} of ${counted(of, 'case')}`;
    clear.hidden =
      cases.length === of &&
      filters.verdicts.length === 0 &&
      filters.text === '' &&
      filters.family === '' &&
      filters.model === '';
  };
  return { element, show };
}

/**
 * @param {string} name
 * @param {string[]} values the first stands for all
 * @param {(value: string) => void} onChange
 */
function choice(name, values, onChange) {
  const select = h(
    'select',
    { onchange: () => onChange(select.value) },
    values.map((value, index) => h('option', { value: index === 0 ? '' : value }, value)),
  );
  const choose = (/** @type {string} */ value) => {
    // An address can name what this run does not have: the form says what it was.
    if (!Array.from(select.options).some((option) => option.value === value))
      select.append(h('option', { value }, value));
    select.value = value;
  };
  return { choose, label: h('label', {}, h('span', {}, name), select) };
}

/**
 * @param {string[]} all
 * @param {Verdict} one
 */
function toggled(all, one) {
  return all.includes(one) ? all.filter((other) => other !== one) : [...all, one];
}
