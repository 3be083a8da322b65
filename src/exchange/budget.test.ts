import { describe, expect, it } from 'vitest';
import { Budget, ceilingOf, emptyPurse, type Means, spendOf } from './budget.ts';
import type { Call, WireExchange } from './exchange.ts';

const prices = {
  'a/cheap': { prompt: 0.000001, completion: 0.00001, maxCompletionTokens: 1_000 },
  'b/dear': { prompt: 0.00001, completion: 0.0001, maxCompletionTokens: 2_000 },
};

function ask(over: Record<string, unknown> = {}, path = '/chat/completions'): Call {
  return { method: 'POST', path, headers: {}, body: { model: 'a/cheap', max_tokens: 100, ...over } };
}

const read: Call = { method: 'GET', path: '/key', headers: {} };

function answer(call: Call, json: unknown, status = 200): WireExchange {
  return {
    call,
    response: { status, headers: { 'content-type': 'application/json' }, headersAt: 1 },
    chunks: [{ at: 1, bytes: Buffer.from(JSON.stringify(json)) }],
    end: { how: 'complete', at: 1 },
  };
}

const costing = (cost: number, provider: number) => ({
  usage: { cost, is_byok: true, cost_details: { upstream_inference_cost: provider } },
});

function opened(over: Partial<Means> = {}) {
  const purse = emptyPurse();
  return { purse, budget: new Budget({ maxCostUsd: 0.01, maxRequests: 100, prices, ...over }, purse) };
}

describe('the most a call can take', () => {
  const promptOf = (call: Call) => JSON.stringify(call.body).length;

  it('is a token a byte of the prompt, and what it asks for at most', () => {
    const call = ask();
    expect(ceilingOf(call, prices)).toEqual({
      tokens: promptOf(call) + 100,
      usd: promptOf(call) * 0.000001 + 100 * 0.00001,
    });
  });

  it.each([
    ['a limit above what the model can write counts as that', { max_tokens: 100_000_000 }, 1_000],
    ['without a limit it is all that the model can write', { max_tokens: undefined }, 1_000],
    ['the Responses API names its limit otherwise', { max_tokens: undefined, max_output_tokens: 7 }, 7],
    ['a model nobody lists counts as the dearest', { model: 'c/unknown', max_tokens: undefined }, 2_000],
    ['several answers are as many times as long', { n: 3 }, 300],
    ['of several models the dearest counts', { models: ['b/dear'], max_tokens: undefined }, 2_000],
    ['a variant costs what its model does', { model: 'a/cheap:nitro', max_tokens: undefined }, 1_000],
  ])('%s', (_what, over, completion) => {
    const call = ask(over);
    expect(ceilingOf(call, prices).tokens - promptOf(call)).toBe(completion);
  });

  it('is nothing for a call that no model answers', () => {
    expect(ceilingOf(read, prices)).toEqual({ tokens: 0, usd: 0 });
    expect(ceilingOf(ask({}, '/keys'), prices)).toEqual({ tokens: 0, usd: 0 });
  });
});

describe('a budget', () => {
  it('counts what the answers said, credits and provider apart', async () => {
    const { budget, purse } = opened();
    for (const call of [ask(), ask()]) (await budget.charge(call))(answer(call, costing(0.0001, 0.002)));
    (await budget.charge(read))(answer(read, {}));
    expect(spendOf(purse)).toEqual({ requests: 3, openRouterUsd: 0.0002, providerUsd: 0.004, unknownUsd: 0 });
  });

  it('refuses a call that can take more than is left, and from then on every other that costs', async () => {
    const { budget, purse } = opened();
    const big = ask({ max_tokens: 1_000 });
    await expect(budget.charge(big)).rejects.toMatchObject({
      code: 'E_BUDGET',
      message:
        'The budget of 0.01 USD (--max-cost) is used up: 0 USD are spent, and POST /chat/completions can take up to 0.01 USD.',
    });
    expect(budget.isUsedUp).toBe(true);
    await expect(budget.charge(ask({ max_tokens: 1 }))).rejects.toMatchObject({ code: 'E_BUDGET' });
    await budget.charge(read);
    expect(spendOf(purse)).toEqual({ requests: 1, openRouterUsd: 0, providerUsd: 0, unknownUsd: 0 });
  });

  it('lets a call wait for one under way that may take less than it could', async () => {
    const { budget } = opened({ maxCostUsd: 0.0015 });
    const first = ask();
    const settle = await budget.charge(first);
    let sent = false;
    const second = budget.charge(ask()).then(() => (sent = true));
    await Promise.resolve();
    expect(sent).toBe(false);
    settle(answer(first, costing(0, 0.0001)));
    await second;
    expect(sent).toBe(true);
  });

  it('keeps the ceiling of an answer that does not say what it cost', async () => {
    const { budget } = opened({ maxCostUsd: 0.0015 });
    const call = ask();
    (await budget.charge(call))(answer(call, { choices: [] }));
    await expect(budget.charge(ask())).rejects.toMatchObject({ code: 'E_BUDGET' });
  });

  it.each([
    ['is negative', { cost: -5, is_byok: true, cost_details: { upstream_inference_cost: 0.001 } }],
    ['is nothing on shared capacity', { cost: 0, is_byok: false }],
    ['does not say whose key paid', { cost: 0, cost_details: { upstream_inference_cost: 0.001 } }],
    ['leaves out what the provider takes', { cost: 0, is_byok: true }],
  ])('does not believe a cost that %s', async (_what, usage) => {
    const { budget, purse } = opened();
    const call = ask();
    (await budget.charge(call))(answer(call, { usage }));
    expect(spendOf(purse)).toMatchObject({ openRouterUsd: 0, providerUsd: 0, unknownUsd: ceilingOf(call, prices).usd });
  });

  it('counts an answer that tells its tokens alone at the listed price', async () => {
    const { budget, purse } = opened();
    const call = ask();
    (await budget.charge(call))(answer(call, { usage: { prompt_tokens: 10, completion_tokens: 5 } }));
    expect(spendOf(purse).unknownUsd).toBeCloseTo(10 * 0.000001 + 5 * 0.00001, 12);
  });

  it('takes nothing for a call that was let go but never sent', async () => {
    const { budget, purse } = opened();
    (await budget.charge(ask()))(null);
    expect(spendOf(purse)).toEqual({ requests: 1, openRouterUsd: 0, providerUsd: 0, unknownUsd: 0 });
  });

  it.each([
    ['refused', (call: Call) => answer(call, { error: { code: 404, message: 'no' } }, 404)],
    [
      'never sent',
      (call: Call): WireExchange => ({ call, chunks: [], end: { how: 'not-connected', at: 0, code: 'ECONNREFUSED' } }),
    ],
  ])('takes nothing for a call that was %s', async (_how, ended) => {
    const { budget, purse } = opened({ maxCostUsd: 0.0015 });
    for (let time = 0; time < 3; time += 1) {
      const call = ask();
      (await budget.charge(call))(ended(call));
    }
    expect(spendOf(purse)).toEqual({ requests: 3, openRouterUsd: 0, providerUsd: 0, unknownUsd: 0 });
  });

  it('of requests is kept too, but what deletes is never refused', async () => {
    const { budget } = opened({ maxRequests: 1 });
    await budget.charge(read);
    await expect(budget.charge(read)).rejects.toMatchObject({
      code: 'E_BUDGET',
      message: 'The budget of 1 requests (--max-requests) is used up.',
    });
    await expect(budget.charge({ method: 'DELETE', path: '/keys/x', headers: {} })).resolves.toBeTypeOf('function');
  });
});
