import {
  always,
  amount,
  array,
  boolean,
  count,
  data,
  integer,
  nullable,
  number,
  object,
  oneOf,
  string,
  text,
  type Schema,
} from './shape.ts';

const strings = nullable(array(string));

/** Source: BYOKKey. `provider` is left open: slugs appear before the specification lists them. */
const byokKey = object(
  {
    id: text,
    provider: text,
    workspace_id: nullable(string),
    label: string,
    disabled: boolean,
    is_fallback: boolean,
    allowed_models: strings,
    allowed_api_key_hashes: strings,
    allowed_user_ids: strings,
    sort_order: integer,
    created_at: text,
  },
  { name: nullable(string) },
);

export const byokList: Schema = object({ data: array(byokKey), total_count: count });
/** Of reading, creating (201) and changing one. */
export const byokSingle: Schema = data(byokKey);

export const deleted: Schema = object({ deleted: always(true) });

const guardrail = object(
  {
    id: text,
    name: text,
    created_at: text,
    include_byok_in_budgets: boolean,
    workspace_id: nullable(string),
  },
  {
    description: nullable(string),
    limit_usd: nullable(amount),
    reset_interval: nullable(string),
    allowed_providers: strings,
    ignored_providers: strings,
    allowed_models: strings,
    ignored_models: strings,
    content_filters: nullable(array(object({ pattern: text, action: oneOf('redact', 'block', 'flag') }))),
    content_filter_builtins: nullable(array(object({ slug: text, action: text }))),
    updated_at: nullable(string),
  },
);

export const guardrailList: Schema = object({ data: array(guardrail), total_count: count });
export const guardrailSingle: Schema = data(guardrail);

const workspace = object(
  {
    id: text,
    name: text,
    slug: text,
    default_guardrail_id: text,
    created_at: text,
    created_by: nullable(string),
    updated_at: nullable(string),
    description: nullable(string),
    default_text_model: nullable(string),
    default_image_model: nullable(string),
    default_provider_sort: nullable(string),
    io_logging_api_key_ids: nullable(array(integer)),
    io_logging_sampling_rate: number,
    is_data_discount_logging_enabled: boolean,
    is_observability_broadcast_enabled: boolean,
    is_observability_io_logging_enabled: boolean,
  },
  { include_byok_in_budgets: boolean },
);

export const workspaceList: Schema = object({ data: array(workspace), total_count: count });
export const workspaceSingle: Schema = data(workspace);

const assignment = object({
  id: text,
  guardrail_id: text,
  key_hash: text,
  key_name: string,
  key_label: string,
  assigned_by: nullable(string),
  created_at: text,
});

export const assignmentList: Schema = object({ data: array(assignment), total_count: count });
export const assigned: Schema = object({ assigned_count: count });
export const unassigned: Schema = object({ unassigned_count: count });

const memberAssignment = object({
  id: text,
  guardrail_id: text,
  organization_id: text,
  user_id: text,
  assigned_by: nullable(string),
  created_at: text,
});

export const memberAssignmentList: Schema = object({ data: array(memberAssignment), total_count: count });

/** Source: WorkspaceBudget. `reset_interval` is null for the budget of a lifetime. */
const budget = object({
  id: text,
  workspace_id: text,
  limit_usd: amount,
  reset_interval: oneOf('daily', 'weekly', 'monthly', null),
  created_at: text,
  updated_at: text,
});

export const budgetList: Schema = object({ data: array(budget) }, { include_byok_in_budgets: boolean });
export const budgetSingle: Schema = object({ data: budget }, { include_byok_in_budgets: boolean });
