import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IncidentName } from '../incident.ts';
import { incidents } from '../incident.ts';
import { eventsOf, openTestSandbox } from '../openrouter/testing.ts';
import type { TestAnswer, TestSandbox } from '../openrouter/testing.ts';
import { stageIncident } from './stage-incident.ts';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await openTestSandbox();
});
afterEach(() => sandbox.close());

const pinned = { provider: { only: ['io-net'] }, max_tokens: 64 };
const withMetadata = { headers: { 'X-OpenRouter-Metadata': 'enabled' } };
const free = { model: 'z-ai/glm-4.5-air:free' };

async function meet(name: IncidentName, body: object = pinned): Promise<TestAnswer> {
  stageIncident(name, sandbox);
  return sandbox.chat({ ...body }, withMetadata);
}

type Expected = [name: IncidentName, status: number, type?: string, body?: object];

test.each<Expected>([
  ['provider-bad-request', 400, 'invalid_request'],
  ['provider-max-tokens-exceeded', 400, 'max_tokens_exceeded'],
  ['provider-token-limit', 400, 'token_limit_exceeded'],
  ['provider-string-too-long', 400, 'string_too_long'],
  ['provider-content-policy', 400, 'content_policy_violation'],
  ['provider-refusal', 400, 'refusal'],
  ['provider-terms-of-service', 403, 'permission_denied'],
  ['provider-model-gone', 404, 'not_found'],
  ['provider-unprocessable', 422, 'unprocessable'],
  ['provider-rate-limited', 429, 'rate_limit_exceeded'],
  ['provider-internal-error', 502, 'provider_unavailable'],
  ['provider-unmapped-error', 500, 'unmapped'],
  ['provider-unavailable', 502, 'provider_unavailable'],
  ['provider-overloaded', 503, 'provider_overloaded'],
  ['provider-529', 529, 'provider_overloaded'],
  ['provider-timeout', 408, 'timeout'],
  ['provider-deadline', 504, 'timeout'],
  ['capacity-exhausted', 429, 'rate_limit_exceeded', {}],
  ['internal-error', 500, 'server'],
  ['no-provider-left', 503, 'provider_overloaded'],
  ['admission-control', 429, 'rate_limit_exceeded'],
  ['free-minute-limit', 429, 'rate_limit_exceeded', free],
  ['free-day-limit', 429, 'rate_limit_exceeded', free],
  ['negative-balance', 402],
  ['in-flight-budget', 402],
  ['account-allows-others', 404, 'not_found'],
  ['moderation-flagged', 403, 'permission_denied'],
  ['region-restricted', 403, 'permission_denied'],
  ['data-region-elsewhere', 404, 'not_found'],
  ['free-publication-off', 404, 'not_found', free],
  ['workspace-budget-spent', 403, 'permission_denied'],
])('%s is answered with %i %s', async (name, status, type, body) => {
  const { json, ...answer } = await meet(name, body);
  expect([answer.status, json.error.code, json.error.metadata?.error_type]).toEqual([status, status, type]);
  expect(JSON.stringify(json)).not.toMatch(/io-v2-|sk-or-v1-/);
});

test.each<[IncidentName, number, string]>([
  ['provider-cuts-off', 502, 'provider_unavailable'],
  ['provider-stalls', 504, 'timeout'],
  ['provider-token-limit-late', 400, 'max_tokens_exceeded'],
  ['provider-content-filter-late', 400, 'content_policy_violation'],
  ['provider-overloaded-late', 503, 'provider_overloaded'],
  ['provider-rate-limited-late', 429, 'rate_limit_exceeded'],
  ['provider-internal-error-late', 500, 'server'],
])('%s ends a stream and a whole answer with %i %s inside a 200, and costs nothing', async (name, code, type) => {
  const error = expect.objectContaining({ code, metadata: expect.objectContaining({ error_type: type }) });
  const streamed = await meet(name, { ...pinned, stream: true });
  const whole = await sandbox.chat(pinned);
  expect([streamed.status, whole.status]).toEqual([200, 200]);
  expect(eventsOf(streamed).slice(-2)).toEqual([
    expect.objectContaining({ error, choices: [expect.objectContaining({ finish_reason: 'error' })] }),
    '[DONE]',
  ]);
  const [choice] = whole.json.choices;
  expect(choice).toMatchObject({ finish_reason: 'error', message: { content: 'ok' } });
  expect(choice.error).toEqual(error);
  expect(whole.json.usage.cost).toBe(0);
});

