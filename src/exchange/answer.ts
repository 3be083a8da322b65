import type { Exchange } from './exchange.ts';
import { listOf, objectOf, stringOf } from './json-reading.ts';
import { parseJson } from './parse-json.ts';
import { addFragments, type ToolCall } from './tool-calls.ts';

/** One event of a stream; an answer that was not streamed counts as a single event. */
export interface AnswerEvent {
  /** Place among the events, from 0; comments are not events. */
  index: number;
  /** Milliseconds since the request was sent. */
  at: number;
  data: string;
  /** The parsed data; undefined when it is no JSON, as `[DONE]`. */
  json: unknown;
}

interface AnswerError {
  code: unknown;
  message: string | null;
  metadata: unknown;
  /** `top-level` beside the other fields of a result or chunk, `choice` inside `choices[0]`, `bare` a body that is nothing else. */
  where: 'top-level' | 'choice' | 'bare';
  /** Index of the event. */
  event: number;
}

/**
 * A chat answer as a client ends up with it, the same for both modes. Nothing is repaired and nothing made up: what is
 * missing or of a wrong type is null, undefined or empty, and what contradicts itself is listed in full.
 */
export interface Answer {
  mode: 'json' | 'stream';
  events: readonly AnswerEvent[];
  /** The first string seen, as all of `id`, `model`, `provider` and `object`. */
  id: string | null;
  model: string | null;
  provider: string | null;
  object: string | null;
  /** Seconds since the Unix epoch. */
  created: number | null;
  /** Of the first choice, as all that follows; fragments in a row. */
  content: string;
  reasoning: string;
  reasoningDetails: readonly unknown[];
  refusal: string;
  toolCalls: readonly ToolCall[];
  /** The first one seen. */
  finishReason: string | null;
  nativeFinishReason: string | null;
  /** Every finish reason, ours or the provider's, that is not null, with the index of its event. */
  finishReasons: readonly { event: number; reason: unknown; native: unknown }[];
  /** The last one seen that is an object. */
  usage: Readonly<Record<string, unknown>> | undefined;
  /** Every usage that is not null, with the index of its event. */
  usages: readonly { event: number; usage: unknown }[];
  /** `openrouter_metadata`, the last one seen. */
  metadata: unknown;
  /** The first error, wherever it stands. */
  error: AnswerError | null;
  /** `[DONE]` was seen. */
  done: boolean;
  /** Events after the first `[DONE]`. */
  afterDone: readonly AnswerEvent[];
}

type Draft = {
  -readonly [K in keyof Answer]: Answer[K] extends readonly (infer E)[] ? E[] : Answer[K];
};

const answers = new WeakMap<Exchange, Answer | null>();

/**
 * Reads the result of a chat completion, null when the body is neither JSON nor an event stream. Never throws, whatever the
 * body says. Repeated calls for one exchange return the same object.
 */
export function readAnswer(exchange: Exchange): Answer | null {
  const known = answers.get(exchange);
  if (known !== undefined) return known;
  const answer = exchange.stream === null && exchange.json === undefined ? null : accumulate(exchange);
  answers.set(exchange, answer);
  return answer;
}

function accumulate({ stream, json, text, end }: Exchange): Answer {
  const mode = stream === null ? 'json' : 'stream';
  const events =
    stream === null
      ? [{ index: 0, at: end.at, data: text, json }]
      : stream
          .filter((item) => item.kind === 'event')
          .map(({ at, data }, index) => ({ index, at, data, json: parseJson(data) }));
  const doneAt = mode === 'stream' ? events.findIndex(({ data }) => data === '[DONE]') : -1;
  const answer: Draft = {
    mode,
    events,
    id: null,
    model: null,
    provider: null,
    object: null,
    created: null,
    content: '',
    reasoning: '',
    reasoningDetails: [],
    refusal: '',
    toolCalls: [],
    finishReason: null,
    nativeFinishReason: null,
    finishReasons: [],
    usage: undefined,
    usages: [],
    metadata: undefined,
    error: null,
    done: doneAt !== -1,
    afterDone: doneAt === -1 ? [] : events.slice(doneAt + 1),
  };
  for (const event of events) addPart(answer, event.json, event.index);
  // JSON that stood in the stream without framing.
  if (stream !== null) addPart(answer, json, events.length, true);
  return answer;
}

/** Adds a result, a chunk of one, or an error. */
function addPart(answer: Draft, json: unknown, event: number, unframed = answer.mode === 'json'): void {
  const part = objectOf(json);
  if (part === undefined) return;
  answer.id ??= stringOf(part['id']) ?? null;
  answer.model ??= stringOf(part['model']) ?? null;
  answer.provider ??= stringOf(part['provider']) ?? null;
  answer.object ??= stringOf(part['object']) ?? null;
  answer.created ??= typeof part['created'] === 'number' ? part['created'] : null;
  answer.metadata = part['openrouter_metadata'] ?? answer.metadata;
  addError(answer, part['error'], unframed && !('choices' in part) ? 'bare' : 'top-level', event);
  // Answers have one choice: OpenRouter has no `n`.
  addChoice(answer, listOf(part['choices'])[0], event);
  addUsage(answer, part['usage'], event);
}

function addChoice(answer: Draft, value: unknown, event: number): void {
  const choice = objectOf(value);
  if (choice === undefined) return;
  const streamed = answer.mode === 'stream';
  const message = objectOf(choice[streamed ? 'delta' : 'message']);
  answer.content += stringOf(message?.['content']) ?? '';
  answer.reasoning += stringOf(message?.['reasoning']) ?? '';
  answer.reasoningDetails.push(...listOf(message?.['reasoning_details']));
  answer.refusal += stringOf(message?.['refusal']) ?? '';
  addFragments(answer.toolCalls, message?.['tool_calls'], streamed);
  const { finish_reason: reason = null, native_finish_reason: native = null } = choice;
  if (reason !== null || native !== null) answer.finishReasons.push({ event, reason, native });
  answer.finishReason ??= stringOf(reason) ?? null;
  answer.nativeFinishReason ??= stringOf(native) ?? null;
  addError(answer, choice['error'], 'choice', event);
}

function addUsage(answer: Draft, usage: unknown, event: number): void {
  if (usage === undefined || usage === null) return;
  answer.usages.push({ event, usage });
  answer.usage = objectOf(usage) ?? answer.usage;
}

function addError(answer: Draft, value: unknown, where: AnswerError['where'], event: number): void {
  if (value === undefined || value === null || answer.error !== null) return;
  const { code, message, metadata } = objectOf(value) ?? { message: value };
  answer.error = { code, message: stringOf(message) ?? null, metadata, where, event };
}
