import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSandbox } from './testing.ts';
import type { TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
/** Ids of things that are there, by the name that stands for them in the paths below. */
const ids = new Map<string, string>();

beforeAll(async () => {
  sandbox = await openTestSandbox();
  const made = async (path: string, body: object) => (await sandbox.manage('POST', path, body)).json.data;
  ids.set('GUARDRAIL', (await made('/guardrails', { name: 'g' })).id);
  ids.set('BYOK', (await made('/byok', { provider: 'io-net', key: 'io-v2-x' })).id);
  ids.set('KEY', (await made('/keys', { name: 'k' })).hash);
  ids.set('WORKSPACE', (await made('/workspaces', { name: 'w', slug: 'w' })).id);
});
afterAll(() => sandbox.close());

const filled = (path: string) =>
  path.replace(/[A-Z]{3,}/g, (name) => ids.get(name) ?? '00000000-0000-4000-8000-000000000000');

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

test.each<[Method, string, object?]>([
  ['GET', '/keys?offset=x'],
  ['GET', '/keys?workspace_id=none'],
  ['PATCH', '/keys/KEY', { limit_reset: 'yearly' }],
  ['PATCH', '/keys/KEY', { limit: 'much' }],
  ['PATCH', '/byok/BYOK', { allowed_api_key_hashes: [] }],
  ['PATCH', '/byok/BYOK', { key: '' }],
  ['POST', '/byok', { provider: 'io-net', key: 'x', allowed_api_key_hashes: Array(101).fill('0'.repeat(64)) }],
  ['GET', '/guardrails?limit=101'],
  ['GET', '/guardrails?workspace_id=none'],
  ['POST', '/guardrails', { name: 'x'.repeat(201) }],
  ['POST', '/guardrails', { name: 'x', description: 'x'.repeat(1001) }],
  ['POST', '/guardrails', { name: 'x', ignored_models: [] }],
  ['POST', '/guardrails', { name: 'x', content_filter_builtins: [{ slug: 'bogus', action: 'block' }] }],
  ['PATCH', '/guardrails/GUARDRAIL', { allowed_providers: [] }],
  ['POST', '/guardrails/GUARDRAIL/assignments/keys/remove', { key_hashes: [] }],
  ['POST', '/guardrails/GUARDRAIL/assignments/members/remove', {}],
  ['POST', '/workspaces', { slug: 'nameless' }],
  ['POST', '/workspaces', { name: 'x'.repeat(101), slug: 'x' }],
  ['PATCH', '/workspaces/WORKSPACE', { name: '' }],
  ['PATCH', '/workspaces/WORKSPACE', { slug: 'X' }],
])('%s %s with %j is refused with 400', async (method, path, body) => {
  const { status, json } = await sandbox.manage(method, filled(path), body);
  expect([status, json.error.code]).toEqual([400, 400]);
});

test.each<[Method, string, object?]>([
  ['GET', '/keys/NOWHERE'],
  ['PATCH', '/keys/NOWHERE', { name: 'x' }],
  ['DELETE', '/keys/NOWHERE'],
  ['GET', '/byok/NOWHERE'],
  ['PATCH', '/byok/NOWHERE', { name: 'x' }],
  ['DELETE', '/byok/NOWHERE'],
  ['GET', '/guardrails/NOWHERE'],
  ['PATCH', '/guardrails/NOWHERE', { description: 'x' }],
  ['DELETE', '/guardrails/NOWHERE'],
  ['GET', '/guardrails/NOWHERE/assignments/keys'],
  ['POST', '/guardrails/NOWHERE/assignments/members', { member_user_ids: ['x'] }],
  ['PATCH', '/workspaces/NOWHERE', { name: 'x' }],
  ['DELETE', '/workspaces/NOWHERE'],
  ['GET', '/model/acme/none'],
  ['GET', '/model/z-ai/glm-5.2:fancy'],
])('%s %s is not found', async (method, path, body) => {
  expect((await sandbox.manage(method, filled(path), body)).status).toBe(404);
});

test.each<[Method, string, number]>([
  ['GET', '/keys', 401],
  ['POST', '/keys', 403],
  ['GET', '/byok', 401],
  ['POST', '/byok', 403],
  ['GET', '/guardrails', 401],
  ['POST', '/guardrails', 403],
  ['GET', '/workspaces', 401],
  ['POST', '/workspaces', 403],
  ['PATCH', '/workspaces/WORKSPACE', 403],
  ['DELETE', '/workspaces/WORKSPACE', 403],
  ['GET', '/workspaces/WORKSPACE/budgets', 401],
  ['GET', '/credits', 403],
])('%s %s with a key that is no management key: %i', async (method, path, status) => {
  const body = method === 'GET' || method === 'DELETE' ? undefined : {};
  const answer = await sandbox.call(method, filled(path), { body });
  expect([answer.status, answer.json.error.message]).toEqual([
    status,
    'Only management keys can perform this operation',
  ]);
  expect((await sandbox.call(method, filled(path), { body, key: null })).status).toBe(401);
});
