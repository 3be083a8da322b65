import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderEndAs } from './formats.ts';
import { paintWith } from './paint.ts';
import { summarise } from './run-report.ts';
import { everyVerdict, problem, runFinished, runStarted } from './testing.ts';

const documentation = readFileSync(new URL('../../docs/run-output.md', import.meta.url), 'utf8');

/** What each table of the documentation tells the fields of. */
const owners = [[''], ['failures[].', 'couldNotRun[].'], ['failures[].'], ['couldNotRun[].']];

function documented(): string[] {
  const tables = documentation.split('| field | holds |\n').slice(1);
  expect(tables).toHaveLength(owners.length);
  return tables.flatMap((text, index) => {
    const rows = text.slice(0, text.indexOf('\n\n')).split('\n');
    const names = rows.flatMap((row) =>
      [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    return (owners[index] ?? []).flatMap((owner) => names.map((name) => owner + name));
  });
}

/** Each field with the fields around it, e.g. `failures[].findings[].check`. */
function fieldsOf(value: unknown, around = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => fieldsOf(each, `${around}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const within = around === '' ? name : `${around}.${name}`;
    const field = within.replace(/^(counts|beyondProfile)\..*/, '$1.<verdict>');
    return [field, ...fieldsOf(inner, within)];
  });
}

const distinct = (fields: readonly string[]) => [...new Set(fields)].toSorted();

test('a result has the fields that are documented, and no other', () => {
  const cases = everyVerdict();
  const report = summarise([
    runStarted({ shard: { index: 1, count: 2 } }),
    ...cases,
    ...cases.map((one) => ({ ...one, scenario: `${one.scenario}/beyond`, beyondProfile: true as const })),
    problem({ file: 'suites/a.suite.ts' }),
    runFinished(),
  ]);
  const files = { junit: ['junit.xml'], results: 'results.json', summary: 'summary.md', page: 'index.html' };
  const result: unknown = JSON.parse(renderEndAs('json', report, { paint: paintWith(false), files }));
  expect(distinct(fieldsOf(result))).toEqual(distinct(documented()));
});

test('the documented example is such a result', () => {
  const [, example = ''] = /```json\n([^]*?)```/.exec(documentation) ?? [];
  const fields = new Set(fieldsOf(JSON.parse(example)));
  expect(distinct(documented().filter((field) => !fields.has(field)))).toEqual(['failures[].beyondProfile']);
  expect(distinct([...fields].filter((field) => !documented().includes(field)))).toEqual([]);
});
