import { relative } from 'node:path';
import { test } from 'vitest';
import { redactor } from '../cassettes/redact.ts';
import { HarnessError } from '../errors.ts';
import { ionet } from '../provider.ts';
import type { CaseFinished } from '../report/events.ts';
import { type CaseOutcome, runCase } from '../scenario/run-case.ts';
import { type ListedScenario, onScenario, titleOf } from '../scenario/scenario.ts';
import type { Leftover } from '../targets/arranged-session.ts';
import type { CaseRef } from '../targets/target.ts';
import { selectCases } from './inventory.ts';
import { projectRoot } from './paths.ts';
import { budget, left, secretsOf, settings, stopped, target } from './thread.ts';
import { Waiting } from './waiting.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** The finished case, for the reporter in the main process. */
    finished?: CaseFinished;
    /** What the case, or one beside it, made in the account and could not delete. */
    left?: Leftover[];
  }
}

const redact = redactor(secretsOf(settings), ionet.keyPattern);

onScenario((scenario) => {
  for (const ref of selectCases(scenario, settings.select)) {
    test.concurrent(titleOf(ref), async ({ annotate, task, skip }) => {
      if (stopped.aborted) skip('interrupted');
      const finished = await finish(scenario, ref, new Waiting((message) => void annotate(message)));
      task.meta.finished = finished;
      task.meta.left = left.splice(0);
      if (finished.verdict === 'not-applicable') skip(finished.reason);
      if (finished.verdict === 'fail' || finished.verdict === 'could-not-run') throw new Error(inWords(finished));
    });
  }
});

async function finish(scenario: ListedScenario, ref: CaseRef, waiting: Waiting): Promise<CaseFinished> {
  const started = performance.now();
  const outcome = await outcomeOf(scenario, ref, waiting);
  const { waits } = waiting;
  const finished: CaseFinished = {
    type: 'case-finished',
    ...ref,
    family: scenario.family,
    says: scenario.says,
    requirements: [...scenario.proves],
    ...(scenario.errorPath !== undefined && { errorPath: scenario.errorPath }),
    file: relative(projectRoot, scenario.file),
    line: scenario.line,
    durationMs: performance.now() - started,
    attempts: 1,
    ...(waits.length > 0 && { waits }),
    ...outcome,
  };
  // Whatever a server sent back may stand in a finding, the key it was asked with too.
  return redact.value(finished) as CaseFinished;
}

async function outcomeOf(scenario: ListedScenario, ref: CaseRef, waiting: Waiting): Promise<CaseOutcome> {
  const nothing = { findings: [], steps: [], notes: [] };
  if (settings.target === 'live' && scenario.sandboxOnly !== undefined)
    return { verdict: 'not-applicable', reason: `Only in the sandbox: ${scenario.sandboxOnly}`, ...nothing };
  if (budget?.isUsedUp) {
    const used = 'The budget was used up before this case began: see --max-cost and --max-requests.';
    return { verdict: 'could-not-run', reason: used, code: 'E_BUDGET', ...nothing };
  }
  try {
    return await runCase(scenario, ref, { session: await target.open(ref, waiting.onWait) });
  } catch (error) {
    const code = error instanceof HarnessError ? error.code : 'E_INTERNAL';
    return {
      verdict: 'could-not-run',
      reason: error instanceof Error ? error.message : String(error),
      code,
      ...nothing,
    };
  }
}

function inWords({ reason, findings }: CaseFinished): string {
  return [
    reason,
    ...findings.map(
      ({ check, expected, actual, where }) => `${check} at ${where}: expected ${expected}, was ${actual}`,
    ),
  ]
    .filter(Boolean)
    .join('\n');
}
