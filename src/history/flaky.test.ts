import { expect, test } from 'vitest';
import type { Verdict } from '../report/events.ts';
import { flakyCases } from './flaky.ts';
import { historyEntryOf } from './testing.ts';

function runs(...all: Record<string, Verdict>[]) {
  return all.map((verdicts, index) =>
    historyEntryOf({ runId: `run-${index}`, at: `2026-11-${10 + index}T03:00:00.000Z`, verdicts }),
  );
}

test('a case is flaky when its verdict changed, most changes first', () => {
  const [peers] = flakyCases(
    runs(
      { a: 'pass', b: 'pass', c: 'pass' },
      { a: 'fail', b: 'pass', c: 'pass' },
      { a: 'pass', b: 'could-not-run', c: 'pass' },
    ),
  );
  expect(peers).toMatchObject({ runs: 3 });
  expect(peers?.flaky).toEqual([
    { title: 'a', changes: 2, runs: 3, last: { at: '2026-11-12T03:00:00.000Z', from: 'fail', to: 'pass' } },
    { title: 'b', changes: 1, runs: 3, last: { at: '2026-11-12T03:00:00.000Z', from: 'pass', to: 'could-not-run' } },
  ]);
});

test('runs in which a case took no part are passed over', () => {
  const [peers] = flakyCases(runs({ a: 'pass' }, {}, { a: 'pass' }, {}, { a: 'fail' }));
  expect(peers?.flaky).toMatchObject([{ title: 'a', changes: 1, runs: 3 }]);
});

test('a failure that came to be known is the same failure', () => {
  expect(flakyCases(runs({ a: 'fail' }, { a: 'known' }))[0]?.flaky).toEqual([]);
});

test.each([
  { target: 'sandbox' as const, recordedFrom: null },
  { harnessVersion: '0.2.0' },
  { contractVersion: '2026-12-01' },
  { recordedFrom: 'live' as const },
  { baseUrl: 'http://127.0.0.1:8080/api/v1' },
])('a change that came with %j is no sign of flakiness', (changes) => {
  const [first, second] = runs({ a: 'pass' }, { a: 'fail' });
  expect(flakyCases([first, { ...second, ...changes }].map((one) => historyEntryOf(one)))).toEqual([]);
});

test('one run is too little to tell', () => {
  expect(flakyCases(runs({ a: 'fail' }))).toEqual([]);
});
