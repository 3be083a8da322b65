import { sandboxOnly } from '../provocation.ts';
import type { ErrorRow } from '../row.ts';
import { onResponsesAndMessages } from '../skins.ts';
import { documented, guided } from '../source.ts';

const debugging = documented('guides/overview/auth/byok', 'Debugging BYOK Issues');
const alwaysUse = sandboxOnly(
  'shared capacity hides the refusal unless "Always use for this provider" is on, which only the web interface can switch',
);
const providerReturned = { pattern: /^(Provider returned error|Upstream error from )/, level: 'observed' } as const;

/**
 * What the provider answered to the customer's own key, where nothing else may serve the request.
 * Which status OpenRouter makes of it is not documented: the provider's own, or 502 for one that is not the caller's fault.
 */
export const chatByok = {
  'chat/byok-400': {
    endpoint: 'chat',
    says: "The provider refuses the request made with the customer's key as invalid.",
    status: [400],
    errorType: ['invalid_request', 'invalid_prompt'],
    message: providerReturned,
    form: 'envelope',
    alsoOn: onResponsesAndMessages,
    source: debugging,
    provocation: alwaysUse,
  },
  'chat/byok-401': {
    endpoint: 'chat',
    says: "The provider does not know the customer's key.",
    status: [401, 403, 502],
    errorType: ['authentication', 'permission_denied', 'provider_unavailable'],
    message: providerReturned,
    form: 'envelope',
    alsoOn: onResponsesAndMessages,
    source: guided('Troubleshooting: 401 or 403'),
    provocation: alwaysUse,
  },
  'chat/byok-403': {
    endpoint: 'chat',
    says: "The provider does not let the customer's key do this, or its account is out of credits.",
    status: [403, 401, 402, 502],
    errorType: ['permission_denied', 'authentication', 'payment_required', 'provider_unavailable'],
    message: providerReturned,
    form: 'envelope',
    alsoOn: onResponsesAndMessages,
    source: guided('Troubleshooting: 401 or 403'),
    provocation: alwaysUse,
  },
  'chat/byok-429': {
    endpoint: 'chat',
    says: "The provider limits the rate, or the quota, of the customer's key.",
    status: [429],
    errorType: ['rate_limit_exceeded'],
    availability: { code: ['capacity_exhausted'] },
    message: providerReturned,
    headers: { allowed: ['retry-after'] },
    form: 'envelope',
    alsoOn: onResponsesAndMessages,
    source: debugging,
    provocation: alwaysUse,
  },
  'chat/byok-500': {
    endpoint: 'chat',
    says: "The provider fails on a request made with the customer's key.",
    // An upstream 500 was seen as 502 (2026-09).
    status: [500, 502, 503],
    errorType: ['server', 'provider_unavailable', 'provider_overloaded', 'unmapped'],
    availability: { code: ['temporarily_unavailable'] },
    headers: { allowed: ['retry-after'] },
    form: 'envelope',
    alsoOn: onResponsesAndMessages,
    source: debugging,
    provocation: sandboxOnly('the provider has to break'),
  },
} as const satisfies Record<`chat/byok-${string}`, ErrorRow>;
