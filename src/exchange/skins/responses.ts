import { addCreated, addError, addHead, addUsage, type Draft, type Part } from '../draft.ts';
import { listOf, objectOf, stringOf } from '../json-reading.ts';
import { finishCall, startCall, addArguments } from '../tool-calls.ts';

type Json = Part['json'];

/** A result or stream event of /responses. */
export function addResponsesPart(answer: Draft, { json, event, unframed }: Part): void {
  const type = stringOf(json['type']) ?? '';
  if (answer.mode === 'json' || unframed) addResult(answer, json, event);
  else if (type === 'error' || type === 'response.error') addErrorEvent(answer, json, event);
  else if (objectOf(json['response']) !== undefined) addSnapshot(answer, objectOf(json['response']) ?? {}, event);
  else if ('error' in json)
    addError(answer, json['error'], { where: 'top-level', pointer: '/error', event, beside: json });
  else addDelta(answer, type, json);
}

/** The documentation nests the error, the specification lays its fields beside the type; both are read. */
function addErrorEvent(answer: Draft, json: Json, event: number): void {
  const nested = objectOf(json['error']);
  const { type: _, ...flat } = json;
  const pointer = nested === undefined ? '' : '/error';
  answer.metadata = json['openrouter_metadata'] ?? answer.metadata;
  addError(answer, nested ?? flat, { where: 'event', pointer, event, beside: json });
}

function addResult(answer: Draft, json: Json, event: number): void {
  addHead(answer, json);
  addCreated(answer, json['created_at']);
  const where = json['status'] === 'failed' || 'output' in json ? 'response' : 'bare';
  addError(answer, json['error'], { where, pointer: '/error', event, beside: json });
  for (const item of listOf(json['output'])) addItem(answer, objectOf(item));
  addEnding(answer, json, event);
  addUsage(answer, json['usage'], event, inChatNames);
}

/** The response as an event repeats it: with the first events its head, with the last one all of it. */
function addSnapshot(answer: Draft, response: Json, event: number): void {
  addHead(answer, response);
  addCreated(answer, response['created_at']);
  addError(answer, response['error'], { where: 'response', pointer: '/response/error', event, beside: response });
  addEnding(answer, response, event);
  addUsage(answer, response['usage'], event, inChatNames);
  if (answer.ending !== null && 'output' in response) answer.restated = textOf(listOf(response['output']));
}

function addEnding(answer: Draft, response: Json, event: number): void {
  const status = stringOf(response['status']);
  if (status === undefined || status === 'in_progress' || status === 'queued') return;
  const why = stringOf(objectOf(response['incomplete_details'])?.['reason']);
  const reason = finishReasonOf(status, why, answer.toolCalls.length > 0);
  answer.ending ??= why === undefined ? status : `${status}: ${why}`;
  answer.finishReasons.push({ event, reason, native: null });
  answer.finishReason ??= reason;
}

function finishReasonOf(status: string, why: string | undefined, calls: boolean): string | null {
  if (status === 'completed') return calls ? 'tool_calls' : 'stop';
  if (status === 'failed') return 'error';
  if (status !== 'incomplete') return null;
  if (why === 'max_output_tokens') return 'length';
  return why === 'content_filter' ? 'content_filter' : null;
}

/** One finished item of the output. */
function addItem(answer: Draft, item: Json | undefined): void {
  switch (item?.['type']) {
    case 'message':
      answer.content += textOf([item]);
      for (const part of listOf(item['content'])) answer.refusal += stringOf(objectOf(part)?.['refusal']) ?? '';
      break;
    case 'reasoning':
      answer.reasoningDetails.push(item);
      for (const part of [...listOf(item['summary']), ...listOf(item['content'])]) {
        answer.reasoning += stringOf(objectOf(part)?.['text']) ?? '';
      }
      break;
    case 'function_call': {
      const call = startCall(answer.toolCalls, answer.toolCalls.length, { id: item['call_id'], name: item['name'] });
      addArguments(call, item['arguments']);
      break;
    }
    default:
  }
}

function addDelta(answer: Draft, type: string, json: Json): void {
  const delta = stringOf(json['delta']) ?? '';
  const item = objectOf(json['item']);
  const calls = answer.toolCalls;
  const index = typeof json['output_index'] === 'number' ? json['output_index'] : -1;
  const call = calls.find((known) => known.index === index);
  switch (type) {
    case 'response.output_text.delta':
      answer.content += delta;
      break;
    case 'response.refusal.delta':
      answer.refusal += delta;
      break;
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      answer.reasoning += delta;
      break;
    case 'response.output_item.added':
      if (item?.['type'] === 'function_call') startCall(calls, index, { id: item['call_id'], name: item['name'] });
      break;
    case 'response.function_call_arguments.delta':
      addArguments(call ?? startCall(calls, index, {}), json['delta']);
      break;
    case 'response.function_call_arguments.done':
      finishCall(call ?? startCall(calls, index, {}), json['arguments']);
      break;
    case 'response.output_item.done':
      if (item?.['type'] === 'reasoning') answer.reasoningDetails.push(item);
      break;
    default:
  }
}

function textOf(output: readonly unknown[]): string {
  return output
    .map(objectOf)
    .filter((item) => item?.['type'] === 'message')
    .flatMap((item) => listOf(item?.['content']))
    .map((part) => stringOf(objectOf(part)?.['text']) ?? '')
    .join('');
}

/** Source: Usage in the OpenAPI document. */
function inChatNames(usage: Json): Json {
  const { input_tokens, output_tokens, input_tokens_details, output_tokens_details, cost_details, ...same } = usage;
  const costs = objectOf(cost_details);
  return {
    ...same,
    prompt_tokens: input_tokens,
    completion_tokens: output_tokens,
    prompt_tokens_details: input_tokens_details,
    completion_tokens_details: output_tokens_details,
    ...(costs !== undefined && {
      cost_details: {
        upstream_inference_cost: costs['upstream_inference_cost'],
        upstream_inference_prompt_cost: costs['upstream_inference_input_cost'],
        upstream_inference_completions_cost: costs['upstream_inference_output_cost'],
      },
    }),
  };
}
