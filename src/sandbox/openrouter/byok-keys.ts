import type { Model } from './endpoint.ts';
import type { OwnKey } from './route.ts';
import type { Account, ApiKey, ByokKey, ByokSettings } from './state.ts';
import { isoTime } from './wire-time.ts';
import type { World } from './world.ts';

export const settingsOf = (key: ByokKey): ByokSettings => {
  const latest = key.versions.at(-1);
  if (!latest) throw new TypeError(`BYOK key ${key.id} has no settings`);
  return latest.value;
};

/** Adds a key; it holds for requests once it has spread, or at once with `inForce`. */
export function addByokKey(
  { state, random, clock, propagationMs }: World,
  fields: { account: Account; provider: string; workspaceId: string | null; settings: ByokSettings },
  inForce = false,
): ByokKey {
  const { settings, ...rest } = fields;
  const siblings = state.byokKeys.filter((key) => key.account === fields.account && key.provider === fields.provider);
  const key: ByokKey = {
    id: random.uuid(),
    ...rest,
    sortOrder: siblings.length,
    createdAt: clock.now(),
    alwaysUse: false,
    versions: [{ from: clock.now() + (inForce ? 0 : propagationMs), value: settings }],
  };
  state.byokKeys.push(key);
  return key;
}

/** Changes a key. Requests see the old settings until the change has spread. */
export function changeByokKey({ clock, propagationMs }: World, key: ByokKey, change: Partial<ByokSettings>): void {
  key.versions.push({ from: clock.now() + propagationMs, value: { ...settingsOf(key), ...change } });
}

/**
 * The customer's keys that hold for a request. A key that is disabled, filtered out, of another workspace or not yet known
 * everywhere does not exist for it: https://openrouter.ai/docs/guides/overview/auth/byok
 */
export function ownKeysFor(keys: readonly ByokKey[], caller: ApiKey, model: Model, at: number): OwnKey[] {
  return keys.flatMap((key) => {
    const settings = key.versions.findLast(({ from }) => from <= at)?.value;
    if (key.account !== caller.account || !settings || settings.deleted || settings.disabled) return [];
    if (key.workspaceId !== null && key.workspaceId !== caller.workspaceId) return [];
    const { allowedModels, allowedApiKeyHashes, allowedUserIds } = settings;
    const matches =
      (allowedModels?.some((name) => name === model.id || name === model.canonicalSlug) ?? true) &&
      (allowedApiKeyHashes?.includes(caller.hash) ?? true) &&
      (allowedUserIds?.some((id) => id === caller.creatorUserId) ?? true);
    if (!matches) return [];
    const { id, provider, sortOrder } = key;
    const alwaysUse = key.alwaysUse || settings.isRequired || settings.isByokOnly;
    return [{ id, provider, alwaysUse, sortOrder, secret: settings.secret, isFallback: settings.isFallback }];
  });
}

/** What of a secret may be shown: its beginning and its last four characters, e.g. `sk-...AbCd`. */
function maskSecret(secret: string): string {
  const prefix = /^[a-z]+-/i.exec(secret)?.[0] ?? '';
  return secret.length < 12 ? '...' : `${prefix}...${secret.slice(-4)}`;
}

export function byokKeyView(key: ByokKey) {
  const settings = settingsOf(key);
  return {
    id: key.id,
    provider: key.provider,
    workspace_id: key.workspaceId,
    name: settings.name,
    label: maskSecret(settings.secret),
    disabled: settings.disabled,
    is_fallback: settings.isFallback,
    is_required: key.alwaysUse || settings.isRequired,
    is_byok_only: settings.isByokOnly,
    declared_zdr: settings.declaredZdr,
    allowed_models: settings.allowedModels,
    allowed_api_key_hashes: settings.allowedApiKeyHashes,
    allowed_user_ids: settings.allowedUserIds,
    sort_order: key.sortOrder,
    created_at: isoTime(key.createdAt),
  };
}
