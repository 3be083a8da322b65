import { expect, test } from 'vitest';
import { noSpend, spend, spentIn } from './spend.ts';

const at = (text: string) => Date.parse(`${text}T12:00:00Z`);
const inPeriods = (account: ReturnType<typeof noSpend>, day: string) =>
  (['daily', 'weekly', 'monthly', null] as const).map((period) => spentIn(account, period, at(day)));

test('a day, a week from Monday and a calendar month end by themselves', () => {
  const account = noSpend();
  spend(account, at('2026-11-22'), 1); // a Sunday
  spend(account, at('2026-11-23'), 2); // a Monday
  expect(inPeriods(account, '2026-11-23')).toEqual([2, 2, 3, 3]);
  expect(inPeriods(account, '2026-11-29')).toEqual([0, 2, 3, 3]);
  expect(inPeriods(account, '2026-12-01')).toEqual([0, 0, 0, 3]);
});

test('sums of small amounts carry no noise of binary fractions', () => {
  const account = noSpend();
  for (let count = 0; count < 10; count++) spend(account, at('2026-11-23'), 0.1);
  expect(account.total).toBe(1);
});
