import { routerMetadataOnError } from './metadata.ts';
import {
  always,
  array,
  boolean,
  integer,
  nullable,
  number,
  object,
  oneOf,
  string,
  text,
  type Schema,
} from './shape.ts';

/** A number that repeats the HTTP status; a word on /responses and in the documentation's example of a stream. */
const code: Schema = { type: ['integer', 'string'] };

const metadata = nullable(object({}));

/** `{error: {code, message, metadata?}}`, the body of every failure but on /messages. */
export const errorEnvelope: Schema = object(
  { error: object({ code: integer, message: text }, { metadata }) },
  { user_id: nullable(string), openrouter_metadata: nullable(routerMetadataOnError) },
);

/**
 * The same on /responses, where the code may be a word and, in 2025, the validator's own report was the body.
 * Source: api_reference/responses/error-handling.
 */
export const errorEnvelopeOfResponses: Schema = object(
  { error: object({ code, message: text }, { metadata }) },
  { user_id: nullable(string), openrouter_metadata: nullable(routerMetadataOnError) },
);

/** `error` as Anthropic's API has it, in its envelope and in the error event of a stream. */
export const anthropicError: Schema = object(
  {
    type: oneOf(
      'invalid_request_error',
      'authentication_error',
      'permission_error',
      'not_found_error',
      'rate_limit_error',
      'api_error',
      'overloaded_error',
      'billing_error',
      'timeout_error',
    ),
    message: text,
  },
  { error_type: text },
);

/** Anthropic's envelope, which the specification has for /messages. Source: AnthropicMessagesErrorResponse. */
export const errorEnvelopeOfMessages: Schema = object(
  { type: always('error'), error: anthropicError, request_id: nullable(string) },
  { metadata: object({}), openrouter_metadata: nullable(routerMetadataOnError) },
);

/** Why nothing could serve. Source: api_reference/errors-and-debugging, Availability; codes and reasons are open sets. */
export const availability: Schema = object(
  { code: text, retryable: boolean, requested_models: array(string), docs_url: text },
  {
    retry_after: nullable(number),
    affected_providers: nullable(array(string)),
    excluded_by: array(string),
    fallback_models: array(string),
    constraint: object({ field: text, detail: string }),
  },
);

/** `error` inside an answer whose status is 200: at the top of a chunk or in a choice. */
export const errorInBand: Schema = object({ code, message: text }, { metadata });
