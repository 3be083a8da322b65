import { expect, test } from 'vitest';
import { ageDays, isStale } from './age.ts';

const recordedAt = '2026-10-01T12:00:00.000Z';
const later = (days: number) => Date.parse(recordedAt) + days * 86_400_000;

test('a live recording is stale after thirty days', () => {
  const live = { recordedFrom: 'live', recordedAt } as const;
  expect(isStale(live, later(30.9))).toBe(false);
  expect(isStale(live, later(31))).toBe(true);
  expect(ageDays(live, later(31.5))).toBe(31);
});

test('a recording of the sandbox does not age', () => {
  expect(isStale({ recordedFrom: 'sandbox', recordedAt }, later(1000))).toBe(false);
});
