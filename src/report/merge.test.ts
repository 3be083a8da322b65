import { describe, expect, it } from 'vitest';
import type { RunEvent } from './events.ts';
import { mergeParts, type Part } from './merge.ts';
import { exitCode, summarise } from './run-report.ts';
import { caseFinished, problem, runFinished, runStarted } from './testing.ts';

const cases = ['a/one', 'a/two', 'b/three'].map((scenario, index) =>
  caseFinished({ scenario, family: scenario.slice(0, 1), verdict: index === 1 ? 'warn' : 'pass' }),
);

/** A machine's part: the cases whose place, counted from 1, leaves its index. */
function part(index: number, over: { start?: object; more?: RunEvent[]; end?: object | null } = {}): Part {
  const own = cases.filter((_, place) => (place % 2) + 1 === index);
  const end = over.end === undefined ? {} : over.end;
  return {
    name: `out/${index}`,
    events: [
      runStarted({
        runId: `run-${index}`,
        at: `2026-11-23T0${index}:00:00Z`,
        shard: { index, count: 2 },
        ...over.start,
      }),
      {
        type: 'cases-planned',
        file: 'suites/a.suite.ts',
        cases: own.map(({ scenario, family, model, mode }) => ({ scenario, family, model, mode })),
      },
      ...own,
      ...(over.more ?? []),
      ...(end === null ? [] : [runFinished({ durationMs: index * 1_000, ...end })]),
    ],
  };
}

const whole = summarise([runStarted(), ...cases, runFinished()]);

it('the parts of a run make the same cases, names, verdicts and exit code as one machine', () => {
  for (const parts of [
    [part(1), part(2)],
    [part(2), part(1)],
  ]) {
    const merged = summarise(mergeParts(parts));
    expect(merged.cases).toEqual(whole.cases);
    expect(merged.counts).toEqual(whole.counts);
    expect(exitCode(merged)).toBe(exitCode(whole));
    expect(merged.run).toMatchObject({ runId: 'run-1', at: '2026-11-23T01:00:00Z' });
    expect(merged.run.shard).toBeUndefined();
  }
});

it('what each part spent is added up, and the longest says how long it took', () => {
  const spend = { requests: 3, openRouterUsd: 0.1, providerUsd: 0.2, unknownUsd: 0 };
  const events = mergeParts([part(1, { end: { spend } }), part(2, { end: { spend } })]);
  expect(events.at(-1)).toMatchObject({
    durationMs: 2_000,
    spend: { requests: 6, openRouterUsd: 0.2, providerUsd: 0.4, unknownUsd: 0 },
  });
});

it('a problem of the whole run is told once', () => {
  const more = [problem({ code: 'E_CASSETTE', message: 'nobody plays this' })];
  expect(summarise(mergeParts([part(1, { more }), part(2, { more })])).problems).toHaveLength(1);
});

it('a part that was killed leaves the whole unfinished, its cases as could-not-run', () => {
  const killed = { ...part(2), events: part(2).events.slice(0, 2) };
  const merged = summarise(mergeParts([part(1), killed]));
  expect(merged.counts['could-not-run']).toBe(1);
  expect(exitCode(merged)).toBe(3);
});

describe('parts that do not make a whole are refused by name:', () => {
  it.each<[string, Part[], string]>([
    ['missing', [part(1)], 'Part 2/2 is missing.'],
    ['there twice', [part(1), { ...part(1), name: 'again' }, part(2)], 'Part 1/2 is there twice: out/1 and again.'],
    [
      'of another selection',
      [part(1), part(2, { start: { inventory: 'fedcba9876543210' } })],
      'out/2 is of another run than out/1: inventory is fedcba9876543210, not 0123456789abcdef.',
    ],
    [
      'of another profile',
      [part(1), part(2, { start: { profile: 'gate@1' } })],
      'out/2 is of another run than out/1: profile is gate@1, not all.',
    ],
    [
      'with another baseline',
      [part(1), part(2, { start: { baseline: 'abc' } })],
      'out/2 is of another run than out/1: baseline is abc, not none.',
    ],
    [
      'of another number',
      [part(1), part(2, { start: { shard: { index: 2, count: 3 } } })],
      'out/2 is of another run than out/1: a part of 3, not of 2.',
    ],
    [
      'whole already',
      [part(1), { name: 'whole', events: [runStarted()] }],
      'whole is a whole run, no part of one: it was made without --shard.',
    ],
  ])('%s', (_what, parts, message) => {
    expect(() => mergeParts(parts)).toThrow(message);
  });
});
