import { arrange } from '../scenario/given.ts';
import { runCase, type CaseOutcome } from '../scenario/run-case.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { sandboxTarget } from '../targets/sandbox.ts';
import type { CaseRef } from '../targets/target.ts';
import { type Deviation, interfereWith } from './deviation.ts';

/** One case in a sandbox that deviates. */
export interface Trial {
  ref: CaseRef;
  outcome: CaseOutcome;
  /** The deviation made a difference to what was heard, known or said. */
  served: boolean;
  /** Why the deviation could not be carried out. */
  crash?: unknown;
}

/** Runs a case in a fresh sandbox; without a deviation in an honest one. */
export async function tryCase(scenario: Scenario, ref: CaseRef, deviation?: Deviation): Promise<Trial> {
  let served = false;
  let crash: unknown;
  const watch = { served: () => void (served = true), crashed: (error: unknown) => void (crash ??= error) };
  const target = sandboxTarget({ arrange, ...(deviation && { interfere: interfereWith(deviation, watch) }) });
  const outcome = await runCase(scenario, ref, { session: await target.open(ref) });
  return { ref, outcome, served, ...(crash !== undefined && { crash }) };
}

/** Runs the jobs, `width` at a time; the results stand in the order of the jobs. */
export async function inTurn<Result>(jobs: readonly (() => Promise<Result>)[], width: number): Promise<Result[]> {
  const results: Result[] = [];
  const queue = jobs.entries();
  const worker = async () => {
    for (const [index, job] of queue) results[index] = await job();
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
