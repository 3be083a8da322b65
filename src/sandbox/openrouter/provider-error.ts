import { ApiError } from './api-error.ts';
import { hostOf } from './catalogue.ts';
import { type ErrorType, typeOfStatus } from './error-type.ts';
import type { Candidate } from './route.ts';
import type { UpstreamFailure } from './upstream-events.ts';

const timedOut = 'Operation timed out. Please try again later.';

/** Words for one and the same trouble in the bodies of hosts, and OpenRouter's own. */
const typesOfWords: Record<string, ErrorType> = {
  context_length_exceeded: 'context_length_exceeded',
  max_tokens_exceeded: 'max_tokens_exceeded',
  token_limit_exceeded: 'token_limit_exceeded',
  string_above_max_length: 'string_too_long',
  content_filter: 'content_policy_violation',
  content_policy_violation: 'content_policy_violation',
  refusal: 'refusal',
};

/** Statuses of hosts that OpenRouter has a type for. */
const known = new Set([400, 401, 402, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504, 529]);

/**
 * The form in which a host's refusal reaches the client: the host's status, except that its 500 becomes 502, and its body as
 * `raw`. Seen 2026-02 to 2026-09; on shared capacity a 429 says so instead of showing the body.
 */
export function providerError(failure: UpstreamFailure, candidate: Candidate): ApiError {
  const { status, raw } = failure;
  const who = { provider_name: hostOf(candidate.endpoint).name, is_byok: candidate.ownKey !== null };
  if (status === 429) return rateLimited(raw, who, candidate.model.id);
  if (status === 408) return new ApiError(408, timedOut, { metadata: who, errorType: 'timeout' });
  if (status !== null && !known.has(status)) return new ApiError(500, '', { errorType: 'unmapped' });
  const word = wordIn(raw);
  if (status === 403 && word === 'terms_of_service_violation') {
    return new ApiError(403, 'The request is prohibited due to a violation of provider Terms Of Service.', {
      metadata: { provider_name: null },
      errorType: 'permission_denied',
    });
  }
  const shown = status === null || status === 500 ? 502 : status;
  const broken = status === null || status >= 500;
  return new ApiError(shown, 'Provider returned error', {
    metadata: { raw, ...who, ...(broken && { provider_error_code: String(status ?? 502) }) },
    errorType: (status === 400 && typesOfWords[word]) || typeOfStatus(shown),
  });
}

/**
 * The form in which a host's failure after the first token reaches the client, when nothing can be undone:
 * https://openrouter.ai/docs/api_reference/streaming
 */
export function lateError({ status, raw }: UpstreamFailure): ApiError {
  if (status === null) {
    return new ApiError(502, 'Provider disconnected unexpectedly', { errorType: 'provider_unavailable' });
  }
  if (status === 408) return new ApiError(504, timedOut, { errorType: 'timeout' });
  const word = wordIn(raw);
  const errorType = (status === 400 && typesOfWords[word]) || typeOfStatus(status);
  const message = status === 429 ? 'Rate limit exceeded' : 'Provider returned error';
  return new ApiError(status, message, { errorType, metadata: word === '' ? {} : { provider_code: word } });
}

function rateLimited(raw: string, who: { provider_name: string; is_byok: boolean }, model: string): ApiError {
  const settings = 'https://openrouter.ai/settings/integrations';
  const metadata = who.is_byok
    ? {
        raw,
        ...who,
        limit_source: 'upstream_provider_byok',
        remedy_hint: 'Wait for the limit of your own provider key to reset, or raise it with the provider.',
      }
    : {
        raw: `${model} is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits: ${settings}`,
        ...who,
        limit_source: 'upstream_provider_shared_pool',
        remedy_hint: `Retry shortly, add your own provider key (${settings}), or route to another provider with provider routing: https://openrouter.ai/docs/features/provider-routing`,
      };
  return new ApiError(429, 'Provider returned error', { metadata, errorType: 'rate_limit_exceeded' });
}

/** What a host calls its error, in the way of OpenAI: `error.code`, else `error.type`. */
function wordIn(raw: string): string {
  try {
    const { error } = JSON.parse(raw) as { error?: { code?: unknown; type?: unknown } };
    return [error?.code, error?.type].find((word) => typeof word === 'string') ?? '';
  } catch {
    return '';
  }
}
