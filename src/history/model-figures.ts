import { sumOnce } from '../report/cost.ts';
import type { CaseFinished, StepSummary } from '../report/events.ts';
import type { ModelFigures } from '../report/history-entry.ts';
import { type Charge, tokenPrices } from './token-prices.ts';

/** Latency and cost of each model that some cases are about. */
export function modelFigures(cases: readonly CaseFinished[]): Record<string, ModelFigures> {
  const byModel = Map.groupBy(cases, ({ model }) => model);
  byModel.delete(null);
  return Object.fromEntries([...byModel].map(([model, ofModel]) => [model, figuresOf(ofModel)]));
}

function figuresOf(cases: readonly CaseFinished[]): ModelFigures {
  const steps = cases.flatMap((one) => one.steps);
  const firstContents = servedOnOwnKey(steps).flatMap(({ firstContentMs }) => firstContentMs ?? []);
  const prices = tokenPrices(chargesOf(cases));
  return {
    firstContentP50Ms: percentile(firstContents, 0.5),
    firstContentP95Ms: percentile(firstContents, 0.95),
    costUsd: sumOnce(steps, paid),
    ...(prices && { tokenPrices: prices }),
  };
}

/**
 * What the provider charged the customer's own key, answer by answer. OpenRouter's fee on top depends on an allowance, and what failed
 * on the way costs nothing: neither says anything of the price.
 */
export function chargesOf(cases: readonly CaseFinished[]): Charge[] {
  return servedOnOwnKey(cases.flatMap(({ steps }) => steps)).flatMap(
    ({ promptTokens, completionTokens, providerCostUsd: costUsd = 0 }) =>
      promptTokens === undefined || completionTokens === undefined || costUsd === 0
        ? []
        : [{ promptTokens, completionTokens, costUsd }],
  );
}

/** Each answer once: the generation record about it tells the same. */
function servedOnOwnKey(steps: readonly StepSummary[]): StepSummary[] {
  const told = new Set<string>();
  return steps.filter(({ isByok, generationId }) => {
    if (isByok !== true || (generationId !== undefined && told.has(generationId))) return false;
    if (generationId !== undefined) told.add(generationId);
    return true;
  });
}

function paid({ costUsd, providerCostUsd }: StepSummary): number | undefined {
  return costUsd === undefined && providerCostUsd === undefined ? undefined : (costUsd ?? 0) + (providerCostUsd ?? 0);
}

/** The smallest value that so great a part of all do not exceed (nearest rank); null of none. */
function percentile(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
}
