import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAccount } from './accounts.ts';
import { byokAllowanceUsd } from './cost.ts';
import { spend } from './spend.ts';
import { openTestSandbox } from './testing.ts';
import type { TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await openTestSandbox();
});
afterEach(() => sandbox.close());

const pinned = { provider: { only: ['io-net'] } };
const elsewhere = { provider: { only: ['novita'] } };
const error = (answer: { json: { error: unknown } }) => answer.json.error;

test('an own key inside the allowance costs no credits, and the provider bills its price', async () => {
  const { json } = await sandbox.chat(pinned);
  const upstream = json.usage.cost_details.upstream_inference_cost as number;
  const key = (await sandbox.call('GET', '/key')).json.data;
  expect(key).toMatchObject({
    usage: 0,
    byok_usage: upstream,
    byok_usage_daily: upstream,
    byok_usage_monthly: upstream,
  });
  expect((await sandbox.manage('GET', '/credits')).json).toEqual({ data: { total_credits: 10, total_usage: 0 } });
  expect((await sandbox.call('GET', '/sandbox/ledger')).json).toEqual({
    data: { charged_usd: upstream, requests: 1 },
  });
});

test('above the allowance five per cent of the list price are charged', async () => {
  spend(sandbox.customer.account.byok, sandbox.clock.now(), byokAllowanceUsd);
  const { usage } = (await sandbox.chat(pinned)).json;
  expect(usage.cost).toBeCloseTo(usage.cost_details.upstream_inference_cost * 0.05, 12);
  expect((await sandbox.manage('GET', '/credits')).json.data.total_usage).toBe(usage.cost);
});

test('shared capacity costs its list price, from credits and not from the provider account', async () => {
  const { usage } = (await sandbox.chat(elsewhere)).json;
  expect(usage).toMatchObject({ is_byok: false, cost: usage.cost_details.upstream_inference_cost });
  expect(usage.cost_details.upstream_inference_prompt_cost).toBeCloseTo(usage.prompt_tokens * 0.00000098, 12);
  expect((await sandbox.call('GET', '/key')).json.data).toMatchObject({ usage: usage.cost, byok_usage: 0 });
  expect((await sandbox.call('GET', '/sandbox/ledger')).json.data.requests).toBe(0);
});

test('a generation record appears after a while, agrees with the answer, and is the account’s own', async () => {
  const { id, usage } = (await sandbox.chat(pinned, { headers: { 'user-agent': 'me/1' } })).json;
  const early = await sandbox.call('GET', `/generation?id=${id}`);
  expect([early.status, error(early)]).toEqual([404, { message: `Generation ${id} not found`, code: 404 }]);
  await sandbox.clock.sleep(2000);
  const { status, json } = await sandbox.call('GET', `/generation?id=${id}`);
  expect(status).toBe(200);
  expect(Object.keys(json.data)).toHaveLength(45);
  expect(json.data).toMatchObject({
    id,
    model: 'z-ai/glm-5.2-20260616',
    provider_name: 'Io Net',
    is_byok: true,
    total_cost: 0,
    usage: 0,
    upstream_inference_cost: usage.cost_details.upstream_inference_cost,
    native_tokens_prompt: usage.prompt_tokens,
    native_tokens_completion: usage.completion_tokens,
    finish_reason: 'stop',
    streamed: true,
    cancelled: false,
    user_agent: 'me/1',
    created_at: '2026-09-21T14:13:20.000000+00:00',
    provider_responses: [{ provider_name: 'Io Net', status: 200, is_byok: true }],
  });
  const stranger = openAccount(sandbox.world, 5).key;
  expect((await sandbox.call('GET', `/generation?id=${id}`, { key: stranger })).status).toBe(404);
});

test('a client that goes away takes the request upstream with it, and pays for what was made', async () => {
  const leave = new AbortController();
  const messages = [{ role: 'user', content: 'Count from 1 to 400' }];
  const body = { ...pinned, messages, max_tokens: 2000, stream: true };
  const answer = sandbox.chat(body, { signal: leave.signal });
  await sandbox.clock.sleep(400);
  leave.abort();
  await expect(answer).rejects.toThrow();
  await sandbox.clock.sleep(6000);
  const [entry] = [...sandbox.world.state.generations.values()];
  expect(entry?.record).toMatchObject({ cancelled: true, finish_reason: null, is_byok: true });
  const { byok_usage: paid } = (await sandbox.call('GET', '/key')).json.data;
  expect(paid).toBeGreaterThan(0);
  expect(paid).toBeLessThan(0.002);
});

test.each([
  ['no key', null, 'Missing Authentication header'],
  ['an unknown key', `sk-or-v1-${'0'.repeat(64)}`, 'User not found.'],
])('%s is refused with 401', async (_, key, message) => {
  for (const path of ['/key', '/credits', '/byok', '/generation?id=x']) {
    const answer = await sandbox.call('GET', path, { key });
    expect([answer.status, error(answer)]).toEqual([401, { message, code: 401 }]);
  }
  expect((await sandbox.chat({}, { key })).status).toBe(401);
});

