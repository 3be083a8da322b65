import { type Platform, soundPlatform } from './platform.ts';
import type { Spend } from './spend.ts';

/** A time at which something began to be as it is. */
interface Since<T> {
  from: number;
  value: T;
}

/** One paying customer. */
export interface Account {
  /** `user_...`, also the id of its only member. */
  userId: string;
  /** USD ever bought. */
  totalCredits: number;
  /** USD of OpenRouter credits ever spent. */
  totalUsage: number;
  /** List price of what was served on own keys; the month's part decides on the fee. */
  byok: Spend;
  /** Slugs the account's owner never wants. */
  ignoredProviders: string[];
  /** Slugs the account's owner wants alone. */
  allowedProviders: string[] | null;
  allowTraining: boolean;
  zeroDataRetention: boolean;
  /** Whether free endpoints that publish prompts may be used. */
  allowFreePublication: boolean;
  /** Where the account's data has to stay. */
  dataRegion: 'global' | 'europe';
  /** USD that requests under way may still cost. */
  reservedUsd: number;
  /** Times of recent calls to free models, oldest first. */
  freeCalls: number[];
  /** Workspace meant when a call names none. */
  defaultWorkspaceId: string;
}

export interface Workspace {
  id: string;
  account: Account;
  name: string;
  slug: string;
  description: string | null;
  /** Known from the start, but there is nothing behind it until it is first written. */
  defaultGuardrailId: string;
  defaultTextModel: string | null;
  defaultImageModel: string | null;
  defaultProviderSort: string | null;
  includeByokInBudgets: boolean;
  createdAt: number;
  updatedAt: number | null;
  deleted: boolean;
}

/** What a workspace may spend in an interval. */
export interface WorkspaceBudget {
  id: string;
  workspaceId: string;
  interval: 'lifetime' | 'monthly' | 'weekly' | 'daily';
  limitUsd: number;
  createdAt: number;
  updatedAt: number;
}

/** A key of OpenRouter. */
export interface ApiKey {
  /** SHA-256 of the key, hexadecimal: how the API names it. */
  hash: string;
  label: string;
  account: Account;
  workspaceId: string;
  name: string;
  management: boolean;
  disabled: boolean;
  limit: number | null;
  limitReset: 'daily' | 'weekly' | 'monthly' | null;
  includeByokInLimit: boolean;
  expiresAt: number | null;
  creatorUserId: string | null;
  credits: Spend;
  byok: Spend;
  createdAt: number;
  updatedAt: number | null;
  deleted: boolean;
}

/** What of a key that the customer brought can change. */
export interface ByokSettings {
  /** The provider's own key. It never leaves in an answer. */
  secret: string;
  name: string | null;
  disabled: boolean;
  isFallback: boolean;
  /** "Always use for this provider": shared capacity of the provider is left out for the models the key applies to. */
  isRequired: boolean;
  /** Shared capacity of the provider is left out for every model. */
  isByokOnly: boolean;
  declaredZdr: boolean | null;
  allowedModels: string[] | null;
  allowedApiKeyHashes: string[] | null;
  allowedUserIds: string[] | null;
  deleted: boolean;
}

/** A provider's key that the customer brought. */
export interface ByokKey {
  id: string;
  account: Account;
  /** Slug. */
  provider: string;
  /** Null: every workspace of the account. */
  workspaceId: string | null;
  sortOrder: number;
  createdAt: number;
  /** "Always use for this provider": shared capacity of this provider is left out. */
  alwaysUse: boolean;
  /** Oldest first. The API shows the last; requests see the last that is already in force. */
  versions: Since<ByokSettings>[];
}

/** Restrictions for the keys and members it is assigned to. Fields as on the wire. */
export interface Guardrail {
  id: string;
  account: Account;
  workspaceId: string;
  /** Default guardrail of its workspace: holds for all of the workspace's keys. */
  isDefault: boolean;
  settings: GuardrailSettings;
  createdAt: number;
  updatedAt: number | null;
}

/** Filters of a guardrail: patterns of the customer's own, and OpenRouter's. */
export interface ContentFilters {
  own: { pattern: string; action: FilterAction; label?: string | null | undefined }[] | null;
  builtins:
    | {
        slug:
          | 'email'
          | 'phone'
          | 'ssn'
          | 'credit-card'
          | 'ip-address'
          | 'person-name'
          | 'address'
          | 'regex-prompt-injection';
        action: FilterAction;
        /** Shown, not settable. */
        label: string;
        scan_scope?: 'user_only' | 'all_messages' | undefined;
      }[]
    | null;
}

type FilterAction = 'redact' | 'block' | 'flag';

export interface GuardrailSettings {
  name: string;
  description: string | null;
  limit_usd: number | null;
  reset_interval: 'daily' | 'weekly' | 'monthly' | null;
  include_byok_in_budgets: boolean;
  allowed_providers: string[] | null;
  ignored_providers: string[] | null;
  allowed_models: string[] | null;
  ignored_models: string[] | null;
  content_filters: ContentFilters['own'];
  content_filter_builtins: ContentFilters['builtins'];
  enforce_zdr: boolean | null;
  enforce_zdr_anthropic: boolean | null;
  enforce_zdr_openai: boolean | null;
  enforce_zdr_google: boolean | null;
  enforce_zdr_xai: boolean | null;
  enforce_zdr_other: boolean | null;
  enable_paid_model_training: boolean | null;
  enable_free_model_training: boolean | null;
  enable_free_model_publication: boolean | null;
}

export interface Assignment {
  id: string;
  guardrailId: string;
  /** Exactly one of the two. */
  subject: { keyHash: string } | { userId: string };
  assignedBy: string | null;
  createdAt: number;
}

interface GenerationEntry {
  account: Account;
  /** Before this time the record answers 404. */
  availableAt: number;
  /** `data` of GET /generation. */
  record: Record<string, unknown> & { id: string };
}

/** Everything the OpenRouter side remembers. */
export interface State {
  workspaces: Workspace[];
  budgets: WorkspaceBudget[];
  apiKeys: ApiKey[];
  byokKeys: ByokKey[];
  guardrails: Guardrail[];
  assignments: Assignment[];
  generations: Map<string, GenerationEntry>;
  platform: Platform;
}

export function emptyState(): State {
  return {
    workspaces: [],
    budgets: [],
    apiKeys: [],
    byokKeys: [],
    guardrails: [],
    assignments: [],
    generations: new Map(),
    platform: soundPlatform(),
  };
}
