import { expect, it } from 'vitest';
import { accountingChecks } from './accounting.ts';
import { judge, type Subject } from './check.ts';
import { costChecks } from './cost.ts';
import { priceChecks } from './price.ts';
import { choice, evidence, jsonSubject, result, sharedUsage, testChecks, usage } from './testing.ts';

const request = { model: 'qwen/qwen3.6-27b' };

function paid(over: object, around: Subject['evidence'] = {}, call: object = request): Subject {
  return jsonSubject(result({ usage: { ...usage, ...over } }), { request: call }, { evidence: around });
}

const good = paid({});
const shared = paid(sharedUsage);
const upstream = (cost: number | null) => ({ cost_details: { upstream_inference_cost: cost } });

testChecks(costChecks, {
  'cost.present': { silentOn: good, when: 'it is null', tripsOn: paid({ cost: null }), finding: { actual: 'null' } },
  'cost.byok-fee-at-most-5-percent': {
    silentOn: paid({ cost: 0.05 * 0.0000104 }),
    when: 'the full price was charged as well',
    tripsOn: paid({ cost: 0.0000104 }),
  },
  'cost.names-of-the-api': {
    silentOn: good,
    when: 'chat has those of /responses',
    tripsOn: paid({ cost_details: { upstream_inference_cost: 0, upstream_inference_input_cost: 0 } }),
    finding: { actual: 'upstream_inference_input_cost' },
  },
  'cost.byok-upstream-stated': {
    silentOn: good,
    when: 'it is nothing',
    tripsOn: paid(upstream(0)),
    finding: { actual: '0' },
  },
  'cost.shared-is-upstream': {
    silentOn: shared,
    when: 'the bill is doubled',
    tripsOn: paid({ ...sharedUsage, cost: 0.0000208 }),
  },
  'cost.parts-add-up': {
    silentOn: good,
    when: 'they do not',
    tripsOn: paid({ cost_details: { ...(usage['cost_details'] as object), upstream_inference_prompt_cost: 1 } }),
  },
  'cost.nothing-for-an-error': {
    silentOn: jsonSubject(result({ choices: [choice({}, { finish_reason: 'error' })] })),
    when: 'something was charged',
    tripsOn: jsonSubject(result({ choices: [choice({}, { finish_reason: 'error' })], usage: sharedUsage })),
  },
});

const endpoints = (pricing: object) => ({
  endpoints: evidence({ data: { endpoints: [{ provider_name: 'Io Net', pricing }] } }),
});
const listed = { prompt: '0.0000004', completion: '0.0000032' };

testChecks(priceChecks, {
  'cost.upstream-is-list-price': {
    silentOn: paid({}, endpoints(listed)),
    when: 'the list says half of it',
    tripsOn: paid({}, endpoints({ prompt: '0.0000002', completion: '0.0000016' })),
    finding: { actual: '0.0000104' },
  },
});

const growing = (before: object, after: object, name: 'key' | 'credits' | 'ledger') => ({
  [`${name}-before`]: evidence({ data: before }),
  [`${name}-after`]: evidence({ data: after }),
});

testChecks(accountingChecks, {
  'cost.key-usage-grows': {
    silentOn: paid({}, growing({ usage: 1, byok_usage: 2 }, { usage: 1, byok_usage: 2.0000104 }, 'key')),
    when: 'BYOK usage stays',
    tripsOn: paid({}, growing({ usage: 1, byok_usage: 2 }, { usage: 1, byok_usage: 2 }, 'key')),
    finding: { expected: 'byok_usage to grow by 0.0000104', where: 'key-after /data/byok_usage' },
  },
  'cost.credits-charged': {
    silentOn: paid({}, growing({ total_usage: 5 }, { total_usage: 5 }, 'credits')),
    when: 'credits were taken for a request on the customer’s key',
    tripsOn: paid({}, growing({ total_usage: 5 }, { total_usage: 5.0000104 }, 'credits')),
  },
  'cost.provider-charged': {
    silentOn: paid({}, growing({ charged_usd: 0 }, { charged_usd: 0.0000104 }, 'ledger')),
    when: 'the provider charged nothing',
    tripsOn: paid({}, growing({ charged_usd: 0 }, { charged_usd: 0 }, 'ledger')),
  },
});

it('takes a discount as seen, and a fee for a plugin too', () => {
  const levels = (over: object, call: object) =>
    judge(costChecks, paid({ ...sharedUsage, ...over }, {}, call)).map(({ level }) => level);
  expect(levels({ cost: 0.00000676 }, request)).toEqual(['observed']);
  expect(levels({ cost: 0.00776 }, { ...request, plugins: [{ id: 'web' }] })).toEqual(['observed']);
  expect(levels({ cost: 0.00776 }, request)).toEqual(['must']);
});

it('accepts a null upstream cost on shared capacity', () => {
  expect(judge(costChecks, paid({ ...sharedUsage, ...upstream(null) }))).toEqual([]);
});

it('counts cached and reasoning tokens at their own price', () => {
  const tokens = {
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 1 },
    ...upstream(6 * 0.0000004 + 4 * 0.0000001 + 0.0000032 + 0.000005),
  };
  const prices = { ...listed, input_cache_read: '0.0000001', internal_reasoning: '0.000005' };
  expect(judge(priceChecks, paid(tokens, endpoints(prices)))).toEqual([]);
});

it('counts cached tokens as free where their price is zero', () => {
  const tokens = { prompt_tokens_details: { cached_tokens: 10 }, ...upstream(0.0000064) };
  expect(judge(priceChecks, paid(tokens, endpoints({ ...listed, input_cache_read: '0' })))).toEqual([]);
});

it('says which account could not be read', () => {
  const around = { ...growing({ usage: 1, byok_usage: 2 }, {}, 'key'), 'key-after': evidence({ error: {} }, 401) };
  const found = judge(accountingChecks, paid({}, around));
  expect(found).toContainEqual(
    expect.objectContaining({ where: 'key-after /data/usage', actual: 'absent, status 401' }),
  );
});
