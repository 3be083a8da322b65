import { z } from 'zod';
import { notFound } from './api-error.ts';
import { addApiKey, apiKeyView } from './api-keys.ts';
import { created, management, ok, operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { pageOf } from './paging.ts';
import { changed, parseBody } from './parse-body.ts';
import type { Account, ApiKey, State } from './state.ts';
import { workspaceMeant } from './workspaces.ts';

const limits = {
  limit: z.number().min(0).nullish(),
  limit_reset: z.enum(['daily', 'weekly', 'monthly']).nullish(),
  include_byok_in_limit: z.boolean().optional(),
};
const createBody = z.object({
  name: z.string().min(1),
  ...limits,
  // UTC only: another offset is refused.
  expires_at: z.iso.datetime().nullish(),
  workspace_id: z.uuid().optional(),
  creator_user_id: z.string().min(1).nullish(),
});
const updateBody = z.object({ name: z.string().min(1).optional(), disabled: z.boolean().optional(), ...limits });

/** Keys a page of GET /keys holds; the call has no `limit`. */
const pageSize = 100;

export const keyOperations: readonly Operation[] = [
  operation('GET', '/keys', management(401), ({ state, clock }, { caller: { account }, query }) => {
    const workspace = workspaceMeant(state, account, query.get('workspace_id'));
    const showsDisabled = query.get('include_disabled') === 'true';
    const keys = state.apiKeys.filter(
      (key) => isAliveIn(account)(key) && key.workspaceId === workspace.id && (showsDisabled || !key.disabled),
    );
    const { offset } = pageOf(query);
    return ok({ data: keys.slice(offset, offset + pageSize).map((key) => apiKeyView(key, clock.now())) });
  }),

  operation('POST', '/keys', management(403), (world, { caller: { account }, body }) => {
    const fields = parseBody(createBody, body);
    const { key, entry } = addApiKey(world, {
      account,
      workspaceId: workspaceMeant(world.state, account, fields.workspace_id).id,
      name: fields.name,
      limit: fields.limit ?? null,
      limitReset: fields.limit_reset ?? null,
      includeByokInLimit: fields.include_byok_in_limit ?? false,
      expiresAt: fields.expires_at ? Date.parse(fields.expires_at) : null,
      creatorUserId: fields.creator_user_id ?? account.userId,
    });
    return created({ data: apiKeyView(entry, world.clock.now()), key });
  }),

  operation('GET', '/keys/:hash', management(401), ({ state, clock }, { caller, params }) =>
    ok({ data: apiKeyView(keyAt(state, caller.account, params['hash']), clock.now()) }),
  ),

  operation('PATCH', '/keys/:hash', management(401), ({ state, clock }, { caller, params, body }) => {
    const key = keyAt(state, caller.account, params['hash']);
    const change = parseBody(updateBody, body);
    key.name = changed(change.name, key.name);
    key.disabled = changed(change.disabled, key.disabled);
    key.limit = changed(change.limit, key.limit);
    key.limitReset = changed(change.limit_reset, key.limitReset);
    key.includeByokInLimit = changed(change.include_byok_in_limit, key.includeByokInLimit);
    key.updatedAt = clock.now();
    return ok({ data: apiKeyView(key, clock.now()) });
  }),

  operation('DELETE', '/keys/:hash', management(401), ({ state }, { caller, params }) => {
    keyAt(state, caller.account, params['hash']).deleted = true;
    return ok({ deleted: true });
  }),
];

/** Management keys are not in the listing. */
const isAliveIn = (account: Account) => (key: ApiKey) => key.account === account && !key.deleted && !key.management;

function keyAt(state: State, account: Account, hash: string | undefined): ApiKey {
  const key = state.apiKeys.find((known) => known.hash === hash && isAliveIn(account)(known));
  if (!key) throw notFound();
  return key;
}
