import { sandboxOnly } from '../provocation.ts';
import type { ErrorRow } from '../row.ts';
import { onAll, onResponses, onResponsesAndCompletions, onResponsesAndMessages } from '../skins.ts';
import { documented, specified } from '../source.ts';

const errors = 'api_reference/errors-and-debugging';
const limits = 'api_reference/limits';
const rateLimit = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'] as const;

/** 408, 412, 413, 422 and 429 of POST /chat/completions: time, size and rate. */
export const chatLimits = {
  'chat/408-timeout': {
    endpoint: 'chat',
    says: 'The request took too long.',
    // The specification has 408 and 524, the table of error types 504.
    status: [408, 504, 524],
    errorType: ['timeout'],
    message: { pattern: /timed out/i, level: 'observed' },
    form: 'envelope',
    alsoOn: onResponsesAndCompletions,
    source: specified('POST /chat/completions 408'),
    provocation: sandboxOnly('a provider has to be slow'),
  },
  'chat/412-precondition': {
    endpoint: 'chat',
    says: 'A precondition header of the request does not hold.',
    status: [412],
    errorType: ['precondition_failed'],
    form: 'envelope',
    alsoOn: onResponses,
    source: documented(errors, 'Typed error codes: Request validation'),
    provocation: sandboxOnly('no resource of this API has an entity tag to compare with'),
  },
  'chat/413-payload-too-large': {
    endpoint: 'chat',
    says: 'The body of the request is too large.',
    status: [413],
    errorType: ['payload_too_large'],
    form: 'edge',
    alsoOn: onResponsesAndCompletions,
    source: specified('POST /chat/completions 413'),
    provocation: sandboxOnly('a body of many megabytes is neither sent to strangers nor kept'),
  },
  'chat/422-unprocessable': {
    endpoint: 'chat',
    says: 'The request is well-formed, yet its meaning cannot be acted on.',
    status: [422],
    errorType: ['unprocessable'],
    form: 'envelope',
    alsoOn: onResponsesAndCompletions,
    source: specified('POST /chat/completions 422'),
    provocation: sandboxOnly('what OpenRouter holds to be unprocessable rather than invalid is not documented'),
  },
  'chat/429-free-rpm': {
    endpoint: 'chat',
    says: 'More requests to free models in a minute than are allowed.',
    status: [429],
    errorType: ['rate_limit_exceeded'],
    message: { pattern: /^Rate limit exceeded/, level: 'observed' },
    headers: { allowed: [...rateLimit, 'retry-after'] },
    form: 'envelope',
    alsoOn: onAll,
    source: specified('POST /chat/completions 429'),
    provocation: sandboxOnly('a flood of calls is never sent to OpenRouter'),
  },
  'chat/429-free-rpd': {
    endpoint: 'chat',
    says: 'More requests to free models in a day than are allowed.',
    status: [429],
    errorType: ['rate_limit_exceeded'],
    message: { pattern: /^Rate limit exceeded/, level: 'observed' },
    headers: { allowed: [...rateLimit, 'retry-after'] },
    form: 'envelope',
    alsoOn: onAll,
    source: documented(limits, 'Rate Limits'),
    provocation: sandboxOnly("would use up the account's free calls for the day"),
  },
  'chat/429-ddos': {
    endpoint: 'chat',
    says: 'The edge takes the traffic for an attack.',
    status: [429],
    headers: { allowed: ['retry-after'] },
    form: 'edge',
    alsoOn: onAll,
    source: documented(limits, 'Rate Limits'),
    provocation: sandboxOnly('must never be provoked'),
  },
  'chat/429-provider': {
    endpoint: 'chat',
    says: 'The provider limits the rate.',
    status: [429],
    errorType: ['rate_limit_exceeded'],
    message: { pattern: /^(Provider returned error|Rate limit exceeded)/, level: 'observed' },
    headers: { allowed: ['retry-after'] },
    form: 'envelope',
    alsoOn: onAll,
    source: documented(errors, 'Provider errors'),
    provocation: sandboxOnly('shared capacity is limited when it is; no call brings that about'),
  },
  'chat/429-capacity-exhausted': {
    endpoint: 'chat',
    says: 'Every attempted provider limits the rate; retry_after and Retry-After agree.',
    status: [429],
    errorType: ['rate_limit_exceeded'],
    availability: { code: ['capacity_exhausted'] },
    headers: { allowed: ['retry-after'] },
    form: 'envelope',
    alsoOn: onResponsesAndMessages,
    source: documented(errors, 'Availability: capacity_exhausted'),
    provocation: sandboxOnly('every provider of the model would have to be at capacity'),
  },
} as const satisfies Record<`chat/4${string}`, ErrorRow>;
