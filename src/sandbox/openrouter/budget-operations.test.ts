import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestSandbox } from './testing.ts';
import type { TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
let path: string;
beforeEach(async () => {
  sandbox = await openTestSandbox();
  path = `/workspaces/${sandbox.customer.account.defaultWorkspaceId}/budgets`;
});
afterEach(() => sandbox.close());

const put = (interval: string, limit: number, more = {}) =>
  sandbox.manage('PUT', `${path}/${interval}`, { limit_usd: limit, ...more });

test('a budget is set, read, listed, changed and deleted', async () => {
  const made = (await put('monthly', 100)).json;
  expect(made).toEqual({
    data: {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      workspace_id: sandbox.customer.account.defaultWorkspaceId,
      limit_usd: 100,
      reset_interval: 'monthly',
      created_at: expect.any(String),
      updated_at: expect.any(String),
    },
    include_byok_in_budgets: false,
  });
  const changed = (await put('monthly', 200, { include_byok_in_budgets: true })).json;
  expect(changed).toMatchObject({ data: { id: made.data.id, limit_usd: 200 }, include_byok_in_budgets: true });
  expect((await sandbox.manage('GET', `${path}/monthly`)).json).toEqual(changed);
  await put('lifetime', 1000);
  expect((await sandbox.manage('GET', path)).json.data).toMatchObject([
    { limit_usd: 1000, reset_interval: null },
    { limit_usd: 200, reset_interval: 'monthly' },
  ]);
  expect((await sandbox.manage('DELETE', `${path}/monthly`)).json).toEqual({ deleted: true });
  expect((await sandbox.manage('GET', `${path}/monthly`)).status).toBe(404);
  expect((await sandbox.manage('DELETE', `${path}/monthly`)).json).toEqual({ deleted: true });
});

test('the narrower the interval, the smaller the limit', async () => {
  await put('monthly', 500);
  const { status, json } = await put('weekly', 600);
  expect([status, json.error.message]).toEqual([
    400,
    'Budget limits must be strictly decreasing as scope narrows: the monthly limit ($500) must be greater than the weekly limit ($600).',
  ]);
  expect((await put('weekly', 400)).status).toBe(200);
});

test.each([
  ['GET', '/yearly', undefined, 400],
  ['PUT', '/yearly', { limit_usd: 1 }, 400],
  ['PUT', '/daily', { limit_usd: 0 }, 400],
  ['PUT', '/daily', {}, 400],
  ['DELETE', '/yearly', undefined, 400],
] as const)('%s %s with %j is refused', async (method, below, body, status) => {
  expect((await sandbox.manage(method, path + below, body)).status).toBe(status);
});

test('other workspaces are not found, other keys not let in', async () => {
  for (const [method, below] of [
    ['GET', ''],
    ['GET', '/daily'],
    ['PUT', '/daily'],
    ['DELETE', '/daily'],
  ] as const) {
    const body = method === 'PUT' ? { limit_usd: 1 } : undefined;
    expect((await sandbox.manage(method, `/workspaces/nowhere/budgets${below}`, body)).status).toBe(404);
    expect((await sandbox.call(method, path + below, { body })).status).toBe(401);
  }
});

test('a spent budget stops the workspace; own keys count when they are said to', async () => {
  const pinned = { provider: { only: ['io-net'] } };
  await put('daily', 0.00001);
  expect((await sandbox.chat(pinned)).status).toBe(200);
  expect((await sandbox.chat(pinned)).status).toBe(200);
  await put('daily', 0.00001, { include_byok_in_budgets: true });
  const { status, json } = await sandbox.chat(pinned);
  expect([status, json.error.message]).toEqual([
    403,
    'Workspace daily budget of $0.00 exceeded. Contact your org admin.',
  ]);
  await sandbox.clock.sleep(86_400_000);
  expect((await sandbox.chat(pinned)).status).toBe(200);
});
