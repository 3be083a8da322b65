import { createHash } from 'node:crypto';
import { noSpend, spentIn, tidyUsd } from './spend.ts';
import type { Account, ApiKey } from './state.ts';
import { isoTime } from './wire-time.ts';
import type { World } from './world.ts';

export const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** Adds a key to the account. The key itself is not kept, only its hash. */
export function addApiKey(
  { state, random, clock }: World,
  fields: { account: Account; workspaceId: string; name: string } & Partial<
    Pick<
      ApiKey,
      'management' | 'limit' | 'limitReset' | 'includeByokInLimit' | 'expiresAt' | 'creatorUserId' | 'disabled'
    >
  >,
): { key: string; entry: ApiKey } {
  const key = `sk-or-v1-${random.hex(64)}`;
  const entry: ApiKey = {
    hash: hashOf(key),
    label: `${key.slice(0, 12)}...${key.slice(-3)}`,
    management: false,
    disabled: false,
    limit: null,
    limitReset: null,
    includeByokInLimit: false,
    expiresAt: null,
    creatorUserId: fields.account.userId,
    ...fields,
    credits: noSpend(),
    byok: noSpend(),
    createdAt: clock.now(),
    updatedAt: null,
    deleted: false,
  };
  state.apiKeys.push(entry);
  return { key, entry };
}

/** What may still be spent before the key's own limit, or null without a limit. Never below zero. */
export function limitRemaining(key: ApiKey, at: number): number | null {
  if (key.limit === null) return null;
  const spent =
    spentIn(key.credits, key.limitReset, at) + (key.includeByokInLimit ? spentIn(key.byok, key.limitReset, at) : 0);
  return Math.max(0, tidyUsd(key.limit - spent));
}

function usageFields({ credits, byok }: ApiKey, at: number) {
  return {
    usage: credits.total,
    usage_daily: spentIn(credits, 'daily', at),
    usage_weekly: spentIn(credits, 'weekly', at),
    usage_monthly: spentIn(credits, 'monthly', at),
    byok_usage: byok.total,
    byok_usage_daily: spentIn(byok, 'daily', at),
    byok_usage_weekly: spentIn(byok, 'weekly', at),
    byok_usage_monthly: spentIn(byok, 'monthly', at),
  };
}

function limitFields(key: ApiKey, at: number) {
  return {
    limit: key.limit,
    limit_remaining: limitRemaining(key, at),
    limit_reset: key.limitReset,
    include_byok_in_limit: key.includeByokInLimit,
  };
}

/** `data` of GET /key. */
export function currentKeyView(key: ApiKey, at: number) {
  return {
    label: key.label,
    is_management_key: key.management,
    is_provisioning_key: key.management,
    ...limitFields(key, at),
    ...usageFields(key, at),
    is_free_tier: key.account.totalCredits === 0,
    expires_at: key.expiresAt === null ? null : isoTime(key.expiresAt),
    creator_user_id: key.creatorUserId,
    allowed_data_regions: ['global'],
    free_model_daily_requests: { limit: 1000, remaining: 1000, used: 0 },
    organization_id: null,
    workspace_id: key.workspaceId,
    rate_limit: { requests: -1, interval: '10s', note: 'This field is deprecated and safe to ignore.' },
  };
}

/** An item of GET /keys. */
export function apiKeyView(key: ApiKey, at: number) {
  return {
    hash: key.hash,
    name: key.name,
    label: key.label,
    disabled: key.disabled,
    ...limitFields(key, at),
    ...usageFields(key, at),
    created_at: isoTime(key.createdAt),
    updated_at: key.updatedAt === null ? null : isoTime(key.updatedAt),
    expires_at: key.expiresAt === null ? null : isoTime(key.expiresAt),
    creator_user_id: key.creatorUserId,
    external_user: null,
    workspace_id: key.workspaceId,
  };
}
