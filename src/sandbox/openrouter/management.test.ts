import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestSandbox } from './testing.ts';
import type { TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await openTestSandbox();
});
afterEach(() => sandbox.close());

const nowhere = '00000000-0000-4000-8000-000000000000';

test('a BYOK key is made, read, listed, changed and deleted, and never shows its secret', async () => {
  const secret = sandbox.provider.keys.customerSecond;
  const made = await sandbox.manage('POST', '/byok', { provider: 'io-net', key: secret, name: 'second' });
  expect(made.status).toBe(201);
  const { data } = made.json;
  expect(data).toMatchObject({
    provider: 'io-net',
    workspace_id: sandbox.customer.account.defaultWorkspaceId,
    name: 'second',
    label: `io-...${secret.slice(-4)}`,
    disabled: false,
    is_fallback: false,
    allowed_models: null,
    sort_order: 1,
  });
  const path = `/byok/${data.id}`;
  expect((await sandbox.manage('GET', path)).json).toEqual({ data });
  expect((await sandbox.manage('GET', '/byok?provider=io-net')).json).toMatchObject({ total_count: 2 });
  expect((await sandbox.manage('GET', '/byok?provider=openai')).json).toEqual({ data: [], total_count: 0 });

  const rotated = await sandbox.manage('PATCH', path, {
    key: sandbox.provider.keys.customer,
    allowed_models: ['z-ai/glm-5.2'],
    name: null,
  });
  expect(rotated.json.data).toMatchObject({
    label: `io-...${sandbox.provider.keys.customer.slice(-4)}`,
    allowed_models: ['z-ai/glm-5.2'],
    name: null,
    is_fallback: false,
  });
  expect((await sandbox.manage('PATCH', path, { allowed_models: null })).json.data.allowed_models).toBeNull();
  for (const answer of [made, rotated]) expect(answer.text).not.toContain('io-v2-');

  expect((await sandbox.manage('DELETE', path)).json).toEqual({ deleted: true });
  for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
    expect((await sandbox.manage(method, path, {})).status).toBe(404);
  }
});

test.each<[string, object]>([
  ['no key', { key: undefined }],
  ['an empty key', { key: '' }],
  ['an unknown provider', { provider: 'bogus' }],
  ['a name that is too long', { name: 'x'.repeat(256) }],
  ['a workspace that is no uuid', { workspace_id: 'default' }],
  ['an unknown workspace', { workspace_id: nowhere }],
  ['no hash', { allowed_api_key_hashes: [] }],
  ['a hash of another form', { allowed_api_key_hashes: ['ABC'] }],
  ['an unknown hash', { allowed_api_key_hashes: ['0'.repeat(64)] }],
  ['too many models', { allowed_models: Array.from({ length: 101 }, String) }],
])('a BYOK key with %s is refused with 400', async (_, fields) => {
  const answer = await sandbox.manage('POST', '/byok', { provider: 'io-net', key: 'io-v2-x', ...fields });
  expect([answer.status, answer.json.error.code]).toEqual([400, 400]);
});

test.each(['limit=101', 'limit=0', 'offset=-1', 'provider=bogus', `workspace_id=${nowhere}`])(
  'GET /byok?%s is refused with 400',
  async (query) => {
    expect((await sandbox.manage('GET', `/byok?${query}`)).status).toBe(400);
  },
);

test('an API key is shown once, then only as label and hash', async () => {
  const made = await sandbox.manage('POST', '/keys', { name: 'ci', limit: 5, limit_reset: 'monthly' });
  expect(made.status).toBe(201);
  expect(made.json.key).toMatch(/^sk-or-v1-[0-9a-f]{64}$/);
  const { data } = made.json;
  expect(data).toMatchObject({
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    label: `${made.json.key.slice(0, 12)}...${made.json.key.slice(-3)}`,
    name: 'ci',
    limit: 5,
    limit_remaining: 5,
    limit_reset: 'monthly',
    updated_at: null,
  });
  const path = `/keys/${data.hash}`;
  expect((await sandbox.manage('GET', path)).json).toEqual({ data });
  const changed = await sandbox.manage('PATCH', path, { name: 'cd', limit: null, disabled: true });
  expect(changed.json.data).toMatchObject({ name: 'cd', limit: null, limit_remaining: null, disabled: true });

  const names = async (query = '') =>
    (await sandbox.manage('GET', `/keys${query}`)).json.data.map(({ name }: { name: string }) => name);
  expect(await names()).toEqual(['Inference']);
  expect(await names('?include_disabled=true')).toEqual(['Inference', 'cd']);
  expect((await sandbox.manage('DELETE', path)).json).toEqual({ deleted: true });
  expect((await sandbox.manage('GET', path)).status).toBe(404);
});

test.each<[string, object]>([
  ['no name', { name: undefined }],
  ['an empty name', { name: '' }],
  ['an unknown interval', { limit_reset: 'yearly' }],
  ['a time that is not UTC', { expires_at: '2027-01-01T00:00:00+02:00' }],
])('an API key with %s is refused with 400', async (_, fields) => {
  expect((await sandbox.manage('POST', '/keys', { name: 'k', ...fields })).status).toBe(400);
});

