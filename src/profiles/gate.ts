import type { Profile } from './profile.ts';

/** Before a deployment: one inference key, under a minute, at most 20 requests for the guide's two models, under one US cent. */
export const gate: Profile = {
  name: 'gate',
  version: 1,
  required: [
    'setup/key-valid',
    'setup/model-listed-for-provider',
    // Refused where nobody can serve; and beside it, pinned and on the customer's key, answered.
    'pinning/unsatisfiable-pin-refused [json]',
    // The same in a stream, and what it costs.
    'billing/inside-allowance-costs-nothing [stream]',
  ],
  others: 'left out',
  maxCostUsd: 0.01,
  maxRequests: 20,
};
