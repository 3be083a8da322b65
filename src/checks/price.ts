import type { Breach, Check, Subject } from './check.ts';
import { costOf } from './cost.ts';
import { answerOf, at, isObject, listAt, numberAt, same, stringAt } from './reading.ts';
import { providersOf, sameProvider } from './routing-evidence.ts';

/**
 * What the provider bills is what its endpoint lists. Prices are US dollars per token, as strings; cached and reasoning
 * tokens may have prices of their own. Source: PublicPricing in the OpenAPI document.
 */
export const priceChecks = [
  {
    id: 'cost.upstream-is-list-price',
    level: 'must',
    holds: 'The upstream cost is the number of tokens times the price that the provider’s endpoint lists.',
    covers: ['usage.cost-details', 'api.model-endpoints'],
    needs: ['endpoints'],
    applies: (subject) =>
      providersOf(subject).length > 0 &&
      isObject(answerOf(subject)?.usage) &&
      (costOf(subject).upstream ?? 0) > 0 &&
      subject.evidence.endpoints !== undefined,
    judge: (subject) => {
      const provider = providersOf(subject)[0]?.provider;
      const rows = listAt(subject.evidence.endpoints?.json, 'data', 'endpoints').filter((row) =>
        sameProvider(stringAt(row, 'provider_name') ?? '', provider ?? ''),
      );
      if (rows.length === 0) {
        return [{ expected: `an endpoint of ${provider}`, actual: 'none listed', where: 'endpoints /data/endpoints' }];
      }
      return rows.some((row) => prices(subject, row).some((price) => same(price, costOf(subject).upstream ?? 0)))
        ? []
        : [breach(subject, rows)];
    },
  },
] as const satisfies readonly Check[];

function breach(subject: Subject, rows: readonly unknown[]): Breach {
  const expected = [...new Set(rows.flatMap((row) => prices(subject, row)))].join(' or ');
  // Prices that depend on the length of the prompt or the time of day cannot be foretold from the list alone.
  const conditional = rows.some((row) => listAt(row, 'pricing', 'overrides').length > 0);
  return {
    expected,
    actual: String(costOf(subject).upstream),
    where: '/usage/cost_details/upstream_inference_cost',
    ...(conditional ? { level: 'observed' as const } : {}),
  };
}

/** What a row of the list makes of the usage: with and without its discount, which the list may or may not contain already. */
function prices(subject: Subject, row: unknown): number[] {
  const full = [true, false].map((zeroIsFree) => fullPrice(subject, row, zeroIsFree));
  const discount = at(row, 'pricing', 'discount');
  return typeof discount === 'number' && discount > 0 && discount < 1
    ? full.flatMap((price) => [price, price * (1 - discount), price / (1 - discount)])
    : full;
}

/** A listed price of 0 for cached or reasoning tokens means that they are free, or that they have no price of their own. */
function fullPrice(subject: Subject, row: unknown, zeroIsFree: boolean): number {
  const usage = answerOf(subject)?.usage;
  const tokens = (...path: string[]) => numberAt(usage, ...path) ?? 0;
  const price = (field: string, otherwise: number) => {
    const listed = Number(stringAt(row, 'pricing', field) ?? Number.NaN);
    return Number.isNaN(listed) || (listed === 0 && !zeroIsFree) ? otherwise : listed;
  };
  const prompt = price('prompt', 0);
  const completion = price('completion', 0);
  const cached = tokens('prompt_tokens_details', 'cached_tokens');
  const written = tokens('prompt_tokens_details', 'cache_write_tokens');
  const reasoned = tokens('completion_tokens_details', 'reasoning_tokens');
  return (
    (tokens('prompt_tokens') - cached - written) * prompt +
    cached * price('input_cache_read', prompt) +
    written * price('input_cache_write', prompt) +
    (tokens('completion_tokens') - reasoned) * completion +
    reasoned * price('internal_reasoning', completion) +
    price('request', 0)
  );
}
