import type { CaseFinished, Verdict } from './events.ts';

export type Counts = Record<Verdict, number>;

export function countVerdicts(cases: readonly CaseFinished[]): Counts {
  const counts: Counts = {
    pass: 0,
    fail: 0,
    warn: 0,
    known: 0,
    'not-applicable': 0,
    'could-not-run': 0,
  };
  for (const { verdict } of cases) counts[verdict] += 1;
  return counts;
}

/** The counts that are not zero, worst first: `1 fail, 12 pass`. */
export function countsPhrase(counts: Counts): string {
  return worstFirst
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`)
    .join(', ');
}

const worstFirst: readonly Verdict[] = ['fail', 'could-not-run', 'warn', 'known', 'pass', 'not-applicable'];
