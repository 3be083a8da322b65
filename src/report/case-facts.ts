import { sumOnce } from './cost.ts';
import type { StepSummary } from './events.ts';

/** What the calls of a case said of themselves; only what was seen. */
export interface CaseFacts {
  providers: string[];
  isByok: boolean[];
  generationIds: string[];
  costUsd: number | undefined;
  providerCostUsd: number | undefined;
  promptTokens: number | undefined;
  completionTokens: number | undefined;
  /** Of the first stream. */
  firstContentMs: number | undefined;
}

export function caseFacts({ steps }: { steps: readonly StepSummary[] }): CaseFacts {
  return {
    providers: distinct(steps.map(({ provider }) => provider)),
    isByok: distinct(steps.map(({ isByok }) => isByok)),
    generationIds: distinct(steps.map(({ generationId }) => generationId)),
    costUsd: sumOf(steps, ({ costUsd }) => costUsd),
    providerCostUsd: sumOf(steps, ({ providerCostUsd }) => providerCostUsd),
    promptTokens: sumOf(steps, ({ promptTokens }) => promptTokens),
    completionTokens: sumOf(steps, ({ completionTokens }) => completionTokens),
    firstContentMs: steps.find(({ firstContentMs }) => firstContentMs !== undefined)?.firstContentMs,
  };
}

function distinct<Value>(values: readonly (Value | undefined)[]): Value[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}

function sumOf(steps: readonly StepSummary[], figure: (step: StepSummary) => number | undefined): number | undefined {
  return steps.some((step) => figure(step) !== undefined) ? sumOnce(steps, figure) : undefined;
}

/** Prompt and completion together. */
export function tokensOf({
  promptTokens = 0,
  completionTokens = 0,
}: Pick<CaseFacts, 'promptTokens' | 'completionTokens'>): number {
  return promptTokens + completionTokens;
}
