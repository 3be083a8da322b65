import type { AvailabilityCode, ErrorType } from '../contract/errors/row.ts';

/**
 * The HTTP statuses an `error_type` comes with, the documented one first. Where sources disagree, all of theirs: time-outs and
 * overload have other statuses in the specification, spent limits were seen as 402 and 403.
 *
 * Source: https://openrouter.ai/docs/api_reference/errors-and-debugging, Typed error codes.
 */
const statuses: Readonly<Record<ErrorType, readonly number[]>> = {
  context_length_exceeded: [400],
  max_tokens_exceeded: [400],
  token_limit_exceeded: [400, 402],
  string_too_long: [400],
  invalid_request: [400],
  invalid_prompt: [400],
  content_policy_violation: [400],
  refusal: [400],
  invalid_image: [400],
  image_too_large: [400],
  image_too_small: [400],
  unsupported_image_format: [400],
  image_download_failed: [400],
  authentication: [401],
  payment_required: [402, 403],
  permission_denied: [403],
  not_found: [404],
  image_not_found: [404],
  precondition_failed: [412],
  payload_too_large: [413],
  unprocessable: [422],
  rate_limit_exceeded: [429],
  server: [500],
  unmapped: [500],
  provider_unavailable: [502],
  provider_overloaded: [503, 529],
  timeout: [504, 408, 524],
};

/** Source: the same page, Availability. Not being allowed was also seen as 404 where the page says 403, and the reverse. */
const availabilityStatuses: Readonly<Record<AvailabilityCode, readonly number[]>> = {
  model_not_found: [400],
  wrong_endpoint: [400],
  no_endpoints: [404],
  model_deprecated: [404],
  model_unavailable_upstream: [404],
  capacity_exhausted: [429],
  temporarily_unavailable: [503, 529],
  region_restricted: [403],
  privacy_restricted: [404],
  constraint_filtered: [404, 403],
  free_variant_ended: [404],
};

/** Undefined for a type nobody has documented. */
export function statusesOfType(type: string): readonly number[] | undefined {
  return isErrorType(type) ? statuses[type] : undefined;
}

/** Undefined for a code nobody has documented: there will be others. */
export function statusesOfAvailability(code: string): readonly number[] | undefined {
  return Object.hasOwn(availabilityStatuses, code) ? availabilityStatuses[code as AvailabilityCode] : undefined;
}

export function isErrorType(type: string): type is ErrorType {
  return Object.hasOwn(statuses, type);
}

const messagesTypes: Partial<Record<ErrorType, string>> = {
  authentication: 'authentication_error',
  permission_denied: 'permission_error',
  payment_required: 'billing_error',
  not_found: 'not_found_error',
  image_not_found: 'not_found_error',
  rate_limit_exceeded: 'rate_limit_error',
  provider_overloaded: 'overloaded_error',
  timeout: 'timeout_error',
  provider_unavailable: 'api_error',
  server: 'api_error',
  unmapped: 'api_error',
};

/** What `error.type` says on /messages. Source: the same page, Typed error codes: Messages. */
export function messagesTypeOf(type: ErrorType): string {
  return messagesTypes[type] ?? 'invalid_request_error';
}

const responsesCodes: Partial<Record<ErrorType, string>> = {
  rate_limit_exceeded: 'rate_limit_exceeded',
  context_length_exceeded: 'invalid_prompt',
  invalid_request: 'invalid_prompt',
  content_policy_violation: 'image_content_policy_violation',
};

/** Types that the specification has as codes of /responses too (ResponsesErrorField), though the page maps them elsewhere. */
const sameWord: ReadonlySet<ErrorType> = new Set([
  'invalid_prompt',
  'invalid_image',
  'image_too_large',
  'image_too_small',
]);

/**
 * What `error.code` may say on /responses where it is a word, the documented one first.
 * Source: the same page, Typed error codes: Responses.
 */
export function responsesCodesOf(type: ErrorType): readonly string[] {
  return [responsesCodes[type] ?? 'server_error', ...(sameWord.has(type) ? [type] : [])];
}
