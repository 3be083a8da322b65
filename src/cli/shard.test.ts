import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { cassettePath } from '../cassettes/store.ts';
import type { CasesPlanned } from '../report/events.ts';
import { partOf, shardOf } from './shard.ts';

const ref = (name: string) => ({ scenario: `a/${name}`, family: 'a', model: 'x/y', mode: 'json' as const });
const plan = (...names: string[]): CasesPlanned[] => [
  { type: 'cases-planned', file: 'a.suite.ts', cases: names.map(ref) },
];

/** A folder of recordings that took so many milliseconds each. */
function recorded(times: Record<string, number>): string {
  const folder = mkdtempSync(join(tmpdir(), 'shard-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, at] of Object.entries(times)) {
    const file = join(folder, cassettePath(ref(name)));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ exchanges: [{ end: { at } }] }));
  }
  return folder;
}

const parts = (planned: CasesPlanned[], count: number, fixtures: string) =>
  Array.from({ length: count }, (_, index) => [...partOf(planned, { index: index + 1, count }, fixtures)].sort());

it('cases are shared out so that each machine has about as much recorded time', () => {
  const fixtures = recorded({ long: 900, b: 300, c: 300, d: 300 });
  expect(parts(plan('b', 'c', 'd', 'long'), 2, fixtures)).toEqual([
    ['a/long x/y [json]'],
    ['a/b x/y [json]', 'a/c x/y [json]', 'a/d x/y [json]'],
  ]);
});

it('each case is on exactly one machine, whatever order they were planned in', () => {
  const names = Array.from({ length: 50 }, (_, index) => `case-${index}`);
  const fixtures = recorded(Object.fromEntries(names.map((name, index) => [name, (index * 7) % 13])));
  const split = parts(plan(...names), 3, fixtures);
  expect(split.flat().sort()).toEqual(names.map((name) => `a/${name} x/y [json]`).sort());
  expect(parts(plan(...names.toReversed()), 3, fixtures)).toEqual(split);
});

it('what was never recorded counts as one of usual length', () => {
  const fixtures = recorded({ a: 100, b: 100 });
  expect(parts(plan('a', 'b', 'new', 'newer'), 2, fixtures).map((part) => part.length)).toEqual([2, 2]);
});

it.each(['2', '0/3', '4/3', 'a/b', '1/'])('--shard %s is refused', (text) => {
  expect(() => shardOf(text)).toThrow(`--shard ${text}: expected a part and a number of parts, such as 1/3.`);
});

it('--shard 2/3 is the second of three', () => {
  expect(shardOf('2/3')).toEqual({ index: 2, count: 3 });
});
