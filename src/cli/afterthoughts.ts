import type { Baseline } from '../baseline/baseline.ts';
import { baselineProblems } from '../baseline/baseline-problems.ts';
import { checks } from '../checks/checks.ts';
import { driftCases } from '../history/drift.ts';
import type { CaseFinished, Problem, RunStarted } from '../report/events.ts';
import type { HistoryEntry } from '../report/history-entry.ts';
import { casesOf, type ListedScenario } from '../scenario/scenario.ts';

interface Ended {
  run: RunStarted;
  cases: readonly CaseFinished[];
  /** Runs before this one, oldest first; null: nothing remembers them. */
  earlier: readonly HistoryEntry[] | null;
}

/** What can only be said when all cases of a run have ended: how they compare with earlier runs, and whether the baseline still fits. */
export function afterthoughts(
  { run, cases, earlier }: Ended,
  { baseline, inventory }: { baseline: Baseline | null; inventory: readonly ListedScenario[] },
): (CaseFinished | Problem)[] {
  const drift = earlier === null ? [] : driftCases({ run, cases }, earlier);
  if (baseline === null) return drift;
  const problems = baselineProblems({
    baseline,
    cases,
    inventory: inventory.flatMap((scenario) => casesOf(scenario, run.models)),
    checkIds: checks.map(({ id }) => id),
    run,
    earlier: earlier ?? [],
    today: new Date().toISOString().slice(0, 10),
  });
  return [...drift, ...problems];
}
