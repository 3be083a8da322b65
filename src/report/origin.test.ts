import { expect, test } from 'vitest';
import type { Origin } from '../targets/target.ts';
import { runStarted } from './testing.ts';
import { originCaution, originPhrase, summariseOrigins } from './origin.ts';

function recorded(recordedFrom: Origin['recordedFrom'], day: string): Origin {
  return { recordedFrom, recordedAt: `${day}T09:00:00.000Z` };
}

test.each([
  [[recorded('sandbox', '2026-11-23'), undefined], 'sandbox recordings of 2026-11-23'],
  [
    [recorded('sandbox', '2026-11-23'), recorded('sandbox', '2026-11-20')],
    'sandbox recordings of 2026-11-20 to 2026-11-23',
  ],
  [[recorded('live', '2026-11-11')], 'live recordings of 2026-11-11, oldest 12 days'],
  [
    [recorded('live', '2026-11-22'), recorded('sandbox', '2026-11-23')],
    'sandbox recordings of 2026-11-23 and live recordings of 2026-11-22, oldest 1 day',
  ],
  [[undefined], 'no recording was used'],
])('a replay says where its recordings come from and how old they are', (origins, phrase) => {
  expect(originPhrase(summariseOrigins(runStarted(), origins))).toBe(phrase);
});

test('answers that were not recorded are said to be so', () => {
  expect(originPhrase(summariseOrigins(runStarted({ target: 'live', baseUrl: 'http://127.0.0.1:1/api/v1' }), []))).toBe(
    'not recorded: live answers of http://127.0.0.1:1/api/v1',
  );
  expect(
    originPhrase(summariseOrigins(runStarted({ target: 'sandbox', baseUrl: 'http://127.0.0.1:1/api/v1' }), [])),
  ).toContain('local sandbox');
});

test('whatever came from the sandbox carries a caution', () => {
  const sandboxed = summariseOrigins(runStarted(), [recorded('sandbox', '2026-11-23')]);
  const live = summariseOrigins(runStarted(), [recorded('live', '2026-11-23')]);
  expect(originCaution(sandboxed)).toContain('stand-in');
  expect(
    originCaution(summariseOrigins(runStarted({ target: 'sandbox', baseUrl: 'http://127.0.0.1:1/api/v1' }), [])),
  ).toContain('stand-in');
  expect(originCaution(live)).toBeNull();
});
