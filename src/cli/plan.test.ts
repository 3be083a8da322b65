import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ionet } from '../provider.ts';
import { answered, get } from '../scenario/steps.ts';
import { orphans } from './orphans.ts';
import { isWhole, nothingSelected, planOf } from './plan.ts';
import { test } from './testing.ts';

const everything = { scenarios: [], suites: [], modes: [], models: ['a/one'], profile: 'all', part: null };

it('plans the cases of each suite together and leaves out suites without any', () => {
  const listed = (id: `${string}/${string}`, suite: string) => ({
    id,
    says: 'It holds.',
    proves: ['api.key'] as const,
    steps: [answered(get('/key'))],
    family: id.split('/')[0] ?? '',
    file: join(import.meta.dirname, `../../suites/${suite}.suite.ts`),
    line: 1,
  });
  const inventory = [listed('setup/one', 'setup'), listed('byok/one', 'byok'), listed('setup/two', 'setup')];
  const plan = planOf(inventory, { ...everything, scenarios: ['setup/*'], modes: ['json'] });
  expect(plan).toEqual([
    {
      type: 'cases-planned',
      file: 'suites/setup.suite.ts',
      cases: [
        { scenario: 'setup/one', family: 'setup', model: 'a/one', mode: 'json' },
        { scenario: 'setup/two', family: 'setup', model: 'a/one', mode: 'json' },
      ],
    },
  ]);
});

it('is whole only when no part of the inventory and no model was left out', () => {
  const whole = { ...everything, models: [...ionet.models] };
  expect(isWhole(whole)).toBe(true);
  expect(isWhole({ ...whole, models: ionet.models.slice(1) })).toBe(false);
  for (const part of [{ scenarios: ['*'] }, { suites: ['setup'] }, { modes: ['json' as const] }]) {
    expect(isWhole({ ...whole, ...part })).toBe(false);
  }
});

it('says what was asked for when nothing fits', () => {
  const { message } = nothingSelected({ ...everything, scenarios: ['setup/*'], suites: ['setup'], modes: ['json'] });
  expect(message).toContain('No case fits --scenario setup/* --suite setup --mode json:');
  expect(nothingSelected(everything).message).toContain('No case fits an inventory without scenarios:');
});

test('names each recording that no scenario plays', ({ folder }) => {
  const fixtures = folder({ 'notes.md': '' });
  for (const place of ['_account/setup', 'a/one/setup']) mkdirSync(join(fixtures, place), { recursive: true });
  for (const file of ['_account/setup/key.json', 'a/one/setup/key.json.json', 'a/one/setup/kye.json.json'])
    writeFileSync(join(fixtures, file), '{}');
  const cases = [
    { scenario: 'setup/key', family: 'setup', model: null, mode: null },
    { scenario: 'setup/key', family: 'setup', model: 'a/one', mode: 'json' as const },
  ];
  expect(orphans(fixtures, [{ type: 'cases-planned', file: 'x.suite.ts', cases }])).toEqual([
    {
      type: 'problem',
      code: 'E_CASSETTE',
      message: expect.stringContaining('Delete it, or record again'),
      file: join(fixtures, 'a/one/setup/kye.json.json'),
    },
  ]);
});
