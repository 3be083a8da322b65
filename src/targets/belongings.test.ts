import { expect, it, onTestFinished } from 'vitest';
import { agent, httpServer } from '../exchange/testing.ts';
import { ionet } from '../provider.ts';
import type { Interfere } from '../sandbox/interference.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { VirtualClock } from '../sandbox/virtual-clock.ts';
import { deleteBelongings, findBelongings } from './belongings.ts';
import { newLabel } from './label.ts';
import { manager } from './manager.ts';

const [mine, other] = [newLabel('20261123-120000-aaaa'), newLabel('20261123-120000-bbbb')];

/** An account to make things in. */
async function account(interfere: Interfere = () => ({})) {
  const calls: string[] = [];
  const clock = new VirtualClock(Date.UTC(2026, 10, 23));
  const sandbox = await startSandbox({
    clock,
    seed: 'belongings',
    interfere(request, world) {
      calls.push(`${request.method} ${request.path}`);
      return interfere(request, world);
    },
  });
  onTestFinished(() => sandbox.close());
  const dispatcher = agent({ connectTimeout: 0 });
  const manage = manager({ baseUrl: sandbox.url, dispatcher, clock, managementKey: sandbox.keys.management });
  const make = async (path: string, body: object) => {
    const { data } = (await manage('POST', path, body)).json as { data: { id?: string; hash?: string } };
    return data.hash ?? data.id ?? '';
  };
  return {
    manage,
    make,
    /** One of each kind, in a workspace of that name. Returns its id. */
    async fill(name: string) {
      const workspace_id = await make('/workspaces', { name, slug: name.toLowerCase() });
      const hash = await make('/keys', { name, workspace_id });
      await manage('PATCH', `/keys/${hash}`, { disabled: true });
      await make('/guardrails', { name, workspace_id });
      await make('/byok', { name, workspace_id, provider: ionet.slug, key: ionet.unknownKey });
      return workspace_id;
    },
    deletions: () => calls.filter((call) => call.startsWith('DELETE')).map((call) => call.split('/')[1]),
  };
}

const kindsAndNames = (belongings: Awaited<ReturnType<typeof findBelongings>>) =>
  belongings.map(({ kind, name }) => `${kind} ${name}`);
const oneOfEach = (name: string) => ['byok', 'guardrail', 'key', 'workspace'].map((kind) => `${kind} ${name}`);

it('finds what was made in any workspace, and nothing that others made', async () => {
  const { manage, make, fill } = await account();
  await fill(mine);
  await fill('production');
  await make('/keys', { name: `${mine}-key-1` });
  await make('/keys', { name: 'not-byokc-key' });
  expect(kindsAndNames(await findBelongings(manage)).sort()).toEqual([...oneOfEach(mine), `key ${mine}-key-1`].sort());
});

it('deletes that in an order in which it can be deleted, and leaves the rest alone', async () => {
  const { manage, fill, deletions } = await account();
  await fill(mine);
  const workspace_id = await fill('production');
  expect(await deleteBelongings(manage, await findBelongings(manage))).toEqual([]);
  expect(deletions()).toEqual(['byok', 'guardrails', 'keys', 'workspaces']);
  expect(await findBelongings(manage)).toEqual([]);
  for (const path of ['/byok?', '/guardrails?', '/keys?include_disabled=true&']) {
    const { json } = await manage('GET', `${path}workspace_id=${workspace_id}`);
    expect(json).toMatchObject({ data: expect.arrayContaining([expect.objectContaining({ name: 'production' })]) });
  }
});

it('looks for one run alone when asked to', async () => {
  const { manage, fill } = await account();
  await fill(mine);
  await fill(other);
  expect(kindsAndNames(await findBelongings(manage, '20261123-120000-bbbb'))).toEqual(oneOfEach(other));
});

it('reads every page of a listing', async () => {
  const { manage, make } = await account();
  const names = Array.from({ length: 120 }, (_, index) => `${mine}-${index}`);
  for (const name of names) await make('/keys', { name });
  for (const name of names.slice(0, 60)) await make('/workspaces', { name, slug: name });
  expect(await findBelongings(manage)).toHaveLength(180);
});

it('keeps a workspace in which somebody else made something, and says what', async () => {
  const { manage, make, fill, deletions } = await account();
  const workspace_id = await fill(mine);
  await make('/guardrails', { name: 'precious', workspace_id });
  const kept = await deleteBelongings(manage, await findBelongings(manage));
  expect(kept).toMatchObject([
    { belonging: { kind: 'workspace', name: mine }, why: 'It holds what somebody else made: guardrail precious.' },
  ]);
  expect(deletions()).toEqual(['byok', 'guardrails', 'keys']);
});

it('goes on after what could not be deleted, and names it; what is gone already is no matter', async () => {
  const { manage, fill, deletions } = await account(({ method, path }) => {
    if (method !== 'DELETE') return {};
    if (path.startsWith('/guardrails')) return { head: (head) => ({ ...head, status: 404 }) };
    return path.startsWith('/byok') ? { head: (head) => ({ ...head, status: 500 }) } : {};
  });
  await fill(mine);
  const kept = await deleteBelongings(manage, await findBelongings(manage));
  expect(kept).toMatchObject([{ belonging: { kind: 'byok' }, why: expect.stringContaining('but: 500') }]);
  expect(deletions()).toEqual(['byok', 'guardrails', 'keys', 'workspaces']);
});

it('does not take a listing it cannot read for an empty one', async () => {
  const baseUrl = await httpServer((_request, response) => response.end('<html>'));
  const clock = new VirtualClock(0);
  const manage = manager({ baseUrl, dispatcher: agent(), clock, managementKey: 'management' });
  await expect(findBelongings(manage)).rejects.toMatchObject({
    code: 'E_NETWORK',
    message: 'GET /workspaces?offset=0 should list something, but was: <html>',
  });
});
