import { amount, array, boolean, data, integer, nullable, number, object, string, text, type Schema } from './shape.ts';

const spend = { usage: amount, usage_daily: amount, usage_weekly: amount, usage_monthly: amount };
const byokSpend = {
  byok_usage: amount,
  byok_usage_daily: amount,
  byok_usage_weekly: amount,
  byok_usage_monthly: amount,
};
const limits = {
  limit: nullable(number),
  limit_remaining: nullable(number),
  limit_reset: nullable(string),
  include_byok_in_limit: boolean,
};

/** GET /key: the key that asks. */
export const ownKey: Schema = data(
  object(
    {
      label: string,
      ...limits,
      ...spend,
      ...byokSpend,
      is_free_tier: boolean,
      is_management_key: boolean,
      is_provisioning_key: boolean,
      creator_user_id: nullable(string),
      rate_limit: object({ requests: integer, interval: string, note: string }),
    },
    { expires_at: nullable(string) },
  ),
);

/** GET /credits, in US dollars. */
export const credits: Schema = data(object({ total_credits: number, total_usage: number }));

const apiKey = object(
  {
    hash: text,
    name: string,
    label: string,
    disabled: boolean,
    ...limits,
    ...spend,
    ...byokSpend,
    created_at: text,
    updated_at: nullable(string),
    creator_user_id: nullable(string),
    workspace_id: string,
  },
  { expires_at: nullable(string) },
);

export const keyList: Schema = data(array(apiKey));
export const keySingle: Schema = data(apiKey);
/** POST /keys: the only answer that holds the key itself. */
export const keyCreated: Schema = object({ data: apiKey, key: text });
