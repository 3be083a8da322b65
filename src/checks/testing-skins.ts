import { ionet } from '../provider.ts';
import type { Subject } from './check.ts';
import { id, jsonSubject, metadata, streamSubject, subjectWith } from './testing.ts';

type Json = { [field: string]: unknown };

const cost = { cost: 0, is_byok: true };
const model = 'qwen/qwen3.6-27b';

export const responsesUsage: Json = {
  input_tokens: 10,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 2,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 12,
  ...cost,
  cost_details: {
    upstream_inference_cost: 0.0000104,
    upstream_inference_input_cost: 0.000004,
    upstream_inference_output_cost: 0.0000064,
  },
};

const text = { type: 'output_text', text: 'ok', annotations: [], logprobs: [] };
const message: Json = { id: 'msg_tmp_a', type: 'message', role: 'assistant', status: 'completed', content: [text] };

/** A response as sent today. */
export function response(over: Json = {}): Json {
  return {
    id,
    object: 'response',
    created_at: 1790000000,
    completed_at: 1790000001,
    model,
    status: 'completed',
    output: [message],
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    tools: [],
    tool_choice: 'auto',
    parallel_tool_calls: true,
    temperature: 1,
    top_p: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
    usage: responsesUsage,
    openrouter_metadata: metadata,
    ...over,
  };
}

/** The events of a whole response, without their numbers. */
export function responseEvents(): Json[] {
  const begun = response({
    status: 'in_progress',
    completed_at: null,
    output: [],
    usage: null,
    openrouter_metadata: undefined,
  });
  const place = { output_index: 0, item_id: 'msg_tmp_a', content_index: 0 };
  return [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...message, status: 'in_progress', content: [] },
    },
    { type: 'response.content_part.added', ...place, part: { ...text, text: '' } },
    { type: 'response.output_text.delta', ...place, delta: 'o', logprobs: [] },
    { type: 'response.output_text.delta', ...place, delta: 'k', logprobs: [] },
    { type: 'response.output_text.done', ...place, text: 'ok', logprobs: [] },
    { type: 'response.content_part.done', ...place, part: text },
    { type: 'response.output_item.done', output_index: 0, item: message },
    { type: 'response.completed', response: response() },
  ];
}

export function numbered(events: readonly Json[]): Json[] {
  return events.map((event, index) => ({ ...event, sequence_number: index }));
}

const messagesUsage: Json = {
  input_tokens: 10,
  output_tokens: 2,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  cache_creation: null,
  inference_geo: null,
  output_tokens_details: null,
  server_tool_use: null,
  service_tier: null,
  ...cost,
  cost_details: {
    upstream_inference_cost: 0.0000104,
    upstream_inference_prompt_cost: 0.000004,
    upstream_inference_completions_cost: 0.0000064,
  },
};

/** A message as documented. */
export function messageResult(over: Json = {}): Json {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model,
    provider: ionet.name,
    content: [{ type: 'text', text: 'ok', citations: null }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    stop_details: null,
    container: null,
    usage: messagesUsage,
    openrouter_metadata: metadata,
    ...over,
  };
}

/** The events of a whole message. */
export function messageEvents(): Json[] {
  const { cost: _, is_byok: __, cost_details: ___, ...counts } = messagesUsage;
  const begun = messageResult({ content: [], stop_reason: null, usage: { ...counts, output_tokens: 0 } });
  const { openrouter_metadata: ____, ...start } = begun;
  const delta = (said: string) => ({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'text_delta', text: said },
  });
  return [
    { type: 'message_start', message: start },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '', citations: null } },
    { type: 'ping' },
    delta('o'),
    delta('k'),
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null, stop_details: null, container: null },
      usage: counts,
    },
    { type: 'message_stop', openrouter_metadata: metadata },
  ];
}

export function completion(over: Json = {}): Json {
  return {
    id,
    object: 'text_completion',
    created: 1790000000,
    model,
    provider: ionet.name,
    choices: [{ index: 0, text: 'ok', finish_reason: 'stop', native_finish_reason: 'stop' }],
    ...over,
  };
}

const headers = { 'x-generation-id': id };

export function responseSubject(over: Json = {}, extra: Partial<Subject> = {}): Subject {
  return jsonSubject(response(over), { path: '/responses', headers }, extra);
}

export function responseStream(events: readonly Json[] = responseEvents(), extra: Partial<Subject> = {}): Subject {
  return streamOf([...numbered(events).map((event) => JSON.stringify(event)), '[DONE]'], extra);
}

/** A /responses stream of these events as they are. */
export function streamOf(events: readonly (Json | string)[], extra: Partial<Subject> = {}): Subject {
  return streamSubject(events, { path: '/responses', headers }, extra);
}

export function messageSubject(over: Json = {}, extra: Partial<Subject> = {}): Subject {
  return jsonSubject(messageResult(over), { path: '/messages', headers }, extra);
}

/** A /messages stream; each event has its type for a name. */
export function messageStream(
  events: readonly Json[] = messageEvents(),
  extra: Partial<Subject> = {},
  nameOf: (event: Json) => string = ({ type }) => `event: ${String(type)}\n`,
): Subject {
  const body = events.map((event) => `${nameOf(event)}data: ${JSON.stringify(event)}\n\n`).join('');
  return subjectWith(
    body,
    {
      path: '/messages',
      request: { model, stream: true },
      headers: { 'content-type': 'text/event-stream', ...headers },
    },
    extra,
  );
}
