import { z } from 'zod';
import { labelOf } from './detectors.ts';
import type { Assignment, Guardrail, GuardrailSettings, State } from './state.ts';
import { isoTime } from './wire-time.ts';

const list = z.array(z.string()).min(1).nullish();
const flag = z.boolean().nullish();
const action = z.enum(['redact', 'block', 'flag']);

const settings = {
  description: z.string().max(1000).nullish(),
  limit_usd: z.number().min(0).nullish(),
  reset_interval: z.enum(['daily', 'weekly', 'monthly']).nullish(),
  include_byok_in_budgets: z.boolean().optional(),
  allowed_providers: list,
  ignored_providers: list,
  allowed_models: list,
  ignored_models: list,
  content_filters: z
    .array(z.object({ pattern: z.string().min(1), action, label: z.string().max(100).nullish() }))
    .nullish(),
  content_filter_builtins: z
    .array(
      z.object({
        slug: z.enum([
          'email',
          'phone',
          'ssn',
          'credit-card',
          'ip-address',
          'person-name',
          'address',
          'regex-prompt-injection',
        ]),
        action,
        scan_scope: z.enum(['user_only', 'all_messages']).optional(),
      }),
    )
    .transform((builtins) => builtins.map((builtin) => ({ ...builtin, label: labelOf(builtin.slug) })))
    .nullish(),
  enforce_zdr: flag,
  enforce_zdr_anthropic: flag,
  enforce_zdr_openai: flag,
  enforce_zdr_google: flag,
  enforce_zdr_xai: flag,
  enforce_zdr_other: flag,
  enable_paid_model_training: flag,
  enable_free_model_training: flag,
  enable_free_model_publication: flag,
};
const name = z.string().min(1).max(200);

/** Limits: https://openrouter.ai/openapi.yaml CreateGuardrailRequest */
export const createGuardrailBody = z.object({ name, workspace_id: z.uuid().optional(), ...settings });
export const updateGuardrailBody = z.object({ name: name.optional(), ...settings });

type Change = Omit<z.infer<typeof updateGuardrailBody>, 'name'>;

const noRestrictions: Omit<GuardrailSettings, 'name'> = {
  description: null,
  limit_usd: null,
  reset_interval: null,
  include_byok_in_budgets: false,
  allowed_providers: null,
  ignored_providers: null,
  allowed_models: null,
  ignored_models: null,
  content_filters: null,
  content_filter_builtins: null,
  enforce_zdr: null,
  enforce_zdr_anthropic: null,
  enforce_zdr_openai: null,
  enforce_zdr_google: null,
  enforce_zdr_xai: null,
  enforce_zdr_other: null,
  enable_paid_model_training: null,
  enable_free_model_training: null,
  enable_free_model_publication: null,
};

export const newSettings = (called: string, change: Change): GuardrailSettings =>
  changedSettings({ name: called, ...noRestrictions }, change);

/** What was left out stays; null clears. */
export function changedSettings(
  kept: GuardrailSettings,
  change: Change & { name?: string | undefined },
): GuardrailSettings {
  const names = Object.keys(kept) as (keyof GuardrailSettings)[];
  const given = names.filter((field) => change[field] !== undefined).map((field) => [field, change[field]]);
  return { ...kept, ...(Object.fromEntries(given) as Partial<GuardrailSettings>) };
}

export function guardrailView(guardrail: Guardrail) {
  const { name: called, description, ...restrictions } = guardrail.settings;
  return {
    id: guardrail.id,
    name: called,
    description,
    workspace_id: guardrail.workspaceId,
    ...restrictions,
    created_at: isoTime(guardrail.createdAt),
    updated_at: guardrail.updatedAt === null ? null : isoTime(guardrail.updatedAt),
  };
}

/** An assignment to a key or to a member, each with the fields of its kind. */
export function assignmentView({ apiKeys }: State, assignment: Assignment) {
  const { subject } = assignment;
  const common = {
    id: assignment.id,
    guardrail_id: assignment.guardrailId,
    assigned_by: assignment.assignedBy,
    created_at: isoTime(assignment.createdAt),
  };
  if ('userId' in subject) return { ...common, user_id: subject.userId, organization_id: subject.userId };
  const key = apiKeys.find(({ hash }) => hash === subject.keyHash);
  return { ...common, key_hash: subject.keyHash, key_name: key?.name ?? '', key_label: key?.label ?? '' };
}
