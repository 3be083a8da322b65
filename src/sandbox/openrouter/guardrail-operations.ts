import { invalidRequest, notFound } from './api-error.ts';
import { changedSettings, createGuardrailBody, guardrailView, newSettings, updateGuardrailBody } from './guardrails.ts';
import { created, management, ok, operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { page } from './paging.ts';
import { parseBody } from './parse-body.ts';
import { checkPatterns } from './regex-patterns.ts';
import type { Account, Guardrail, State, Workspace } from './state.ts';
import { workspaceMeant } from './workspaces.ts';
import type { World } from './world.ts';

export const guardrailOperations: readonly Operation[] = [
  operation('GET', '/guardrails', management(401), ({ state }, { caller: { account }, query }) => {
    const workspace = workspaceMeant(state, account, query.get('workspace_id'));
    return ok(
      page(
        query,
        state.guardrails.filter(({ workspaceId }) => workspaceId === workspace.id),
        guardrailView,
      ),
    );
  }),

  operation('POST', '/guardrails', management(403), (world, { caller: { account }, body }) => {
    const { name, workspace_id: workspaceId, ...change } = parseBody(createGuardrailBody, body);
    checkPatterns(change.content_filters);
    const workspace = workspaceMeant(world.state, account, workspaceId);
    const guardrail = addGuardrail(world, {
      id: world.random.uuid(),
      account,
      workspaceId: workspace.id,
      isDefault: false,
      settings: newSettings(name, change),
    });
    return created({ data: guardrailView(guardrail) });
  }),

  operation('GET', '/guardrails/:id', management(401), ({ state }, { caller, params }) =>
    ok({ data: guardrailView(guardrailAt(state, caller.account, params['id'])) }),
  ),

  operation('PATCH', '/guardrails/:id', management(401), (world, { caller: { account }, params, body }) => {
    const { state, clock } = world;
    const change = parseBody(updateGuardrailBody, body);
    checkPatterns(change.content_filters);
    const workspace = state.workspaces.find(
      (known) => known.account === account && known.defaultGuardrailId === params['id'],
    );
    const guardrail = workspace ? defaultGuardrail(world, workspace) : guardrailAt(state, account, params['id']);
    if (guardrail.isDefault && change.name !== undefined) {
      throw invalidRequest('The default guardrail of a workspace cannot be renamed');
    }
    guardrail.settings = changedSettings(guardrail.settings, change);
    guardrail.updatedAt = clock.now();
    return ok({ data: guardrailView(guardrail) });
  }),

  operation('DELETE', '/guardrails/:id', management(401), ({ state }, { caller, params }) => {
    const { id } = guardrailAt(state, caller.account, params['id']);
    state.guardrails = state.guardrails.filter((guardrail) => guardrail.id !== id);
    state.assignments = state.assignments.filter(({ guardrailId }) => guardrailId !== id);
    return ok({ deleted: true });
  }),
];

/** @throws ApiError 404, also for a workspace's default guardrail that was never written */
export function guardrailAt(state: State, account: Account, id: string | undefined): Guardrail {
  const guardrail = state.guardrails.find((known) => known.id === id && known.account === account);
  if (!guardrail) throw notFound();
  return guardrail;
}

function addGuardrail({ state, clock }: World, fields: Omit<Guardrail, 'createdAt' | 'updatedAt'>): Guardrail {
  const guardrail: Guardrail = { ...fields, createdAt: clock.now(), updatedAt: null };
  state.guardrails.push(guardrail);
  return guardrail;
}

/** It comes into being when it is first written. */
function defaultGuardrail(world: World, workspace: Workspace): Guardrail {
  const id = workspace.defaultGuardrailId;
  const known = world.state.guardrails.find((guardrail) => guardrail.id === id);
  const { account, id: workspaceId } = workspace;
  return (
    known ?? addGuardrail(world, { id, account, workspaceId, isDefault: true, settings: newSettings('Default', {}) })
  );
}