test('disabled, deleted and expired keys are unknown', async () => {
  const { json } = await sandbox.manage('POST', '/keys', { name: 'k', expires_at: '2026-09-21T15:00:00Z' });
  const status = async () => (await sandbox.call('GET', '/key', { key: json.key })).status;
  expect(await status()).toBe(200);
  await sandbox.manage('PATCH', `/keys/${json.data.hash}`, { disabled: true });
  expect(await status()).toBe(401);
  await sandbox.manage('PATCH', `/keys/${json.data.hash}`, { disabled: false });
  await sandbox.clock.sleep(3_600_000);
  expect(await status()).toBe(401);
});

test('an account without credits is refused with 402, own key or not', async () => {
  const answer = await sandbox.chat(pinned, { key: openAccount(sandbox.world, 0).key });
  expect(answer.status).toBe(402);
  expect(answer.json).toMatchObject({
    error: { code: 402, metadata: { limit_source: 'openrouter_credits' } },
    user_id: expect.stringMatching(/^user_/),
  });
});

test('a key at its limit is refused until the limit resets', async () => {
  const limit = 0.01;
  const { json } = await sandbox.manage('POST', '/keys', { name: 'k', limit, limit_reset: 'daily' });
  expect(json.data).toMatchObject({ limit, limit_remaining: limit, usage: 0 });
  const long = { ...elsewhere, messages: [{ role: 'user', content: 'Count from 1 to 100' }], max_tokens: 100 };
  expect((await sandbox.chat(long, { key: json.key })).status).toBe(200);
  const spent = (await sandbox.call('GET', '/key', { key: json.key })).json.data.usage;
  await sandbox.manage('PATCH', `/keys/${json.data.hash}`, { limit: spent });
  const refused = await sandbox.chat(elsewhere, { key: json.key });
  expect([refused.status, refused.json]).toEqual([
    403,
    {
      error: {
        message: 'Key limit exceeded (daily limit). Manage it using https://openrouter.ai/settings/keys',
        code: 403,
      },
    },
  ]);
  await sandbox.clock.sleep(86_400_000);
  expect((await sandbox.chat({ ...elsewhere, max_tokens: 2 }, { key: json.key })).status).toBe(200);
});

test('own keys count towards a limit only when that is asked for', async () => {
  const make = (more: object) => sandbox.manage('POST', '/keys', { name: 'k', limit: 1e-5, ...more });
  const free = (await make({})).json.key as string;
  const counted = (await make({ include_byok_in_limit: true })).json.key as string;
  await sandbox.chat(pinned, { key: free });
  expect((await sandbox.chat(pinned, { key: free })).status).toBe(200);
  expect((await sandbox.chat(pinned, { key: counted })).status).toBe(402);
});

test.each<[string, unknown, string | RegExp]>([
  ['an unknown model', { model: 'acme/none' }, 'acme/none is not a valid model ID'],
  ['no messages', { messages: [] }, 'Input required: specify "prompt" or "messages"'],
  ['a temperature out of range', { temperature: 5 }, 'Expected temperature to be at most 2, received 5'],
  ['a role that does not exist', { messages: [{ role: 'wizard', content: 'x' }] }, /^messages\.0\.role: /],
  ['a list that is text', { provider: { order: 'io-net' } }, /^provider\.order: /],
  ['an unknown preference', { provider: { onyl: ['io-net'] } }, /^provider: /],
  ['five stop sequences', { stop: ['1', '2', '3', '4', '5'] }, /^stop: /],
  ['two efforts', { reasoning_effort: 'low', reasoning: { effort: 'high' } }, /disagree$/],
])('%s is refused with 400', async (_, body, message) => {
  const answer = await sandbox.chat(body as Record<string, unknown>);
  expect(answer.status).toBe(400);
  expect(answer.json.error.code).toBe(400);
  expect(answer.json.error.message).toEqual(message instanceof RegExp ? expect.stringMatching(message) : message);
});

test('bodies that are no JSON or too large are refused, and unknown paths are not found', async () => {
  expect((await sandbox.call('POST', '/chat/completions', { raw: '{"model":' })).status).toBe(400);
  const large = await sandbox.call('POST', '/chat/completions', { raw: `"${'x'.repeat(11 * 1024 * 1024)}"` });
  expect([large.status, error(large)]).toEqual([
    413,
    { message: 'Request payload too large', code: 413, metadata: { error_type: 'payload_too_large' } },
  ]);
  const lost = await sandbox.call('GET', '/nowhere');
  expect([lost.status, error(lost)]).toEqual([404, { message: 'Resource not found', code: 404 }]);
});

test('management keys buy no answers, other keys manage nothing', async () => {
  expect((await sandbox.chat({}, { key: sandbox.customer.managementKey })).status).toBe(403);
  const statuses = await Promise.all(
    (
      [
        ['GET', '/credits'],
        ['POST', '/byok'],
        ['POST', '/keys'],
        ['POST', '/guardrails'],
        ['POST', '/workspaces'],
        ['GET', '/byok'],
      ] as const
    ).map(async ([method, path]) => (await sandbox.call(method, path)).status),
  );
  expect(statuses).toEqual([403, 403, 403, 403, 403, 401]);
});
