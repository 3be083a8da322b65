import type { TargetName } from '../targets/target.ts';
import type { CaseFinished, RunFinished, RunStarted, StepSummary } from './events.ts';
import { isRealService } from './origin.ts';
import { count, usd } from './text.ts';

/** What a run cost. Answers of a recording or of the sandbox name a cost that nobody paid. */
export interface RunCost {
  target: TargetName;
  /** Somebody paid it. */
  real: boolean;
  /** US dollars taken from OpenRouter credits by this run: zero unless OpenRouter itself answered. */
  spentUsd: number;
  /** US dollars of credits that other answers say they cost: zero when OpenRouter itself answered. */
  statedUsd: number;
  /** US dollars that the provider charges the customer's own key at list price: paid by nobody unless OpenRouter itself answered. */
  providerUsd: number;
  /** US dollars for answers that did not say what they cost, at most. */
  unknownUsd: number;
  /** Null when all that is known is what the answers of finished cases said: then there may be more. */
  requests: number | null;
}

/** What a run cost: as it said itself when it ended, else as the answers of its cases say. */
export function runCost(
  run: Pick<RunStarted, 'target' | 'baseUrl'>,
  cases: readonly CaseFinished[],
  spend: RunFinished['spend'] | undefined,
): RunCost {
  const { target } = run;
  const creditsUsd = spend?.openRouterUsd ?? sumOver(cases, ({ costUsd }) => costUsd);
  const real = isRealService(run);
  return {
    target,
    real,
    spentUsd: real ? creditsUsd : 0,
    statedUsd: real ? 0 : creditsUsd,
    providerUsd: spend?.providerUsd ?? sumOver(cases, ({ providerCostUsd }) => providerCostUsd),
    unknownUsd: spend?.unknownUsd ?? 0,
    requests: spend?.requests ?? null,
  };
}

function sumOver(cases: readonly CaseFinished[], figure: (step: StepSummary) => number | undefined): number {
  return cases.reduce((total, { steps }) => total + sumOnce(steps, figure), 0);
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

export function costPhrase({ target, real, spentUsd, statedUsd, providerUsd, unknownUsd, requests }: RunCost): string {
  const told = `${usd(spentUsd + statedUsd)} USD of OpenRouter credits and ${usd(providerUsd)} USD on the customer's own key`;
  const charged = unknownUsd > 0 ? `${told}, and at most ${usd(unknownUsd)} USD for answers that did not say,` : told;
  switch (target) {
    case 'live': {
      const how = real ? 'spent' : 'said to be charged, by no OpenRouter';
      return requests === null ? `at least ${charged} ${how}` : `${charged} ${how}, in ${count(requests, 'request')}`;
    }
    case 'sandbox':
      return `nothing spent (the sandbox charged ${charged})`;
    case 'replay':
      return `nothing spent (the recorded answers name ${charged})`;
  }
}
