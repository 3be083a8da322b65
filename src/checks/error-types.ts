import { responsesCodeOf, statusOf } from '../contract/errors/mapping.ts';
import type { AvailabilityCode, ErrorType } from '../contract/errors/row.ts';

/**
 * Statuses of an `error_type` beside the documented one: the specification has others for time-outs and overload, and spent
 * limits were seen as 402 and 403.
 */
const others: Partial<Record<ErrorType, readonly number[]>> = {
  token_limit_exceeded: [402],
  payment_required: [403],
  provider_overloaded: [529],
  timeout: [408, 524],
};

/**
 * Not being allowed is 403 on one page and 404 on another.
 * Source: https://openrouter.ai/docs/api_reference/errors-and-debugging, Availability.
 */
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
  return isErrorType(type) ? [statusOf[type], ...(others[type] ?? [])] : undefined;
}

/** Undefined for a code nobody has documented: there will be others. */
export function statusesOfAvailability(code: string): readonly number[] | undefined {
  return Object.hasOwn(availabilityStatuses, code) ? availabilityStatuses[code as AvailabilityCode] : undefined;
}

export function isErrorType(type: string): type is ErrorType {
  return Object.hasOwn(statusOf, type);
}

/** Types that the specification has as codes of /responses too (ResponsesErrorField), though the page maps them elsewhere. */
const sameWord: ReadonlySet<ErrorType> = new Set([
  'invalid_prompt',
  'invalid_image',
  'image_too_large',
  'image_too_small',
]);

/** What `error.code` may say on /responses where it is a word, the documented one first. */
export function responsesCodesOf(type: ErrorType): readonly string[] {
  return [responsesCodeOf(type), ...(sameWord.has(type) ? [type] : [])];
}
