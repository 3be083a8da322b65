import type { Skin } from '../contract/errors/row.ts';
import type { ToolCall } from './tool-calls.ts';

/** One event of a stream; an answer that was not streamed counts as a single event. */
export interface AnswerEvent {
  /** Place among the events, from 0; comments are not events. */
  index: number;
  /** Milliseconds since the request was sent. */
  at: number;
  data: string;
  /** The parsed data; undefined when it is no JSON, as `[DONE]`. */
  json: unknown;
  /** What its `event:` line said. */
  name?: string;
  /** The `type` in its data. Chat chunks have none. */
  type?: string;
}

export interface AnswerError {
  code: unknown;
  message: string | null;
  metadata: unknown;
  /** Of Anthropic's envelope, e.g. `not_found_error`. */
  type?: string;
  /** `error_type`, wherever it stands: beside the error, in it, or in its metadata. */
  errorType?: string;
  /** In the error, or in its metadata. */
  availability?: unknown;
  /**
   * `top-level` beside the other fields of a result or chunk, `choice` inside `choices[0]`, `response` of a failed response,
   * `event` an event that is nothing else, `bare` a body that is nothing else.
   */
  where: 'top-level' | 'choice' | 'response' | 'event' | 'bare';
  /** JSON pointer of the error in its event. */
  pointer: string;
  /** Index of the event. */
  event: number;
}

/**
 * The answer of an inference API as a client ends up with it, the same for all of them and for both modes. Nothing is repaired
 * and nothing made up: what is missing or of a wrong type is null, undefined or empty, and what contradicts itself is listed
 * in full.
 */
export interface Answer {
  skin: Skin;
  mode: 'json' | 'stream';
  events: readonly AnswerEvent[];
  /** The first string seen, as all of `id`, `model`, `provider` and `object`. */
  id: string | null;
  model: string | null;
  /** Display name; /responses names none. */
  provider: string | null;
  object: string | null;
  /** Seconds since the Unix epoch; /messages has none. */
  created: number | null;
  /** Of the first choice, as all that follows; fragments in a row. */
  content: string;
  /** The content as the closing event of a streamed response tells it once more. */
  restated: string | null;
  reasoning: string;
  reasoningDetails: readonly unknown[];
  refusal: string;
  toolCalls: readonly ToolCall[];
  /** The first one seen, in the word of /chat/completions. */
  finishReason: string | null;
  /** The provider's own word, where it is told. */
  nativeFinishReason: string | null;
  /** The same in the word of the API: status and reason of a response, `stop_reason` of a message. */
  ending: string | null;
  /** Every finish reason, ours or the provider's, that is not null, with the index of its event. */
  finishReasons: readonly { event: number; reason: unknown; native: unknown }[];
  /** The last one seen that is an object, in the names of /chat/completions. */
  usage: Readonly<Record<string, unknown>> | undefined;
  /** The same as it was sent. */
  rawUsage: Readonly<Record<string, unknown>> | undefined;
  /** Every usage that is not null, as sent, with the index of its event. */
  usages: readonly { event: number; usage: unknown }[];
  /** `openrouter_metadata`, the last one seen. */
  metadata: unknown;
  /** The first error, wherever it stands. */
  error: AnswerError | null;
  /** Events that end the answer by their type, where the API has such. */
  terminals: readonly AnswerEvent[];
  /** `[DONE]` was seen. */
  done: boolean;
  /** Events after the first `[DONE]`. */
  afterDone: readonly AnswerEvent[];
}
