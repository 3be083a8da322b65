import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ListedScenario } from '../scenario/scenario.ts';
import { answered, get } from '../scenario/steps.ts';
import { refuseUnknown, selectCases, takeStock } from './inventory.ts';
import { asksForKey, suite, test } from './testing.ts';

const everything = { scenarios: [], suites: [], modes: [], models: ['a/one', 'b/two'], profile: 'all', part: null };

function listed(over: Partial<ListedScenario> = {}): ListedScenario {
  return {
    id: 'byok/own-key-pays',
    says: 'It pays.',
    proves: ['usage.is-byok'],
    steps: [answered(get('/key'))],
    family: 'byok',
    file: '/suites/byok.suite.ts',
    line: 7,
    ...over,
  };
}

describe('taking stock', () => {
  test('finds the scenarios of all suites, each with its place', async ({ folder }) => {
    const suites = folder({
      'b.suite.ts': suite(asksForKey('setup/third')),
      'a.suite.ts': suite(asksForKey('setup/first'), '', asksForKey('setup/second')),
      'material.ts': 'throw new Error("no suite")',
    });
    const found = (await takeStock(suites)).map(({ id, file, line }) => [id, file, line]);
    expect(found).toEqual([
      ['setup/first', join(suites, 'a.suite.ts'), 2],
      ['setup/second', join(suites, 'a.suite.ts'), 4],
      ['setup/third', join(suites, 'b.suite.ts'), 2],
    ]);
  });

  test('takes suites in JavaScript too, and none of a package', async ({ folder }) => {
    const suites = folder({ 'a.suite.js': suite(asksForKey('setup/key-valid')) });
    mkdirSync(join(suites, 'node_modules'));
    writeFileSync(join(suites, 'node_modules/b.suite.js'), 'throw new Error("not ours")');
    const found = await takeStock(suites);
    expect(found.map(({ id }) => id)).toEqual(['setup/key-valid']);
    expect(() => refuseUnknown({ ...everything, suites: ['a'] }, found)).not.toThrow();
    expect(found.flatMap((one) => selectCases(one, { ...everything, suites: ['a'] }))).toHaveLength(1);
  });

  test.for<[string, string, RegExp]>([
    [
      'a suite that throws',
      suite('', 'null.x;'),
      /a\.suite\.ts:3 does not load\. TypeError: Cannot read properties of null/,
    ],
    ['a suite that is no TypeScript', suite('const a: = 1;'), /a\.suite\.ts:2 does not load\. SyntaxError/],
    [
      'a suite that imports what is not there',
      "import './gone.ts';",
      /a\.suite\.ts does not load\. Error: Cannot find module .*gone\.ts/,
    ],
    [
      'a scenario without a family',
      suite(asksForKey('key-valid')),
      /"key-valid" in .*a\.suite\.ts:2 should look like "family\/subject-expectation"/,
    ],
    [
      'a scenario with capitals in its id',
      suite(asksForKey('setup/Key')),
      /"setup\/Key" in .*a\.suite\.ts:2 should look like/,
    ],
    [
      'a scenario that does nothing',
      suite(asksForKey('setup/idle').replace("[answered(get('/key'))]", '[]')),
      /"setup\/idle" in .*a\.suite\.ts:2 has no steps, so it could prove nothing/,
    ],
    [
      'two scenarios with one id',
      suite(asksForKey('setup/same'), asksForKey('setup/same')),
      /Two scenarios are called "setup\/same": .*a\.suite\.ts:2 and .*a\.suite\.ts:3\. Rename one\./,
    ],
  ])('refuses %s, naming the place', async ([, text, message], { folder }) => {
    await expect(takeStock(folder({ 'a.suite.ts': text }))).rejects.toMatchObject({
      code: 'E_SUITE',
      message: expect.stringMatching(message),
    });
  });
});

describe('a selection', () => {
  it('of nothing in particular takes every model and mode', () => {
    expect(selectCases(listed(), everything)).toHaveLength(4);
  });

  it.each([
    ['an id', { scenarios: ['byok/own-key-pays'] }, 4],
    ['a glob', { scenarios: ['pinning/*', '*/own-*-pays'] }, 4],
    ['a glob that does not match as a whole', { scenarios: ['byok'] }, 0],
    ['what looks like a pattern and is none', { scenarios: ['byok/own.key.pays'] }, 0],
    ['its suite', { suites: ['byok'] }, 4],
    ['another suite', { suites: ['setup'] }, 0],
    ['one mode', { modes: ['stream' as const] }, 2],
    ['one model', { models: ['a/one'] }, 2],
    ['all of it at once', { scenarios: ['byok/*'], suites: ['byok'], modes: ['json' as const], models: ['b/two'] }, 1],
  ])('by %s', (_what, select, cases) => {
    expect(selectCases(listed(), { ...everything, ...select })).toHaveLength(cases);
  });

  it('by mode leaves out what has none', () => {
    expect(selectCases(listed({ modes: 'none' }), { ...everything, modes: ['json'] })).toEqual([]);
  });

  it.each([
    ['a suite', { suites: ['byokk'] }, 'There is no suite "byokk". Suites: byok, setup.'],
    [
      'a scenario, with the nearest',
      { scenarios: ['byok/own-key-pay'] },
      'No scenario matches "byok/own-key-pay". Did you mean "byok/own-key-pays"? "byok list" names them all.',
    ],
    ['a scenario like no other', { scenarios: ['zzz'] }, 'No scenario matches "zzz". "byok list" names them all.'],
  ])('of %s that nobody declared is refused', (_what, select, message) => {
    const inventory = [listed(), listed({ id: 'setup/key-valid', file: '/suites/setup.suite.ts' })];
    expect(() => refuseUnknown({ ...everything, ...select }, inventory)).toThrow(
      expect.objectContaining({ code: 'E_CONFIG', message }),
    );
  });
});
