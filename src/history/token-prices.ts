import type { TokenPrices } from '../report/history-entry.ts';

/** What some answer cost and what for. */
export interface Charge {
  promptTokens: number;
  completionTokens: number;
  costUsd: number;
}

/**
 * The two prices that explain the charges best (least squares): how much of each kind of token a model uses changes from run to run,
 * and a price per token of both together would change with it. Undefined when nothing was charged for.
 */
export function tokenPrices(charges: readonly Charge[]): TokenPrices | undefined {
  const sum = (of: (charge: Charge) => number) => charges.reduce((total, charge) => total + of(charge), 0);
  const pp = sum(({ promptTokens: p }) => p * p);
  const cc = sum(({ completionTokens: c }) => c * c);
  const pc = sum(({ promptTokens: p, completionTokens: c }) => p * c);
  const pUsd = sum(({ promptTokens: p, costUsd }) => p * costUsd);
  const cUsd = sum(({ completionTokens: c, costUsd }) => c * costUsd);
  if (pp + cc === 0) return undefined;
  const determinant = pp * cc - pc * pc;
  // Where all answers used both kinds in one proportion, nothing tells the two prices apart, and one for both says the same.
  if (determinant <= 1e-9 * pp * cc) {
    const both = (pUsd + cUsd) / (pp + cc + 2 * pc);
    return { promptUsd: both, completionUsd: both };
  }
  return { promptUsd: (pUsd * cc - cUsd * pc) / determinant, completionUsd: (cUsd * pp - pUsd * pc) / determinant };
}

/** What tokens cost at some prices. */
export function costAt({ promptUsd, completionUsd }: TokenPrices, tokens: Omit<Charge, 'costUsd'>): number {
  return tokens.promptTokens * promptUsd + tokens.completionTokens * completionUsd;
}
