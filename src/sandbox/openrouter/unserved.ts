import { ApiError } from './api-error.ts';
import type { Availability, AvailabilityCode, ExcludedBy } from './availability.ts';
import type { ErrorType } from './error-type.ts';

const kinds: Record<AvailabilityCode, { status: number; errorType: ErrorType; retryable: boolean }> = {
  model_not_found: { status: 400, errorType: 'invalid_request', retryable: false },
  wrong_endpoint: { status: 400, errorType: 'invalid_request', retryable: false },
  no_endpoints: { status: 404, errorType: 'not_found', retryable: false },
  model_deprecated: { status: 404, errorType: 'not_found', retryable: false },
  model_unavailable_upstream: { status: 404, errorType: 'not_found', retryable: false },
  capacity_exhausted: { status: 429, errorType: 'rate_limit_exceeded', retryable: true },
  temporarily_unavailable: { status: 503, errorType: 'provider_overloaded', retryable: true },
  region_restricted: { status: 403, errorType: 'permission_denied', retryable: false },
  privacy_restricted: { status: 404, errorType: 'not_found', retryable: false },
  constraint_filtered: { status: 404, errorType: 'not_found', retryable: false },
  free_variant_ended: { status: 404, errorType: 'not_found', retryable: false },
};

/** What is known of a request that nobody can serve, beside what its code says. */
export interface Unserved {
  code: AvailabilityCode;
  message: string;
  requested: readonly string[];
  affected?: readonly string[];
  excludedBy?: ExcludedBy;
  fallbacks?: readonly string[];
  constraint?: Availability['constraint'];
  /** Seconds; also sent as header. */
  retryAfter?: number | undefined;
  metadata?: Record<string, unknown>;
  namesUser?: boolean;
}

/** The error for a request that nobody can serve. */
export function unavailable(unserved: Unserved): ApiError {
  const { code, message, requested, affected, excludedBy, fallbacks, constraint, retryAfter } = unserved;
  const { status, errorType, retryable } = kinds[code];
  const availability: Availability = {
    code,
    retryable,
    ...(retryAfter !== undefined && { retry_after: retryAfter }),
    requested_models: requested,
    ...(affected && { affected_providers: affected }),
    ...(excludedBy && { excluded_by: [excludedBy] }),
    ...(fallbacks && { fallback_models: fallbacks }),
    ...(constraint && { constraint }),
    docs_url: `https://openrouter.ai/docs/errors#${code}`,
  };
  return new ApiError(status, message, {
    errorType,
    availability,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(unserved.metadata && { metadata: unserved.metadata }),
    ...(unserved.namesUser !== undefined && { namesUser: unserved.namesUser }),
  });
}
