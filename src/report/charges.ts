import type { RunCost } from './cost.ts';
import { usd } from './text.ts';

/** US dollars, from OpenRouter credits and on the customer's own key. */
interface Charge {
  openRouter: number;
  provider: number;
}

/** What was paid apart from what recorded or simulated answers only say. */
export interface Charges {
  spent: Charge;
  stated: Charge;
  /** At most, for answers that did not say what they cost. */
  unknown: number;
}

export function chargesOf({ real, spentUsd, statedUsd, providerUsd, unknownUsd }: RunCost): Charges {
  return {
    spent: { openRouter: rounded(spentUsd), provider: real ? rounded(providerUsd) : 0 },
    stated: { openRouter: rounded(statedUsd), provider: real ? 0 : rounded(providerUsd) },
    unknown: rounded(unknownUsd),
  };
}

/** As people read it: a sum of floating-point numbers has a tail of noise. */
function rounded(amountUsd: number): number {
  return Number(usd(amountUsd));
}
