import { z } from 'zod';
import { ApiError, invalidRequest } from './api-error.ts';
import { created, management, ok, operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { page } from './paging.ts';
import { changed, parseBody } from './parse-body.ts';
import type { Account, State, Workspace } from './state.ts';
import { addWorkspace, findWorkspace, workspaceAt, workspaceView } from './workspaces.ts';

const name = z.string().min(1).max(100);
const slug = z
  .string()
  .max(50)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
const options = {
  description: z.string().max(500).nullish(),
  default_text_model: z.string().nullish(),
  default_image_model: z.string().nullish(),
  default_provider_sort: z.enum(['price', 'throughput', 'latency', 'exacto']).nullish(),
};
const createBody = z.object({ name, slug, ...options });
const updateBody = z.object({ name: name.optional(), slug: slug.optional(), ...options });

export const workspaceOperations: readonly Operation[] = [
  operation('GET', '/workspaces', management(401), ({ state }, { caller, query }) =>
    ok(page(query, state.workspaces.filter(isAliveIn(caller.account)), workspaceView)),
  ),

  operation('POST', '/workspaces', management(403), (world, { caller: { account }, body }) => {
    const fields = parseBody(createBody, body);
    refuseTakenSlug(world.state, account, fields.slug);
    const workspace = addWorkspace(world, {
      account,
      name: fields.name,
      slug: fields.slug,
      description: fields.description ?? null,
      defaultTextModel: fields.default_text_model ?? null,
      defaultImageModel: fields.default_image_model ?? null,
      defaultProviderSort: fields.default_provider_sort ?? null,
    });
    return created({ data: workspaceView(workspace) });
  }),

  operation('GET', '/workspaces/:id', management(401), ({ state }, { caller, params }) =>
    ok({ data: workspaceView(workspaceAt(state, caller.account, params['id'])) }),
  ),

  operation('PATCH', '/workspaces/:id', management(403), ({ state, clock }, { caller: { account }, params, body }) => {
    const workspace = workspaceAt(state, account, params['id']);
    const change = parseBody(updateBody, body);
    if (change.slug !== undefined && change.slug !== workspace.slug) refuseTakenSlug(state, account, change.slug);
    Object.assign(workspace, {
      name: changed(change.name, workspace.name),
      slug: changed(change.slug, workspace.slug),
      description: changed(change.description, workspace.description),
      defaultTextModel: changed(change.default_text_model, workspace.defaultTextModel),
      defaultImageModel: changed(change.default_image_model, workspace.defaultImageModel),
      defaultProviderSort: changed(change.default_provider_sort, workspace.defaultProviderSort),
      updatedAt: clock.now(),
    });
    return ok({ data: workspaceView(workspace) });
  }),

  operation('DELETE', '/workspaces/:id', management(403), ({ state }, { caller: { account }, params }) => {
    const workspace = workspaceAt(state, account, params['id']);
    if (workspace.id === account.defaultWorkspaceId) {
      throw new ApiError(403, 'The default workspace cannot be deleted');
    }
    if (state.apiKeys.some((key) => key.workspaceId === workspace.id && !key.deleted)) {
      throw invalidRequest('Workspace still has active API keys');
    }
    workspace.deleted = true;
    return ok({ deleted: true });
  }),
];

const isAliveIn = (account: Account) => (workspace: Workspace) => workspace.account === account && !workspace.deleted;

function refuseTakenSlug(state: State, account: Account, wanted: string): void {
  if (findWorkspace(state, account, wanted)) throw invalidRequest(`Workspace slug "${wanted}" is taken`);
}
