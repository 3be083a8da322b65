import type { Baseline } from '../baseline/baseline.ts';
import { baselineProblems } from '../baseline/baseline-problems.ts';
import { everyCheck } from '../faults/every-check.ts';
import { driftCases } from '../history/drift.ts';
import type { CaseFinished, Problem, RunStarted } from '../report/events.ts';
import type { HistoryEntry } from '../report/history-entry.ts';
import { ionet } from '../provider.ts';
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
  // Suites that do not load leave nothing to hold the baseline against.
  if (baseline === null || inventory.length === 0) return drift;
  const models = [...new Set([...ionet.models, ...run.models])];
  const ownChecks = inventory
    .flatMap(({ steps }) => steps)
    .flatMap((step) => (typeof step === 'function' ? [] : step.checks.map(({ id }) => id)));
  const problems = baselineProblems({
    baseline,
    cases,
    inventory: inventory.flatMap((scenario) => casesOf(scenario, models)),
    checkIds: [...everyCheck, ...ownChecks],
    run,
    earlier: earlier ?? [],
    today: new Date().toISOString().slice(0, 10),
  });
  return [...drift, ...problems];
}
