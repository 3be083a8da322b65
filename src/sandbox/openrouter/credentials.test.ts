import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestSandbox } from './testing.ts';
import type { TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await openTestSandbox();
});
afterEach(() => sandbox.close());

const onlyIoNet = { provider: { only: ['io-net'] } };
const withMetadata = { headers: { 'x-openrouter-metadata': 'enabled' } };
const spread = () => sandbox.clock.sleep(30_000);

/** Replaces the customer's key by one with these fields, in force. */
async function bring(key: string, more: object = {}): Promise<string> {
  const { json } = await sandbox.manage('GET', '/byok');
  for (const { id } of json.data) await sandbox.manage('DELETE', `/byok/${id}`);
  const made = await sandbox.manage('POST', '/byok', { provider: 'io-net', key, ...more });
  expect(made.status).toBe(201);
  await spread();
  return made.json.data.id as string;
}

const alwaysUse = (id: string) => {
  const key = sandbox.world.state.byokKeys.find((known) => known.id === id);
  if (key) key.alwaysUse = true;
};

test('a refused key falls back to shared capacity without a word, except in the metadata', async () => {
  await bring(sandbox.provider.keys.invalid);
  const { status, json } = await sandbox.chat(onlyIoNet, withMetadata);
  expect(status).toBe(200);
  expect(json).toMatchObject({ provider: 'Io Net', usage: { is_byok: false } });
  expect(json.usage.cost).toBe(json.usage.cost_details.upstream_inference_cost);
  expect(json.openrouter_metadata).toMatchObject({
    attempt: 2,
    is_byok: false,
    attempts: [{ status: 401 }, { status: 200 }],
  });
});

test.each([
  ['invalid', 401, {}],
  ['forbidden', 403, {}],
  ['broke', 402, {}],
  ['exhausted', 429, { limit_source: 'upstream_provider_byok' }],
] as const)('with always-use the refusal of an %s key comes through as %i', async (name, status, more) => {
  alwaysUse(await bring(sandbox.provider.keys[name]));
  const answer = await sandbox.chat(onlyIoNet, withMetadata);
  expect(answer.status).toBe(status);
  expect(answer.json.error).toMatchObject({
    message: 'Provider returned error',
    code: status,
    metadata: { raw: expect.stringContaining('"detail"'), provider_name: 'Io Net', is_byok: true, ...more },
  });
  expect(answer.json.openrouter_metadata).toMatchObject({ attempt: 1, is_byok: true, attempts: [{ status }] });
  expect(answer.text).not.toContain(sandbox.provider.keys[name]);
  const streamed = await sandbox.chat({ ...onlyIoNet, stream: true });
  expect([streamed.status, streamed.headers['content-type']]).toEqual([status, 'application/json']);
});

test('of two keys the second serves when the first is refused', async () => {
  await bring(sandbox.provider.keys.invalid);
  await sandbox.manage('POST', '/byok', { provider: 'io-net', key: sandbox.provider.keys.customerSecond });
  await spread();
  const { json } = await sandbox.chat(onlyIoNet, withMetadata);
  expect(json.usage.is_byok).toBe(true);
  expect(json.openrouter_metadata.attempts.map((attempt: { status: number }) => attempt.status)).toEqual([401, 200]);
  expect(sandbox.provider.ledger().byKey.customerSecond?.requests).toBe(1);
});

test.each([
  ['disabled', () => ({ disabled: true })],
  ['in the fallback section', () => ({ is_fallback: true })],
  ['for another model', () => ({ allowed_models: ['qwen/qwen3.6-27b'] })],
  ['for another member', () => ({ allowed_user_ids: ['user_nobody'] })],
])('a key that is %s leaves the request to shared capacity', async (_, fields) => {
  await bring(sandbox.provider.keys.customer, fields());
  const { json } = await sandbox.chat(onlyIoNet);
  expect(json).toMatchObject({ provider: 'Io Net', usage: { is_byok: false } });
  expect(sandbox.provider.ledger().requests).toBe(0);
});

test('a fallback key serves when shared capacity fails', async () => {
  await bring(sandbox.provider.keys.customer, { is_fallback: true });
  sandbox.world.upstream.sharedKey = () => sandbox.provider.keys.exhausted;
  expect((await sandbox.chat(onlyIoNet)).json.usage.is_byok).toBe(true);
});

test('a key for another API key or workspace does not exist for the request', async () => {
  const other = await sandbox.manage('POST', '/keys', { name: 'other' });
  await bring(sandbox.provider.keys.customer, { allowed_api_key_hashes: [other.json.data.hash] });
  expect((await sandbox.chat(onlyIoNet)).json.usage.is_byok).toBe(false);
  expect((await sandbox.chat(onlyIoNet, { key: other.json.key })).status).toBe(200);
  const workspace = await sandbox.manage('POST', '/workspaces', { name: 'Else', slug: 'else' });
  await bring(sandbox.provider.keys.customer, { workspace_id: workspace.json.data.id });
  expect((await sandbox.chat(onlyIoNet)).json.usage.is_byok).toBe(false);
});

test('a new key and a change hold for requests only once they have spread', async () => {
  const id = await bring(sandbox.provider.keys.customer, { disabled: true });
  const isByok = async () => (await sandbox.chat(onlyIoNet)).json.usage.is_byok as boolean;
  await sandbox.manage('PATCH', `/byok/${id}`, { disabled: false });
  expect((await sandbox.manage('GET', `/byok/${id}`)).json.data.disabled).toBe(false);
  expect(await isByok()).toBe(false);
  await spread();
  expect(await isByok()).toBe(true);
});

test('a host that fails before its first token is passed over, one that fails later is not', async () => {
  for (const kind of ['cut', 'stream-error'] as const) {
    sandbox.provider.failures['own'] = { kind, afterEvents: 1 };
    const early = await sandbox.chat({ provider: { order: ['io-net'] } }, withMetadata);
    expect(early.status).toBe(200);
    expect(early.json.provider).not.toBe('Io Net');
    expect(early.json.openrouter_metadata.attempt).toBe(3);
  }
  sandbox.provider.failures['own'] = { kind: 'status', status: 500, body: '{"detail":"broken"}' };
  const refused = await sandbox.chat({ ...onlyIoNet, stream: true });
  expect(refused.status).toBe(502);
  expect(refused.json.error.metadata).toMatchObject({ raw: '{"detail":"broken"}', provider_error_code: '500' });
});

test('an answer that breaks off ends as an error inside it and costs nothing', async () => {
  sandbox.provider.failures['own'] = { kind: 'cut', afterEvents: 4 };
  const body = { ...onlyIoNet, messages: [{ role: 'user', content: 'Count from 1 to 20' }], max_tokens: 100 };
  const streamed = await sandbox.chat({ ...body, stream: true });
  expect(streamed.status).toBe(200);
  const events = streamed.text.split('\n\n').filter((block) => block.startsWith('data: {'));
  expect(JSON.parse(events.at(-1)?.slice('data: '.length) ?? '')).toMatchObject({
    provider: 'Io Net',
    error: {
      code: 502,
      message: 'Provider disconnected unexpectedly',
      metadata: { error_type: 'provider_unavailable' },
    },
    choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
  });
  const whole = await sandbox.chat(body);
  expect(whole.status).toBe(200);
  expect(whole.json.choices[0]).toMatchObject({ finish_reason: 'error', error: { code: 502 } });
  expect(whole.json.choices[0].message.content).not.toBe('');
  const { json } = await sandbox.call('GET', '/key');
  expect(json.data).toMatchObject({ usage: 0, byok_usage: 0 });
});
