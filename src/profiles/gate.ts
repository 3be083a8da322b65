import type { Profile } from './profile.ts';

/** Before a deployment: one inference key, under a minute, and for the guide's two models at most 20 requests and one US cent. */
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
  limits: (models) => ({ maxCostUsd: 0.005 * Math.max(2, models), maxRequests: 10 * Math.max(2, models) }),
};
