import { z } from 'zod';
import { invalidRequest, notFound } from './api-error.ts';
import { addByokKey, byokKeyView, changeByokKey, settingsOf } from './byok-keys.ts';
import { byokProviders } from './byok-providers.ts';
import { created, management, ok, operation } from './operation.ts';
import type { Operation } from './operation.ts';
import { page } from './paging.ts';
import { changed, parseBody } from './parse-body.ts';
import type { Account, ByokKey, State } from './state.ts';
import { workspaceMeant } from './workspaces.ts';

// Limits: https://openrouter.ai/openapi.yaml CreateBYOKKeyRequest, UpdateBYOKKeyRequest. Whether a key works is not tried.
const provider = z.string().refine((slug) => byokProviders.includes(slug), 'unknown provider');
const secret = z.string().min(1);
const names = z.array(z.string()).max(100).nullish();
const options = {
  name: z.string().max(255).nullish(),
  disabled: z.boolean().optional(),
  is_fallback: z.boolean().optional(),
  is_required: z.boolean().optional(),
  is_byok_only: z.boolean().optional(),
  declared_zdr: z.boolean().nullish(),
  allowed_models: names,
  allowed_user_ids: names,
  allowed_api_key_hashes: z
    .array(z.string().regex(/^[a-f0-9]{64}$/))
    .min(1)
    .max(100)
    .nullish(),
};
const createBody = z.object({ provider, key: secret, workspace_id: z.uuid().optional(), ...options });
const updateBody = z.object({ key: secret.optional(), ...options });

export const byokOperations: readonly Operation[] = [
  operation('GET', '/byok', management(401), ({ state }, { caller: { account }, query }) => {
    const workspace = workspaceMeant(state, account, query.get('workspace_id'));
    const wanted = query.get('provider');
    if (wanted !== null) parseBody(provider, wanted);
    const keys = state.byokKeys.filter(
      (key) =>
        isAliveIn(account)(key) &&
        (key.workspaceId === workspace.id || key.workspaceId === null) &&
        (wanted === null || key.provider === wanted),
    );
    return ok(page(query, keys, byokKeyView));
  }),

  operation('POST', '/byok', management(403), (world, { caller: { account }, body }) => {
    const fields = parseBody(createBody, body);
    const hashes = knownHashes(world.state, account, fields.allowed_api_key_hashes);
    const key = addByokKey(world, {
      account,
      provider: fields.provider,
      workspaceId: workspaceMeant(world.state, account, fields.workspace_id).id,
      settings: {
        secret: fields.key,
        name: fields.name ?? null,
        disabled: fields.disabled ?? false,
        isFallback: fields.is_fallback ?? false,
        isRequired: fields.is_required ?? false,
        isByokOnly: fields.is_byok_only ?? false,
        declaredZdr: fields.declared_zdr ?? null,
        allowedModels: fields.allowed_models ?? null,
        allowedApiKeyHashes: hashes ?? null,
        allowedUserIds: fields.allowed_user_ids ?? null,
        deleted: false,
      },
    });
    return created({ data: byokKeyView(key) });
  }),

  operation('GET', '/byok/:id', management(401), ({ state }, { caller, params }) =>
    ok({ data: byokKeyView(keyAt(state, caller.account, params['id'])) }),
  ),

  operation('PATCH', '/byok/:id', management(401), (world, { caller: { account }, params, body }) => {
    const key = keyAt(world.state, account, params['id']);
    const change = parseBody(updateBody, body);
    const now = settingsOf(key);
    changeByokKey(world, key, {
      secret: changed(change.key, now.secret),
      name: changed(change.name, now.name),
      disabled: changed(change.disabled, now.disabled),
      isFallback: changed(change.is_fallback, now.isFallback),
      isRequired: changed(change.is_required, now.isRequired),
      isByokOnly: changed(change.is_byok_only, now.isByokOnly),
      declaredZdr: changed(change.declared_zdr, now.declaredZdr),
      allowedModels: changed(change.allowed_models, now.allowedModels),
      allowedUserIds: changed(change.allowed_user_ids, now.allowedUserIds),
      allowedApiKeyHashes: changed(
        knownHashes(world.state, account, change.allowed_api_key_hashes),
        now.allowedApiKeyHashes,
      ),
    });
    return ok({ data: byokKeyView(key) });
  }),

  operation('DELETE', '/byok/:id', management(401), (world, { caller, params }) => {
    changeByokKey(world, keyAt(world.state, caller.account, params['id']), { deleted: true });
    return ok({ deleted: true });
  }),
];

const isAliveIn = (account: Account) => (key: ByokKey) => key.account === account && !settingsOf(key).deleted;

function keyAt(state: State, account: Account, id: string | undefined): ByokKey {
  const key = state.byokKeys.find((known) => known.id === id && isAliveIn(account)(known));
  if (!key) throw notFound();
  return key;
}

/** @throws ApiError 400 for the hash of a key that is not the account's */
function knownHashes<T extends string[] | null | undefined>(state: State, account: Account, hashes: T): T {
  for (const hash of hashes ?? []) {
    if (!state.apiKeys.some((key) => key.hash === hash && key.account === account && !key.deleted)) {
      throw invalidRequest(`Invalid request parameters: allowed_api_key_hashes: no API key ${hash}`);
    }
  }
  return hashes;
}
