/**
 * OpenRouter's own names of what went wrong: https://openrouter.ai/openapi.yaml ApiErrorType. Written down again, beside those of the
 * contract, on purpose: a sandbox that shared the tables of its judge could not be wrong.
 */
export type ErrorType =
  | 'context_length_exceeded'
  | 'max_tokens_exceeded'
  | 'token_limit_exceeded'
  | 'string_too_long'
  | 'invalid_request'
  | 'invalid_prompt'
  | 'content_policy_violation'
  | 'refusal'
  | 'invalid_image'
  | 'image_too_large'
  | 'image_too_small'
  | 'unsupported_image_format'
  | 'image_download_failed'
  | 'authentication'
  | 'payment_required'
  | 'permission_denied'
  | 'not_found'
  | 'image_not_found'
  | 'precondition_failed'
  | 'payload_too_large'
  | 'unprocessable'
  | 'rate_limit_exceeded'
  | 'server'
  | 'unmapped'
  | 'provider_unavailable'
  | 'provider_overloaded'
  | 'timeout';

const byStatus: Partial<Record<number, ErrorType>> = {
  400: 'invalid_request',
  401: 'authentication',
  402: 'payment_required',
  403: 'permission_denied',
  404: 'not_found',
  408: 'timeout',
  412: 'precondition_failed',
  413: 'payload_too_large',
  422: 'unprocessable',
  429: 'rate_limit_exceeded',
  500: 'server',
  502: 'provider_unavailable',
  503: 'provider_overloaded',
  504: 'timeout',
  524: 'timeout',
  529: 'provider_overloaded',
};

/** The type of an error of which no more is known than its status. */
export const typeOfStatus = (status: number): ErrorType => byStatus[status] ?? 'unmapped';
