import { addError, addHead, addUsage, type Draft, type Part } from '../draft.ts';
import { listOf, objectOf, stringOf } from '../json-reading.ts';
import { addArguments, startCall } from '../tool-calls.ts';

type Json = Part['json'];

/** A result or stream event of /messages. */
export function addMessagesPart(answer: Draft, { json, event, unframed }: Part): void {
  const type = stringOf(json['type']) ?? '';
  if ('error' in json) {
    const where = unframed ? 'bare' : type === 'error' ? 'event' : 'top-level';
    addError(answer, json['error'], { where, pointer: '/error', event, beside: json });
  }
  if (answer.mode === 'json' || unframed) addResult(answer, json, event);
  else addEvent(answer, type, json, event);
}

function addResult(answer: Draft, json: Json, event: number): void {
  addHead(answer, json);
  for (const [index, value] of listOf(json['content']).entries()) {
    const block = objectOf(value);
    addBlock(answer, index, block);
    if (block?.['type'] === 'tool_use') addInput(answer, block['input']);
  }
  addStop(answer, json, event);
  addUsage(answer, json['usage'], event, inChatNames);
}

function addEvent(answer: Draft, type: string, json: Json, event: number): void {
  switch (type) {
    case 'message_start': {
      const message = objectOf(json['message']);
      addHead(answer, message);
      addUsage(answer, message?.['usage'], event, inChatNames);
      break;
    }
    case 'content_block_start':
      addBlock(answer, indexOf(json), objectOf(json['content_block']));
      break;
    case 'content_block_delta':
      addDelta(answer, indexOf(json), objectOf(json['delta']));
      break;
    case 'message_delta': {
      const before = answer.rawUsage;
      addStop(answer, objectOf(json['delta']) ?? {}, event);
      // Counts are cumulative; what is not repeated still holds from the first event.
      addUsage(answer, json['usage'], event, (usage) => inChatNames({ ...before, ...given(usage) }));
      break;
    }
    default:
      answer.metadata = json['openrouter_metadata'] ?? answer.metadata;
  }
}

function indexOf(json: Json): number {
  return typeof json['index'] === 'number' ? json['index'] : -1;
}

function given(usage: Json): Json {
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== null));
}

function addBlock(answer: Draft, index: number, block: Json | undefined): void {
  switch (block?.['type']) {
    case 'text':
      answer.content += stringOf(block['text']) ?? '';
      break;
    case 'thinking':
      answer.reasoning += stringOf(block['thinking']) ?? '';
      answer.reasoningDetails.push(block);
      break;
    case 'redacted_thinking':
      answer.reasoningDetails.push(block);
      break;
    case 'tool_use':
      startCall(answer.toolCalls, index, { id: block['id'], name: block['name'] });
      break;
    default:
  }
}

function addDelta(answer: Draft, index: number, delta: Json | undefined): void {
  answer.content += stringOf(delta?.['text']) ?? '';
  answer.reasoning += stringOf(delta?.['thinking']) ?? '';
  if (delta?.['type'] !== 'input_json_delta') return;
  const call = answer.toolCalls.find((known) => known.index === index) ?? startCall(answer.toolCalls, index, {});
  addArguments(call, delta['partial_json']);
}

/** A result that was not streamed has the arguments as a value, not as text. */
function addInput(answer: Draft, input: unknown): void {
  const call = answer.toolCalls.at(-1);
  if (call !== undefined) addArguments(call, input === undefined ? undefined : JSON.stringify(input));
}

const finishReasons: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  compaction: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

function addStop(answer: Draft, said: Json, event: number): void {
  const word = said['stop_reason'];
  if (word === undefined || word === null) return;
  const reason = (typeof word === 'string' ? finishReasons[word] : undefined) ?? null;
  answer.finishReasons.push({ event, reason, native: null });
  answer.ending ??= stringOf(word) ?? null;
  answer.finishReason ??= reason;
}

/**
 * Anthropic's counts leave cached tokens out of the input and give no total.
 * Source: https://docs.anthropic.com/en/docs/build-with-claude/prompt-caching, Tracking cache performance.
 */
function inChatNames(usage: Json): Json {
  const { input_tokens, output_tokens, cache_read_input_tokens, cache_creation_input_tokens, ...same } = usage;
  const thinking = objectOf(usage['output_tokens_details'])?.['thinking_tokens'];
  return {
    ...same,
    prompt_tokens: sum(input_tokens, cache_read_input_tokens, cache_creation_input_tokens),
    completion_tokens: output_tokens,
    prompt_tokens_details: {
      cached_tokens: cache_read_input_tokens,
      cache_write_tokens: cache_creation_input_tokens,
    },
    ...(thinking !== undefined && { completion_tokens_details: { reasoning_tokens: thinking } }),
  };
}

function sum(input: unknown, ...cached: unknown[]): unknown {
  if (typeof input !== 'number') return input;
  return cached.reduce<number>((total, count) => total + (typeof count === 'number' ? count : 0), input);
}
