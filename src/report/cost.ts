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
  return target === 'live'
    ? { target, spentUsd: sum, statedUsd: 0 }
    : { target, spentUsd: 0, statedUsd: sum };
}

/** US dollars for all steps of a case. An answer and the generation record about it tell the same cost, which counts once. */
export function stepsCostUsd(steps: readonly StepSummary[]): number {
  const counted = new Set<string>();
  let sum = 0;
  for (const { costUsd, generationId } of steps) {
    if (costUsd === undefined) continue;
    if (generationId !== undefined) {
      if (counted.has(generationId)) continue;
      counted.add(generationId);
    }
    sum += costUsd;
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
