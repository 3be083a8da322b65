/** USD spent, in total and in the running periods. Periods are UTC: days, weeks from Monday, calendar months. */
export interface Spend {
  total: number;
  daily: Window;
  weekly: Window;
  monthly: Window;
}

interface Window {
  /** Start of the period the amount belongs to, in ms since the epoch. */
  start: number;
  usd: number;
}

export type Period = 'daily' | 'weekly' | 'monthly';

export const noSpend = (): Spend => ({
  total: 0,
  daily: { start: 0, usd: 0 },
  weekly: { start: 0, usd: 0 },
  monthly: { start: 0, usd: 0 },
});

const dayMs = 86_400_000;

function startOf(period: Period, at: number): number {
  const day = Math.floor(at / dayMs) * dayMs;
  if (period === 'daily') return day;
  // 1970-01-01 was a Thursday.
  if (period === 'weekly') return day - ((day / dayMs + 3) % 7) * dayMs;
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** Adds `usd` spent at `at`. */
export function spend(account: Spend, at: number, usd: number): void {
  account.total = tidyUsd(account.total + usd);
  for (const period of ['daily', 'weekly', 'monthly'] as const) {
    account[period] = {
      start: startOf(period, at),
      usd: tidyUsd(spentIn(account, period, at) + usd),
    };
  }
}

/** What was spent in the period that `at` lies in; `null` stands for ever. */
export function spentIn(account: Spend, period: Period | null, at: number): number {
  if (period === null) return account.total;
  const window = account[period];
  return window.start === startOf(period, at) ? window.usd : 0;
}

/** Takes the noise of binary fractions off an amount; far finer than any price. */
export const tidyUsd = (usd: number): number => Number(usd.toPrecision(12));
