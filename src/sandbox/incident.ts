/**
 * Troubles that an honest OpenRouter can meet and no call can bring about: the provider fails, the platform fails, the edge
 * steps in, the account is in a state that only its owner can make. Not to be confused with a fault, where the sandbox lies.
 *
 * Once set, an incident lasts; whoever calls with the key that was returned for it meets it.
 */
export const incidents = {
  // The provider refuses before its first token.
  'provider-bad-request': 'every host answers 400: it does not take a parameter that was passed on',
  'provider-max-tokens-exceeded': 'every host answers 400: more output tokens asked for than it generates',
  'provider-token-limit': 'every host answers 400: over a limit on tokens',
  'provider-string-too-long': 'every host answers 400: a field is too long',
  'provider-content-policy': 'every host answers 400: the content is against its policy',
  'provider-refusal': 'every host answers 400: it refuses to answer this',
  'provider-terms-of-service': 'every host answers 403: against its terms of service',
  'provider-model-gone': 'every host answers 404: it does not have the model',
  'provider-unprocessable': 'every host answers 422',
  'provider-rate-limited': 'every host answers 429, with Retry-After',
  'provider-internal-error': 'every host answers 500',
  'provider-unmapped-error': 'every host answers with a failure OpenRouter has no name for',
  'provider-unavailable': 'every host closes the connection without an answer',
  'provider-overloaded': 'every host answers 503, with Retry-After',
  'provider-529': 'every host answers 529',
  'provider-timeout': 'every host accepts the request and then says nothing',
  'provider-deadline': 'every host answers 504',
  // The provider fails after its first token.
  'provider-cuts-off': 'the connection to the host breaks after some tokens',
  'provider-stalls': 'the host goes silent after some tokens',
  'provider-token-limit-late': 'the host reports a token limit after some tokens',
  'provider-content-filter-late': 'the host filters its output after some tokens',
  'provider-overloaded-late': 'the host reports overload after some tokens',
  'provider-rate-limited-late': 'the host reports its rate limit after some tokens',
  'provider-internal-error-late': 'the host reports an internal error after some tokens',
  'provider-empty-answer': 'the host ends its answer without any token or finish reason',
  'provider-native-error': 'the host ends its answer with a finish reason of its own, `error`, and nothing else',
  'provider-error-without-choices':
    'the host reports an error after some tokens, and the chunk that tells has no choices',
  'stream-truncated': 'OpenRouter’s stream ends after some tokens without finish reason, usage or [DONE]',
  'stream-error-with-usage': 'the chunk that tells of a late error has a normal choice and usage beside it',
  'response-error-event': 'on /responses a late error is told with a `response.error` event',
  'error-event': 'on /responses a late error is told with an `error` event',
  'bare-error': 'a late error comes as a bare JSON body under 200, without framing',
  // The platform.
  'internal-error': 'OpenRouter answers 500 to everything',
  'platform-rate-limited': 'OpenRouter answers 429 to every call of its account and management API',
  'bad-gateway': 'OpenRouter answers 502 to reads of generation records',
  'records-overloaded': 'OpenRouter answers 529 to reads of generation records',
  'records-need-credits': 'OpenRouter answers 402 to reads of generation records',
  'no-provider-left': 'OpenRouter answers 503: no provider meets the routing requirements',
  'capacity-exhausted': 'every attempt at every host of the model ends in 429',
  'admission-control': 'OpenRouter admits no more requests: 429',
  'free-minute-limit': 'the account has used up its requests to free models of this minute',
  'free-day-limit': 'the account has used up its requests to free models of this day',
  'small-body-limit': 'bodies over 16 KiB are too large, refused by OpenRouter itself',
  'permission-required': 'listings ask for a management key',
  // The edge in front of it.
  'edge-too-large': 'bodies over 16 KiB are refused by the edge, in HTML',
  'edge-rate-limited': 'the edge sees an attack: 429, in HTML',
  'edge-timeout': 'the edge gives up waiting: 524, in HTML',
  // The account.
  'negative-balance': 'the account owes money',
  'in-flight-budget': 'requests under way have reserved the rest of the credits',
  'account-allows-others': 'the account allows other providers only',
  'moderation-flagged': 'the model is moderated and the prompt is flagged',
  'region-restricted': 'the caller is in a region the model is not offered in',
  'data-region-elsewhere': 'the account keeps its data in a region without an endpoint of the model',
  'free-publication-off': 'the account does not allow free endpoints that publish prompts',
  'workspace-budget-spent': 'the workspace has spent its monthly budget',
  'default-workspace-deleted': 'the account has no default workspace any more',
} as const;

export type IncidentName = keyof typeof incidents;
