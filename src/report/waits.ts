import type { CaseFinished } from './events.ts';
import { count, line } from './text.ts';

/** What the cases waited for, the longest in all first: `waited 12 s for a new key to pay`. */
export function waitPhrases(cases: readonly CaseFinished[]): string[] {
  const waits = Map.groupBy(
    cases.flatMap(({ waits: some = [] }) => some),
    ({ what }) => line(what, 200),
  );
  return [...waits]
    .map(([what, same]) => ({ what, times: same.length, ms: same.reduce((sum, { ms }) => sum + ms, 0) }))
    .toSorted((a, b) => b.ms - a.ms)
    .map(({ what, times, ms }) => {
      const often = times > 1 ? ` (${count(times, 'time')})` : '';
      return `waited ${Math.round(ms / 1_000)} s for ${what}${often}`;
    });
}
