import { routerMetadataOnError } from './metadata.ts';
import { integer, nullable, object, string, text, type Schema } from './shape.ts';

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

/** On /messages the specification has Anthropic's envelope; in 2026 the plain one of OpenRouter was seen there. */
export const errorEnvelopeOfMessages: Schema = object(
  { error: object({ message: text }, { code, type: text }) },
  { request_id: nullable(string), openrouter_metadata: nullable(routerMetadataOnError) },
);

/** `error` inside an answer whose status is 200: at the top of a chunk or in a choice. */
export const errorInBand: Schema = object({ code, message: text }, { metadata });
