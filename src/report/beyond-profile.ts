import { countsPhrase, countVerdicts, type Counts } from './counts.ts';
import type { CaseFinished } from './events.ts';
import type { RunReport } from './run-report.ts';
import { line } from './text.ts';

/** Verdicts of the cases that the profile does not ask for. */
export function beyondCounts(cases: readonly CaseFinished[]): Counts {
  return countVerdicts(cases.filter(({ beyondProfile }) => beyondProfile));
}

/** What became of those cases, e.g. `not required by gate@1: 3 fail, 9 pass`. Null without any. */
export function beyondPhrase({ run, cases }: RunReport): string | null {
  const counts = countsPhrase(beyondCounts(cases));
  return counts === '' ? null : `not required by ${line(run.profile, 100)}: ${counts}`;
}
