import { z } from 'zod';
import { ionet } from '../provider.ts';
import { CouldNotSee } from './could-not-see.ts';
import { dataOf, type World } from './world.ts';

/** A server that leaves `offset` out of account would go on for ever. */
const mostItems = 5_000;

/** Everything of a listing of the management API. */
async function listed<Item extends z.ZodType>(
  world: World,
  path: string,
  query: Record<string, string>,
  item: Item,
): Promise<z.infer<Item>[]> {
  const items: z.infer<Item>[] = [];
  while (items.length < mostItems) {
    const search = new URLSearchParams({ ...query, limit: '100', offset: String(items.length) });
    const page = dataOf(await world.manage(`${path}?${search}`), z.array(item));
    items.push(...page);
    if (page.length < 100) return items;
  }
  throw new CouldNotSee(`${path} lists more than ${mostItems} things.`);
}

const keyRecord = z.object({
  disabled: z.boolean(),
  expires_at: z.string().nullish(),
  workspace_id: z.string().nullish(),
  creator_user_id: z.string().nullish(),
});

/** The OpenRouter key as the account's owner sees it; null when the management key's account has no such key. */
export async function findKeyRecord(world: World): Promise<z.infer<typeof keyRecord> | null> {
  const exchange = await world.manage(`/keys/${world.keyHash}`);
  return exchange.response?.status === 404 ? null : dataOf(exchange, keyRecord);
}

/**
 * The same, where nothing can be told without it.
 *
 * @throws CouldNotSee for a management key of another account, whose settings would say nothing about this one
 */
export async function ownKeyRecord(world: World): Promise<z.infer<typeof keyRecord>> {
  const record = await findKeyRecord(world);
  if (record !== null) return record;
  throw new CouldNotSee('The management key belongs to an account that does not have this OpenRouter key.');
}

const byokKey = z.object({
  label: z.string(),
  disabled: z.boolean(),
  is_fallback: z.boolean(),
  allowed_models: z.array(z.string()).nullish(),
  allowed_api_key_hashes: z.array(z.string()).nullish(),
  allowed_user_ids: z.array(z.string()).nullish(),
  created_at: z.string(),
  // Guardrails and keys have it; the specification of August 2026 knows none for these.
  updated_at: z.string().nullish(),
});

export type ByokKey = z.infer<typeof byokKey>;

/** The provider's keys that a workspace can use; without an id, the default one. */
export function byokKeysIn(world: World, workspaceId: string | null | undefined): Promise<ByokKey[]> {
  return listed(world, '/byok', { provider: ionet.slug, ...inWorkspace(workspaceId) }, byokKey);
}

const workspace = z.object({ id: z.string(), name: z.string(), default_guardrail_id: z.string().nullish() });

export function workspaces(world: World): Promise<z.infer<typeof workspace>[]> {
  return listed(world, '/workspaces', {}, workspace);
}

const names = z.array(z.string()).nullish();
const flag = z.boolean().nullish();
const guardrail = z.object({
  id: z.string(),
  name: z.string(),
  allowed_providers: names,
  ignored_providers: names,
  allowed_models: names,
  ignored_models: names,
  enforce_zdr: flag,
  enforce_zdr_anthropic: flag,
  enforce_zdr_openai: flag,
  enforce_zdr_google: flag,
  enforce_zdr_xai: flag,
  enforce_zdr_other: flag,
});

export type Guardrail = z.infer<typeof guardrail>;

const assignment = z.object({
  guardrail_id: z.string(),
  key_hash: z.string().optional(),
  user_id: z.string().optional(),
});

/** The guardrails that hold for the OpenRouter key: its workspace's default, and those assigned to the key or its maker. */
export async function guardrailsOfKey(world: World): Promise<Guardrail[]> {
  const key = await ownKeyRecord(world);
  const all = await listed(world, '/guardrails', inWorkspace(key.workspace_id), guardrail);
  if (all.length === 0) return [];
  const toKeys = await listed(world, '/guardrails/assignments/keys', {}, assignment);
  const toMembers = await listed(world, '/guardrails/assignments/members', {}, assignment);
  const holding = new Set([
    ...toKeys.filter(({ key_hash }) => key_hash === world.keyHash).map(({ guardrail_id }) => guardrail_id),
    ...toMembers.filter(({ user_id }) => user_id === key.creator_user_id).map(({ guardrail_id }) => guardrail_id),
    ...(await workspaces(world)).flatMap(({ default_guardrail_id }) => default_guardrail_id ?? []),
  ]);
  return all.filter(({ id }) => holding.has(id));
}

function inWorkspace(id: string | null | undefined): Record<string, string> {
  return id == null ? {} : { workspace_id: id };
}
