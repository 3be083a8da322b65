import type { TargetName } from '../targets/target.ts';
import type { CaseFinished, StepSummary } from './events.ts';
import { usd } from './text.ts';

/** What a run cost. Answers of a recording or of the sandbox name a cost that nobody paid. */
export interface RunCost {
  target: TargetName;
  /** US dollars taken from OpenRouter credits by this run: zero unless the target is live. */
  spentUsd: number;
  /** US dollars that recorded or simulated answers say they cost: zero when the target is live. */
  statedUsd: number;
}

export function runCost(target: TargetName, cases: readonly CaseFinished[]): RunCost {
  const sum = cases.reduce((total, { steps }) => total + stepsCostUsd(steps), 0);
  return target === 'live' ? { target, spentUsd: sum, statedUsd: 0 } : { target, spentUsd: 0, statedUsd: sum };
}

/** US dollars for all steps of a case. */
export function stepsCostUsd(steps: readonly StepSummary[]): number {
  return sumOnce(steps, ({ costUsd }) => costUsd);
}

/** Sums a figure over steps. An answer and the generation record about it tell the same one, which counts once. */
export function sumOnce(steps: readonly StepSummary[], figure: (step: StepSummary) => number | undefined): number {
  const counted = new Set<string>();
  let sum = 0;
  for (const step of steps) {
    const value = figure(step);
    const { generationId } = step;
    if (value === undefined || (generationId !== undefined && counted.has(generationId))) continue;
    if (generationId !== undefined) counted.add(generationId);
    sum += value;
  }
  return sum;
}

export function costPhrase({ target, spentUsd, statedUsd }: RunCost): string {
  switch (target) {
    case 'live':
      return `${usd(spentUsd)} USD spent`;
    case 'sandbox':
      return `nothing spent (the sandbox charged ${usd(statedUsd)} USD of its own)`;
    case 'replay':
      return `nothing spent (the recorded answers name ${usd(statedUsd)} USD)`;
  }
}
