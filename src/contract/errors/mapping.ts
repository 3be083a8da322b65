import type { ErrorType } from './row.ts';

// Source of the three tables: https://openrouter.ai/docs/api_reference/errors-and-debugging, "Typed error codes" and
// "Skin-specific error formats". A new error type is a compile error until each table has it.

/** HTTP status of each error type before a stream, and `error.code` inside one. */
export const statusOf = {
  context_length_exceeded: 400,
  max_tokens_exceeded: 400,
  token_limit_exceeded: 400,
  string_too_long: 400,
  invalid_request: 400,
  invalid_prompt: 400,
  content_policy_violation: 400,
  refusal: 400,
  invalid_image: 400,
  image_too_large: 400,
  image_too_small: 400,
  unsupported_image_format: 400,
  image_download_failed: 400,
  authentication: 401,
  payment_required: 402,
  permission_denied: 403,
  not_found: 404,
  image_not_found: 404,
  precondition_failed: 412,
  payload_too_large: 413,
  unprocessable: 422,
  rate_limit_exceeded: 429,
  server: 500,
  unmapped: 500,
  provider_unavailable: 502,
  provider_overloaded: 503,
  timeout: 504,
} as const satisfies Record<ErrorType, number>;

/** Every error type, in the order of the table above. */
export const errorTypes = Object.keys(statusOf) as readonly ErrorType[];

/** `error.code` on the Responses API, where most types share one. */
export function responsesCodeOf(type: ErrorType): string {
  switch (type) {
    case 'rate_limit_exceeded':
      return 'rate_limit_exceeded';
    case 'context_length_exceeded':
    case 'invalid_request':
      return 'invalid_prompt';
    case 'content_policy_violation':
      return 'image_content_policy_violation';
    default:
      return 'server_error';
  }
}

/** `error.type` on the Messages API. */
export function messagesTypeOf(type: ErrorType): string {
  switch (type) {
    case 'authentication':
      return 'authentication_error';
    case 'permission_denied':
      return 'permission_error';
    case 'payment_required':
      return 'billing_error';
    case 'not_found':
    case 'image_not_found':
      return 'not_found_error';
    case 'rate_limit_exceeded':
      return 'rate_limit_error';
    case 'provider_overloaded':
      return 'overloaded_error';
    case 'timeout':
      return 'timeout_error';
    default:
      return statusOf[type] < 500 ? 'invalid_request_error' : 'api_error';
  }
}

/** Words of `error.availability.excluded_by`. Source: the same page, "Availability". */
export const exclusions = [
  'geo',
  'data_region',
  'data_policy:zdr',
  'data_policy:training',
  'max_price',
  'context_length',
  'require_parameters',
  'quantization',
  'allowed_providers',
] as const;