test('a guardrail does nothing until it is assigned to the key or its owner', async () => {
  const made = await sandbox.manage('POST', '/guardrails', { name: 'no io.net', ignored_providers: ['io-net'] });
  expect(made.status).toBe(201);
  expect(made.json.data).toMatchObject({
    name: 'no io.net',
    ignored_providers: ['io-net'],
    include_byok_in_budgets: false,
  });
  const path = `/guardrails/${made.json.data.id}`;
  const status = async () => (await sandbox.chat({ provider: { only: ['io-net'] } })).status;
  expect(await status()).toBe(200);

  const [{ hash }] = (await sandbox.manage('GET', '/keys')).json.data;
  const keys = `${path}/assignments/keys`;
  expect((await sandbox.manage('POST', keys, { key_hashes: [hash] })).json).toEqual({ assigned_count: 1 });
  expect((await sandbox.manage('POST', keys, { key_hashes: [hash] })).json).toEqual({ assigned_count: 0 });
  expect(await status()).toBe(404);
  const listed = (await sandbox.manage('GET', keys)).json;
  expect(listed).toMatchObject({ data: [{ key_hash: hash, key_name: 'Inference' }], total_count: 1 });
  expect((await sandbox.manage('GET', '/guardrails/assignments/keys')).json).toEqual(listed);
  expect((await sandbox.manage('POST', `${keys}/remove`, { key_hashes: [hash] })).json).toEqual({
    unassigned_count: 1,
  });
  expect(await status()).toBe(200);

  const members = `${path}/assignments/members`;
  const { userId } = sandbox.customer.account;
  expect((await sandbox.manage('POST', members, { member_user_ids: [userId] })).json).toEqual({ assigned_count: 1 });
  expect((await sandbox.manage('GET', members)).json).toMatchObject({ data: [{ user_id: userId }] });
  expect(await status()).toBe(404);
  expect((await sandbox.manage('PATCH', path, { ignored_providers: null })).json.data.ignored_providers).toBeNull();
  expect(await status()).toBe(200);
  expect((await sandbox.manage('DELETE', path)).json).toEqual({ deleted: true });
  expect((await sandbox.manage('GET', members)).status).toBe(404);
});

test('a guardrail of nothing, of nobody or for an unknown key is refused', async () => {
  const refused = async (path: string, body: object) => (await sandbox.manage('POST', path, body)).status;
  expect(await refused('/guardrails', { name: 'x', allowed_providers: [] })).toBe(400);
  expect(await refused('/guardrails', { name: '' })).toBe(400);
  const { id } = (await sandbox.manage('POST', '/guardrails', { name: 'x' })).json.data;
  expect(await refused(`/guardrails/${id}/assignments/keys`, { key_hashes: [] })).toBe(400);
  expect(await refused(`/guardrails/${id}/assignments/keys`, { key_hashes: ['none'] })).toBe(400);
  expect(await refused(`/guardrails/${id}/assignments/members`, { member_user_ids: ['user_none'] })).toBe(400);
  expect(await refused(`/guardrails/${nowhere}/assignments/keys`, { key_hashes: ['x'] })).toBe(404);
});

test('budgets of a guardrail count own keys only when told to, and refuse with 403', async () => {
  const { id } = (await sandbox.manage('POST', '/guardrails', { name: 'budget', limit_usd: 1e-6 })).json.data;
  const [{ hash }] = (await sandbox.manage('GET', '/keys')).json.data;
  await sandbox.manage('POST', `/guardrails/${id}/assignments/keys`, { key_hashes: [hash] });
  const status = async () => (await sandbox.chat({ provider: { only: ['io-net'] } })).status;
  expect([await status(), await status()]).toEqual([200, 200]);
  await sandbox.manage('PATCH', `/guardrails/${id}`, { include_byok_in_budgets: true });
  expect(await status()).toBe(403);
});

test('the default guardrail of a workspace comes into being when it is written, and keeps its name', async () => {
  const { data } = (await sandbox.manage('GET', '/workspaces/default')).json;
  const path = `/guardrails/${data.default_guardrail_id}`;
  expect((await sandbox.manage('GET', path)).status).toBe(404);
  expect((await sandbox.manage('PATCH', path, { enforce_zdr_other: true })).status).toBe(200);
  expect((await sandbox.manage('GET', path)).json.data.enforce_zdr_other).toBe(true);
  expect((await sandbox.manage('PATCH', path, { name: 'mine' })).status).toBe(400);
  expect((await sandbox.chat({ provider: { only: ['io-net'] } })).status).toBe(404);
});

test('a workspace lives from its making to its deletion, which needs it to be without keys', async () => {
  const made = await sandbox.manage('POST', '/workspaces', { name: 'Nightly', slug: 'nightly' });
  expect(made.status).toBe(201);
  const { data } = made.json;
  expect((await sandbox.manage('GET', '/workspaces/nightly')).json).toEqual({ data });
  expect((await sandbox.manage('GET', '/workspaces')).json.total_count).toBe(2);
  expect((await sandbox.manage('PATCH', '/workspaces/nightly', { description: 'x' })).json.data.description).toBe('x');
  expect((await sandbox.manage('POST', '/workspaces', { name: 'Again', slug: 'nightly' })).status).toBe(400);
  expect((await sandbox.manage('POST', '/workspaces', { name: 'Bad', slug: 'Not A Slug' })).status).toBe(400);

  const { hash } = (await sandbox.manage('POST', '/keys', { name: 'k', workspace_id: data.id })).json.data;
  expect((await sandbox.manage('DELETE', `/workspaces/${data.id}`)).status).toBe(400);
  await sandbox.manage('DELETE', `/keys/${hash}`);
  expect((await sandbox.manage('DELETE', `/workspaces/${data.id}`)).json).toEqual({ deleted: true });
  expect((await sandbox.manage('GET', `/workspaces/${data.id}`)).status).toBe(404);
  expect((await sandbox.manage('DELETE', '/workspaces/default')).status).toBe(403);
});
