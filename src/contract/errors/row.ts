import type { Requirement } from '../requirement.ts';

/** Values of `error_type` in OpenRouter's specification (ApiErrorType). */
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

/** `error.availability.code`. */
export type AvailabilityCode =
  | 'model_not_found'
  | 'wrong_endpoint'
  | 'no_endpoints'
  | 'model_deprecated'
  | 'model_unavailable_upstream'
  | 'capacity_exhausted'
  | 'temporarily_unavailable'
  | 'region_restricted'
  | 'privacy_restricted'
  | 'constraint_filtered'
  | 'free_variant_ended';

/** The forms in which an error can come. */
export type ErrorForm =
  /** The API's envelope under the error's own HTTP status. */
  | 'envelope'
  /** The edge's page, which may be HTML, under the error's own status. */
  | 'edge'
  /** A chunk with `error` in an event stream under 200. */
  | 'mid-stream'
  /** `choices[0].error` in a JSON answer under 200. */
  | 'choice'
  /** A terminal or error event of the Responses API. */
  | 'responses-event'
  /** The `error` event of the Messages API. */
  | 'messages-event'
  /** A Responses object with `status: "failed"`. */
  | 'failed-object'
  /** Documented to be turned into an answer that ends early. */
  | 'shortened-answer'
  /** An answer without content, or one whose only sign is `native_finish_reason`. */
  | 'silent'
  /** A stream that ends without finish reason or `[DONE]`. */
  | 'truncated';

/** The inference APIs. */
export type Skin = 'chat' | 'responses' | 'messages' | 'completions';

/** How the error can be brought about. */
export type Provocation =
  /** By an ordinary call, also live; says how. */
  | { how: 'live'; by: string }
  /** Only in the sandbox; says why. */
  | { how: 'sandbox-only'; because: string }
  /** By no harness; says why. */
  | { how: 'excluded'; because: string };

/** One documented (or merely observed) way for a call to fail. */
export interface ErrorRow {
  /** The API operation, e.g. `chat`, `responses`, `byok.create`, `guardrails.assign-keys.add`. */
  endpoint: string;
  /** Seen in traffic only; such a row never fails a run. */
  observedOnly?: true;
  /** What goes wrong, in one sentence of our own. */
  says: string;
  /** Every accepted HTTP status, the documented one first. Where sources disagree, all of theirs. */
  status: readonly [number, ...number[]];
  /** Accepted where one is sent; live errors before the stream often have none. */
  errorType?: readonly ErrorType[];
  availability?: { code: readonly AvailabilityCode[]; excludedBy?: string };
  /** A text of the specification is binding, one that was only seen is not. */
  message?: { pattern: RegExp; level: 'must' | 'observed' };
  /** Header names in lower case that may or must come with it. */
  headers?: { required?: readonly string[]; allowed?: readonly string[] };
  form: ErrorForm;
  /** Other inference APIs on which the same thing happens, in their own envelope. */
  alsoOn?: readonly Exclude<Skin, 'chat'>[];
  source: Requirement['source'];
  provocation: Provocation;
}
