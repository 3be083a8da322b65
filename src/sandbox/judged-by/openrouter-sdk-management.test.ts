import { OpenRouter } from '@openrouter/sdk';
import * as errors from '@openrouter/sdk/models/errors';
import { expect, test } from 'vitest';
import { openJudged } from './open-judged.ts';

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
