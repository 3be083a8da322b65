import type { TokenPrices } from '../report/history-entry.ts';

/** What some answer cost and what for. */
export interface Charge {
  promptTokens: number;
  completionTokens: number;
  costUsd: number;
}

/**
 * The two prices that explain the charges best (least squares): how much of each kind of token a model uses changes from run to run,
 * and a price per token of both together would change with it. Undefined when all charges are for much the same mix, or there are none:
 * then nothing tells the two prices apart.
 */
export function tokenPrices(charges: readonly Charge[]): TokenPrices | undefined {
  const sum = (of: (charge: Charge) => number) => charges.reduce((total, charge) => total + of(charge), 0);
  const pp = sum(({ promptTokens: p }) => p * p);
  const cc = sum(({ completionTokens: c }) => c * c);
  const pc = sum(({ promptTokens: p, completionTokens: c }) => p * c);
  const pUsd = sum(({ promptTokens: p, costUsd }) => p * costUsd);
  const cUsd = sum(({ completionTokens: c, costUsd }) => c * costUsd);
  const determinant = pp * cc - pc * pc;
  // Below this the rounding of a charge would weigh ten times as much in a price.
  if (determinant <= 0.01 * pp * cc) return undefined;
  return { promptUsd: (pUsd * cc - cUsd * pc) / determinant, completionUsd: (cUsd * pp - pUsd * pc) / determinant };
}

/** What tokens cost at some prices. */
export function costAt({ promptUsd, completionUsd }: TokenPrices, tokens: Omit<Charge, 'costUsd'>): number {
  return tokens.promptTokens * promptUsd + tokens.completionTokens * completionUsd;
}
