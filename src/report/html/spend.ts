import { caseFacts, tokensOf } from '../case-facts.ts';
import { costPhrase } from '../cost.ts';
import type { Spend } from '../events.ts';
import { subjectOf } from '../matrix.ts';
import type { RunReport } from '../run-report.ts';

/** What the answers of a run say they cost, by model. */
export interface SpendTable {
  phrase: string;
  /** Somebody paid it. */
  real: boolean;
  /** What the run really took, givens and waiting included; null where nothing was spent. */
  taken: Spend | null;
  rows: { subject: string; calls: number; tokens: number; openRouterUsd: number; providerUsd: number }[];
}

export function spendOf({ cases, cost, finished }: RunReport): SpendTable {
  const rows = [...Map.groupBy(cases, subjectOf)].map(([subject, its]) => {
    const facts = its.map(caseFacts);
    return {
      subject,
      calls: its.reduce((total, { steps }) => total + steps.length, 0),
      tokens: facts.reduce((total, one) => total + tokensOf(one), 0),
      openRouterUsd: facts.reduce((total, { costUsd = 0 }) => total + costUsd, 0),
      providerUsd: facts.reduce((total, { providerCostUsd = 0 }) => total + providerCostUsd, 0),
    };
  });
  const { real } = cost;
  return { phrase: costPhrase(cost), real, taken: (real && finished?.spend) || null, rows };
}