test('500 says no more than that, before and after the first token', async () => {
  const early = await meet('provider-unmapped-error');
  const late = eventsOf(await meet('provider-internal-error-late', { ...pinned, stream: true })).at(-2);
  expect(early.json).toEqual({
    error: { code: 500, message: 'Internal Server Error', metadata: { error_type: 'unmapped' } },
  });
  expect(late.error).toEqual({ code: 500, message: 'Internal Server Error', metadata: { error_type: 'server' } });
  expect(late).not.toHaveProperty('openrouter_metadata');
});

test('other failures of the platform keep the router metadata, with nothing selected', async () => {
  const { json } = await meet('provider-529');
  expect(json.openrouter_metadata).toMatchObject({ attempt: 2, attempts: [{ status: 529 }, { status: 529 }] });
  expect(JSON.stringify(json.openrouter_metadata)).not.toContain('"selected":true');
});

test('the form in which a late failure is told can be any that was seen', async () => {
  const last = async (name: IncidentName) => {
    const answer = await meet(name, { ...pinned, stream: true });
    return { events: eventsOf(answer), text: answer.text };
  };
  const bare = await last('provider-error-without-choices');
  expect(bare.events.at(-2)).toMatchObject({ error: { code: 502 }, choices: [] });
  const beside = await last('stream-error-with-usage');
  expect(beside.events.at(-2)).toMatchObject({
    error: { code: 502 },
    choices: [{ finish_reason: null }],
    usage: { cost: 0 },
  });
  const unframed = await last('bare-error');
  expect(unframed.text).toMatch(/\n\n\{"error":\{[^\n]*\}$/);
  const silent = await last('stream-truncated');
  expect(silent.events.at(-1)).toMatchObject({ choices: [{ delta: { content: 'ok' }, finish_reason: null }] });
});

test('an empty answer has neither words nor a finish reason, one that failed only a native one; both are free', async () => {
  const empty = (await meet('provider-empty-answer')).json;
  expect(empty.choices[0]).toMatchObject({ finish_reason: null, native_finish_reason: null, message: { content: '' } });
  const failed = (await meet('provider-native-error')).json;
  expect(failed.choices[0]).toMatchObject({ finish_reason: null, native_finish_reason: 'error' });
  expect([empty.usage.cost_details.upstream_inference_cost, failed.usage.cost_details.upstream_inference_cost]).toEqual(
    [0, 0],
  );
});

test('when all hosts are at capacity the answer says so, and when to come back', async () => {
  const { json, headers } = await meet('capacity-exhausted', {});
  expect(headers['retry-after']).toBe('40');
  expect(json.error).toMatchObject({
    message: 'All providers for z-ai/glm-5.2 are at capacity. Retry after 40 seconds.',
    availability: { code: 'capacity_exhausted', retryable: true, retry_after: 40 },
  });
  expect(json.error.metadata.previous_errors).toContainEqual({
    provider: 'Novita',
    code: 'rate_limit_exceeded',
    status: 429,
  });
  const pinnedTo = await sandbox.chat(pinned);
  expect(pinnedTo.json.error).toMatchObject({
    message: 'Provider returned error',
    metadata: { provider_name: 'Io Net' },
  });
});

test('hosts that are all down together are temporarily unavailable', async () => {
  const { json, headers } = await meet('provider-overloaded', {});
  expect(json.error).toMatchObject({
    code: 503,
    message: 'Service temporarily unavailable',
    availability: { code: 'temporarily_unavailable', retry_after: 40 },
  });
  expect(headers['retry-after']).toBe('40');
});

test('limits of free models are told in headers, too: epoch milliseconds', async () => {
  const { headers, json } = await meet('free-minute-limit', free);
  const reset = sandbox.clock.now() + 60_000;
  expect(headers).toMatchObject({ 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '0' });
  expect(Math.abs(Number(headers['x-ratelimit-reset']) - reset)).toBeLessThan(1000);
  expect(json.error.metadata).toMatchObject({
    headers: { 'X-RateLimit-Limit': '20' },
    limit_source: 'openrouter_free_models_per_min',
  });
});

test('twenty free calls a minute are free, the next has to wait', async () => {
  const statuses: number[] = [];
  for (let call = 0; call < 21; call++) statuses.push((await sandbox.chat(free)).status);
  expect(statuses.lastIndexOf(200)).toBe(19);
  expect(statuses.at(-1)).toBe(429);
  await sandbox.clock.sleep(60_000);
  expect((await sandbox.chat(free)).status).toBe(200);
});

test('an excerpt of what was flagged loses its middle', async () => {
  const content = `${'a'.repeat(80)}${'b'.repeat(80)}`;
  const { json } = await meet('moderation-flagged', { ...pinned, messages: [{ role: 'user', content }] });
  expect(json.error.metadata).toMatchObject({
    reasons: ['violence', 'harassment'],
    flagged_input: `${'a'.repeat(49)}…${'b'.repeat(49)}`,
    provider_name: 'Io Net',
    model_slug: 'z-ai/glm-5.2-20260616',
  });
});

test.each<[IncidentName, number]>([
  ['edge-too-large', 413],
  ['edge-rate-limited', 429],
  ['edge-timeout', 524],
])('%s is a page, not JSON', async (name, status) => {
  const body = { ...pinned, messages: [{ role: 'user', content: 'x'.repeat(17_000) }] };
  const answer = await meet(name, body);
  expect([answer.status, answer.headers['content-type']]).toEqual([status, 'text/html; charset=UTF-8']);
  expect(answer.text).toContain(`<h1>${status} `);
});

test('a small limit on bodies lets small bodies pass', async () => {
  const { json } = await meet('small-body-limit', {
    ...pinned,
    messages: [{ role: 'user', content: 'x'.repeat(17_000) }],
  });
  expect(json.error).toMatchObject({ code: 413, metadata: { error_type: 'payload_too_large' } });
  expect((await sandbox.chat(pinned)).status).toBe(200);
});

test('whoever insists on an entity tag is refused', async () => {
  const call = (tag: string) => sandbox.chat(pinned, { headers: { 'if-match': tag } });
  expect((await call('"1"')).json.error).toMatchObject({ code: 412, metadata: { error_type: 'precondition_failed' } });
  expect((await call('*')).status).toBe(200);
});

test.each<[IncidentName, string, number]>([
  ['internal-error', '/key', 500],
  ['internal-error', '/models', 500],
  ['platform-rate-limited', '/key', 429],
  ['platform-rate-limited', '/generation?id=gen-x', 429],
  ['bad-gateway', '/generation?id=gen-x', 502],
  ['records-overloaded', '/generation?id=gen-x', 529],
  ['records-need-credits', '/generation?id=gen-x', 402],
  ['permission-required', '/models', 403],
  ['permission-required', '/models/z-ai/glm-5.2/endpoints', 403],
  ['permission-required', '/endpoints/zdr', 403],
])('%s: a read of %s is answered with %i', async (name, path, status) => {
  expect((await sandbox.call('GET', path)).status).not.toBe(status);
  stageIncident(name, sandbox);
  expect((await sandbox.call('GET', path)).status).toBe(status);
});

test('without a default workspace a call has to name one', async () => {
  stageIncident('default-workspace-deleted', sandbox);
  const body = { provider: 'io-net', key: 'io-v2-anything-at-all', name: 'g' };
  for (const path of ['/byok', '/guardrails']) {
    expect((await sandbox.manage('GET', path)).status).toBe(400);
    expect((await sandbox.manage('POST', path, body)).status).toBe(400);
  }
});

test('every incident can be staged', () => {
  for (const name of Object.keys(incidents) as IncidentName[]) {
    expect(() => stageIncident(name, sandbox)).not.toThrow();
  }
});
