import { OpenRouter } from '@openrouter/sdk';
import * as errors from '@openrouter/sdk/models/errors';
import { expect, test } from 'vitest';
import { openJudged, pin } from './open-judged.ts';

// As in the tests of inference, a call that resolves says that the answer has every field the SDK requires.

async function openManagement() {
  const sandbox = await openJudged();
  const client = (apiKey: string) =>
    new OpenRouter({ apiKey, serverURL: sandbox.url, retryConfig: { strategy: 'none' } });
  return { ...sandbox, inference: client(sandbox.keys.inference), management: client(sandbox.keys.management) };
}

test('credits are for management keys alone', async () => {
  const { inference, management } = await openManagement();
  expect((await management.credits.getCredits()).data).toEqual({ totalCredits: 10, totalUsage: 0 });
  await expect(inference.credits.getCredits()).rejects.toThrow(errors.ForbiddenResponseError);
});

test('models and providers are listed', async () => {
  const { inference } = await openManagement();
  const { result } = await inference.models.list();
  expect(result.data.map(({ id }) => id)).toContain('z-ai/glm-5.2');
  const { data } = await inference.providers.list();
  expect(data).toContainEqual(expect.objectContaining({ slug: 'io-net', name: 'Io Net' }));
});

test('endpoints of a model are listed', async () => {
  const { inference } = await openManagement();
  const { data } = await inference.endpoints.list({ author: 'qwen', slug: 'qwen3.6-27b' });
  expect(data.endpoints).toContainEqual(expect.objectContaining({ tag: 'io-net/fp8', contextLength: 32_768 }));
  const unknown = { author: 'qwen', slug: 'none' };
  await expect(inference.endpoints.list(unknown)).rejects.toThrow(errors.NotFoundResponseError);
});

test('a key tells of itself', async () => {
  const { inference } = await openManagement();
  const { data } = await inference.apiKeys.getCurrentKeyMetadata();
  expect(data).toMatchObject({ isManagementKey: false, includeByokInLimit: false, byokUsage: 0 });
});

test('a key is made, read, changed and deleted', async () => {
  const { management } = await openManagement();
  const { apiKeys } = management;
  const { data, key } = await apiKeys.create({ requestBody: { name: 'Capped', limit: 1, includeByokInLimit: true } });
  expect(key).toMatch(/^sk-or-v1-/);
  const { hash } = data;
  expect((await apiKeys.list()).data.map((entry) => entry.hash)).toContain(hash);
  expect((await apiKeys.get({ hash })).data).toMatchObject({ limit: 1, includeByokInLimit: true, disabled: false });
  const changed = await apiKeys.update({ hash, requestBody: { disabled: true } });
  expect(changed.data.disabled).toBe(true);
  expect(await apiKeys.delete({ hash })).toEqual({ deleted: true });
  await expect(apiKeys.get({ hash })).rejects.toThrow(errors.NotFoundResponseError);
});

test('a BYOK key is made, read, changed and deleted, and never shown', async () => {
  const { management, inference, keys } = await openManagement();
  const { byok } = management;
  const body = { provider: 'io-net' as const, key: keys.providerSecond, name: 'Second', isFallback: true };
  await expect(inference.byok.create({ createBYOKKeyRequest: body })).rejects.toThrow(errors.ForbiddenResponseError);
  const { data } = await byok.create({ createBYOKKeyRequest: body });
  const { id } = data;
  expect(data).toMatchObject({ provider: 'io-net', name: 'Second', isFallback: true });
  expect(JSON.stringify(data)).not.toContain(keys.providerSecond);
  const { result } = await byok.list({ provider: 'io-net' });
  expect(result).toMatchObject({ totalCount: 2, data: [{ name: 'Customer' }, { id }] });
  const changed = await byok.update({ id, updateBYOKKeyRequest: { allowedModels: ['z-ai/glm-5.2'] } });
  expect(changed.data.allowedModels).toEqual(['z-ai/glm-5.2']);
  expect(await byok.delete({ id })).toEqual({ deleted: true });
  await expect(byok.get({ id })).rejects.toThrow(errors.NotFoundResponseError);
});

// "Always use for this provider" can be set over the API since September 2026: `isRequired` of @openrouter/sdk 1.3.
test('a BYOK key that is required keeps shared capacity out', async () => {
  const { management, inference, keys, clock } = await openManagement();
  const { byok } = management;
  const [key] = (await byok.list()).result.data;
  const id = key?.id ?? '';
  const ask = () =>
    inference.chat.send({
      chatRequest: { model: 'z-ai/glm-5.2', messages: [{ role: 'user', content: 'hi' }], provider: pin, stream: false },
    });
  await byok.update({ id, updateBYOKKeyRequest: { key: keys.providerInvalid, isRequired: true } });
  await clock.sleep(60_000);
  await expect(ask()).rejects.toThrow(errors.UnauthorizedResponseError);
  await byok.update({ id, updateBYOKKeyRequest: { isRequired: false } });
  await clock.sleep(60_000);
  expect(await ask()).toMatchObject({ usage: { isByok: false } });
});

test('a guardrail is made, assigned, changed and deleted', async () => {
  const { management } = await openManagement();
  const { guardrails } = management;
  const { data } = await guardrails.create({
    createGuardrailRequest: { name: 'Others', allowedProviders: ['anthropic'], limitUsd: 5, resetInterval: 'daily' },
  });
  const { id } = data;
  expect(data).toMatchObject({ allowedProviders: ['anthropic'], limitUsd: 5 });
  const updated = await guardrails.update({ id, updateGuardrailRequest: { description: 'For a test' } });
  expect(updated.data.description).toBe('For a test');
  expect((await guardrails.list()).result.totalCount).toBe(1);
  const { createdBy } = (await management.workspaces.get({ id: 'default' })).data;
  const members = { memberUserIds: [createdBy ?? ''] };
  expect(await guardrails.bulkAssignMembers({ id, bulkAssignMembersRequest: members })).toEqual({ assignedCount: 1 });
  expect((await guardrails.listGuardrailMemberAssignments({ id })).result.totalCount).toBe(1);
  expect((await guardrails.listMemberAssignments()).result.totalCount).toBe(1);
  expect(await guardrails.bulkUnassignMembers({ id, bulkUnassignMembersRequest: members })).toEqual({
    unassignedCount: 1,
  });
  expect((await guardrails.listGuardrailKeyAssignments({ id })).result.totalCount).toBe(0);
  expect(await guardrails.delete({ id })).toEqual({ deleted: true });
  await expect(guardrails.get({ id })).rejects.toThrow(errors.NotFoundResponseError);
});

test('a workspace is made, changed and deleted', async () => {
  const { management } = await openManagement();
  const { workspaces } = management;
  const { data } = await workspaces.create({ createWorkspaceRequest: { name: 'Other', slug: 'other' } });
  expect((await workspaces.list()).result.data.map(({ slug }) => slug)).toContain('other');
  const changed = await workspaces.update({ id: 'other', updateWorkspaceRequest: { description: 'For a test' } });
  expect(changed.data).toMatchObject({ id: data.id, description: 'For a test' });
  expect(await workspaces.delete({ id: data.id })).toEqual({ deleted: true });
  await expect(workspaces.get({ id: 'other' })).rejects.toThrow(errors.NotFoundResponseError);
});
