import { describe } from '../contract/validate.ts';
import type { Breach, Subject } from './check.ts';
import { costOf } from './cost.ts';
import { answerOf, at, listAt, numberAt, same, stringAt } from './reading.ts';
import { usagePlace } from './usage-names.ts';

/** Names under which a row of the provider's list may be asked for: `id` in 2025, `model_id` and `name` since. */
export function namesInListing(row: unknown): string[] {
  return ['id', 'model_id', 'name'].flatMap((field) => stringAt(row, field) ?? []);
}

/** What OpenRouter says that the provider bills, against tokens times the provider's own list. */
export function priceBreaches(subject: Subject): Breach[] {
  const { evidence } = subject;
  const asked = stringAt(evidence.direct?.call.body, 'model') ?? '';
  const row = listAt(evidence['direct-models']?.json, 'data').find((one) => namesInListing(one).includes(asked));
  const prompt = priceOf(row, 'input_token_price');
  const completion = priceOf(row, 'output_token_price');
  const where = 'direct-models /data';
  if (prompt === undefined || completion === undefined) {
    return [{ expected: `prices of ${asked}`, actual: describe(undefined), where, level: 'observed' }];
  }
  const cached = priceOf(row, 'cache_read_token_price');
  const expected = totals(subject, { prompt, completion, cached });
  const { upstream = 0 } = costOf(subject);
  return expected.some((price) => same(price, upstream))
    ? []
    : [
        {
          expected: `${expected.join(' or ')}, by the provider’s own list`,
          actual: String(upstream),
          where: usagePlace(subject, 'cost_details/upstream_inference_cost'),
        },
      ];
}

/** With cached tokens at their own price, where there is one, or at the full price: nobody says that the provider grants it. */
function totals(subject: Subject, price: { prompt: number; completion: number; cached: number | undefined }): number[] {
  const usage = answerOf(subject)?.usage;
  const prompt = numberAt(usage, 'prompt_tokens') ?? 0;
  const cached = numberAt(usage, 'prompt_tokens_details', 'cached_tokens') ?? 0;
  const completion = (numberAt(usage, 'completion_tokens') ?? 0) * price.completion;
  const rates = cached > 0 ? [price.prompt, price.cached ?? price.prompt] : [price.prompt];
  return [...new Set(rates.map((rate) => (prompt - cached) * price.prompt + cached * rate + completion))];
}

/** Above it a price can only be meant per million tokens, and below it only per token: a token costs millionths of a dollar. */
const perMillion = 0.001;

/**
 * US dollars per token. The list gives prices as texts (https://io.net/docs/reference/ai-models/get-models-list, read 2026-11-23), at
 * times as numbers, and says nowhere of how many tokens.
 */
function priceOf(row: unknown, field: string): number | undefined {
  const listed = at(row, 'metadata', field);
  const price = typeof listed === 'string' && listed.trim() !== '' ? Number(listed) : listed;
  if (typeof price !== 'number' || !Number.isFinite(price) || price < 0) return undefined;
  return price >= perMillion ? price / 1e6 : price;
}
