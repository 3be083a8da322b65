import { costPhrase, sumOnce } from '../cost.ts';
import type { Spend } from '../events.ts';
import { subjectOf } from '../matrix.ts';
import type { RunReport } from '../run-report.ts';

/** What the answers of a run say they cost, by model. */
export interface SpendTable {
  phrase: string;
  /** What the run really took, givens and waiting included; null where nothing can be spent. */
  taken: Spend | null;
  rows: { subject: string; calls: number; tokens: number; openRouterUsd: number; providerUsd: number }[];
}

export function spendOf({ cases, cost, finished }: RunReport): SpendTable {
  const bySubject = Map.groupBy(cases, subjectOf);
  const rows = [...bySubject].map(([subject, its]) => {
    const sum = (figure: Parameters<typeof sumOnce>[1]) =>
      its.reduce((total, { steps }) => total + sumOnce(steps, figure), 0);
    return {
      subject,
      calls: its.reduce((total, { steps }) => total + steps.length, 0),
      tokens: sum(({ promptTokens, completionTokens }) =>
        promptTokens === undefined && completionTokens === undefined
          ? undefined
          : (promptTokens ?? 0) + (completionTokens ?? 0),
      ),
      openRouterUsd: sum(({ costUsd }) => costUsd),
      providerUsd: sum(({ providerCostUsd }) => providerCostUsd),
    };
  });
  return { phrase: costPhrase(cost), taken: finished?.spend ?? null, rows };
}
