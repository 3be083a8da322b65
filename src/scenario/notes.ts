import type { Expectation } from '../checks/check.ts';
import { formSeen } from '../checks/error-path.ts';
import { readAnswer } from '../exchange/answer.ts';
import type { Exchange } from '../exchange/exchange.ts';

/** What was seen where the sources disagree. No verdict hangs on it. */
export function notesOf(exchange: Exchange, { errorPath }: Expectation): string[] {
  const form = errorPath && formSeen(errorPath.row, exchange);
  return [feeSeen(exchange), form && `${errorPath?.id}: ${form}`].filter((note) => typeof note === 'string');
}

/**
 * The guide promises a million free BYOK requests a month; OpenRouter's documentation since 2026-08-10 an allowance in list price. One
 * answer shows only whether a fee was taken.
 */
function feeSeen(exchange: Exchange): string | null {
  const usage = readAnswer(exchange)?.usage;
  const cost = usage?.['cost'];
  if (usage?.['is_byok'] !== true || typeof cost !== 'number') return null;
  const details = usage['cost_details'] as { upstream_inference_cost?: unknown } | null | undefined;
  const upstream = details?.upstream_inference_cost;
  if (cost === 0)
    return 'BYOK fee: none taken. The call was inside the allowance, whichever of the two documented rules holds.';
  const share =
    typeof upstream === 'number' && upstream > 0
      ? `${((cost / upstream) * 100).toFixed(2)} % of the list price`
      : `${cost} USD`;
  return `BYOK fee: ${share} taken. The call was past the allowance, whichever of the two documented rules holds.`;
}
