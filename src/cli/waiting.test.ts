import { expect, it } from 'vitest';
import { Waiting } from './waiting.ts';

it('a case’s waits are added up by what they are for', () => {
  const waiting = new Waiting(() => undefined);
  for (const [what, ms] of [
    ['a key', 2_000],
    ['a record', 3_000],
    ['a key', 4_000],
  ] as const) {
    waiting.onWait(what, ms);
  }
  expect(waiting.waits).toEqual([
    { what: 'a key', ms: 6_000 },
    { what: 'a record', ms: 3_000 },
  ]);
});

it('a long wait is said every ten seconds, a short one not at all', () => {
  const said: string[] = [];
  const waiting = new Waiting((message) => said.push(message));
  for (const ms of [2_000, 4_000, 8_000, 10_000, 1_000]) waiting.onWait('a key', ms);
  waiting.onWait('a record', 9_999);
  expect(said).toEqual([
    'waiting for a key, 14 s by the end of this pause',
    'waiting for a key, 24 s by the end of this pause',
  ]);
});
