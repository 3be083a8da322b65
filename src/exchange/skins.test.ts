import { describe, expect, it, test } from 'vitest';
import type { Answer } from './answer-view.ts';
import { readAnswer } from './answer.ts';
import { carriesContent } from './carries-content.ts';
import type { Exchange } from './exchange.ts';
import { readExchange } from './read-exchange.ts';
import { wireOf } from './testing.ts';

type Json = { [field: string]: unknown };

function exchangeOf(path: string, parts: readonly string[], type: string, status = 200): Exchange {
  const wire = wireOf(parts, { type, status });
  return readExchange({ ...wire, call: { ...wire.call, path } });
}

const result = (path: string, body: unknown, status?: number) =>
  readAnswer(exchangeOf(path, [JSON.stringify(body)], 'application/json', status));

const streamOf = (path: string, events: readonly Json[], name = false) =>
  exchangeOf(
    path,
    events.map((event) => `${name ? `event: ${String(event['type'])}\n` : ''}data: ${JSON.stringify(event)}\n\n`),
    'text/event-stream',
  );

const streamed = (path: string, events: readonly Json[], name?: boolean) => readAnswer(streamOf(path, events, name));

const error = { code: 'server_error', message: 'Upstream' };

describe('/responses', () => {
  const usage = {
    input_tokens: 20,
    input_tokens_details: { cached_tokens: 4 },
    output_tokens: 7,
    output_tokens_details: { reasoning_tokens: 3 },
    total_tokens: 27,
    cost: 0,
    is_byok: true,
    cost_details: {
      upstream_inference_cost: 3,
      upstream_inference_input_cost: 1,
      upstream_inference_output_cost: 2,
    },
  };
  const reasoning = { type: 'reasoning', id: 'rs_1', summary: [], content: [{ type: 'reasoning_text', text: 'hm' }] };
  const text = { type: 'output_text', text: 'Hello', annotations: [] };
  const message = { type: 'message', id: 'msg_1', role: 'assistant', content: [text] };
  const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: '{"a":1}' };
  const head = { id: 'gen-1', object: 'response', created_at: 1_790_000_000, model: 'm' };
  const whole = {
    ...head,
    status: 'completed',
    error: null,
    output: [reasoning, message, call],
    usage,
    openrouter_metadata: { attempt: 1 },
  };
  const expected: Partial<Answer> = {
    skin: 'responses',
    id: 'gen-1',
    model: 'm',
    provider: null,
    created: 1_790_000_000,
    content: 'Hello',
    reasoning: 'hm',
    finishReason: 'tool_calls',
    ending: 'completed',
    rawUsage: usage,
    metadata: { attempt: 1 },
    error: null,
  };
  const toolCall = { id: 'call_1', type: 'function', name: 'f', arguments: '{"a":1}', problems: [] };
  const common = {
    prompt_tokens: 20,
    completion_tokens: 7,
    total_tokens: 27,
    cost: 0,
    is_byok: true,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 3 },
    cost_details: {
      upstream_inference_cost: 3,
      upstream_inference_prompt_cost: 1,
      upstream_inference_completions_cost: 2,
    },
  };
  const begun = { ...head, status: 'in_progress', error: null, output: [], usage: null };
  const events: Json[] = [
    { type: 'response.created', response: begun },
    { type: 'response.in_progress', response: begun },
    { type: 'response.output_item.added', output_index: 0, item: { ...reasoning, content: [] } },
    { type: 'response.reasoning_text.delta', output_index: 0, delta: 'hm' },
    { type: 'response.output_item.done', output_index: 0, item: reasoning },
    { type: 'response.output_item.added', output_index: 1, item: { ...message, content: [] } },
    { type: 'response.output_text.delta', output_index: 1, delta: 'Hel' },
    { type: 'response.output_text.delta', output_index: 1, delta: 'lo' },
    { type: 'response.output_text.done', output_index: 1, text: 'Hello' },
    { type: 'response.output_item.added', output_index: 2, item: { ...call, arguments: '' } },
    { type: 'response.function_call_arguments.delta', output_index: 2, delta: '{"a"' },
    { type: 'response.function_call_arguments.delta', output_index: 2, delta: ':1}' },
    { type: 'response.function_call_arguments.done', output_index: 2, arguments: '{"a":1}' },
    { type: 'response.completed', response: whole },
  ];

  test('a result is read', () => {
    const answer = result('/responses', whole);
    expect(answer).toMatchObject({ ...expected, mode: 'json', toolCalls: [toolCall], usage: common });
    expect(answer?.reasoningDetails).toEqual([reasoning]);
  });

  test('its stream comes to the same', () => {
    const answer = streamed('/responses', events);
    expect(answer).toMatchObject({ ...expected, mode: 'stream', toolCalls: [toolCall], usage: common });
    expect(answer?.restated).toBe('Hello');
    expect(answer?.reasoningDetails).toEqual([reasoning]);
    expect(answer?.terminals.map(({ type, index }) => [type, index])).toEqual([['response.completed', 13]]);
    expect(answer?.usages).toHaveLength(1);
  });

  it.each([
    ['completed', null, 'stop', 'completed'],
    ['incomplete', 'max_output_tokens', 'length', 'incomplete: max_output_tokens'],
    ['incomplete', 'content_filter', 'content_filter', 'incomplete: content_filter'],
    ['incomplete', null, null, 'incomplete'],
    ['failed', null, 'error', 'failed'],
    ['cancelled', null, null, 'cancelled'],
  ])('status %s for the reason %s ends with %s', (status, reason, finishReason, ending) => {
    const details = reason === null ? null : { reason };
    const answer = result('/responses', { ...whole, output: [message], status, incomplete_details: details });
    expect(answer).toMatchObject({ finishReason, ending });
  });

  it('finds errors wherever they stand', () => {
    const failed = { ...whole, status: 'failed', error, error_type: 'server' };
    expect(result('/responses', failed)?.error).toMatchObject({ ...error, errorType: 'server', where: 'response' });
    expect(result('/responses', { error, metadata: null }, 400)?.error).toMatchObject({ where: 'bare' });
    const inStream = (event: Json) => streamed('/responses', [...events.slice(0, 2), event])?.error;
    expect(inStream({ type: 'response.failed', response: failed })).toMatchObject({
      where: 'response',
      pointer: '/response/error',
      errorType: 'server',
      event: 2,
    });
    expect(inStream({ type: 'error', ...error, param: null })).toMatchObject({ ...error, where: 'event', pointer: '' });
    expect(inStream({ type: 'error', error })).toMatchObject({ ...error, where: 'event', pointer: '/error' });
    expect(inStream({ type: 'response.error', error })).toMatchObject({ ...error, where: 'event' });
  });

  it('keeps what is wrong with a tool call', () => {
    const done = (argumentsText: unknown) =>
      streamed('/responses', [
        ...events.slice(0, 11),
        { type: 'response.function_call_arguments.done', output_index: 2, arguments: argumentsText },
      ])?.toolCalls[0];
    expect(done('{"a"')?.problems).toEqual([]);
    expect(done('{"b"')?.problems).toEqual(['the arguments told at the end are not those that were streamed']);
  });

  it('takes the whole arguments where none were streamed, and a call that nobody announced', () => {
    const only = streamed('/responses', [
      { type: 'response.function_call_arguments.done', output_index: 0, arguments: '{}' },
    ]);
    expect(only?.toolCalls).toMatchObject([{ id: null, name: null, arguments: '{}' }]);
  });
});

describe('/messages', () => {
  const usage = {
    input_tokens: 10,
    cache_read_input_tokens: 6,
    cache_creation_input_tokens: 4,
    output_tokens: 7,
    output_tokens_details: { thinking_tokens: 3 },
  };
  const cost = { cost: 0, is_byok: true, cost_details: { upstream_inference_cost: 3 } };
  const head = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', provider: 'Io Net' };
  const content = [
    { type: 'thinking', thinking: 'hm', signature: 's' },
    { type: 'text', text: 'Hello' },
    { type: 'tool_use', id: 'toolu_1', name: 'f', input: { a: 1 } },
  ];
  const expected: Partial<Answer> = {
    skin: 'messages',
    id: 'msg_1',
    model: 'm',
    provider: 'Io Net',
    created: null,
    content: 'Hello',
    reasoning: 'hm',
    finishReason: 'tool_calls',
    ending: 'tool_use',
    metadata: { attempt: 1 },
    error: null,
  };
  const toolCall = { id: 'toolu_1', name: 'f', arguments: '{"a":1}', problems: [] };
  const counts = {
    prompt_tokens: 20,
    completion_tokens: 7,
    prompt_tokens_details: { cached_tokens: 6, cache_write_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 3 },
  };

  test('a result is read', () => {
    const body = { ...head, content, stop_reason: 'tool_use', usage: { ...usage, ...cost } };
    const answer = result('/messages', { ...body, openrouter_metadata: { attempt: 1 } });
    expect(answer).toMatchObject({ ...expected, toolCalls: [toolCall], usage: { ...counts, ...cost } });
    expect(answer?.rawUsage).toEqual({ ...usage, ...cost });
  });

  test('its stream comes to the same, but for the cost', () => {
    const delta = (index: number, said: Json) => ({ type: 'content_block_delta', index, delta: said });
    const answer = streamed(
      '/messages',
      [
        { type: 'message_start', message: { ...head, content: [], usage: { ...usage, output_tokens: 0 } } },
        { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
        delta(0, { type: 'thinking_delta', thinking: 'hm' }),
        delta(0, { type: 'signature_delta', signature: 's' }),
        { type: 'content_block_stop', index: 0 },
        { type: 'ping' },
        { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
        delta(1, { type: 'text_delta', text: 'Hel' }),
        delta(1, { type: 'text_delta', text: 'lo' }),
        { type: 'content_block_stop', index: 1 },
        { type: 'content_block_start', index: 2, content_block: { ...content[2], input: {} } },
        delta(2, { type: 'input_json_delta', partial_json: '{"a"' }),
        delta(2, { type: 'input_json_delta', partial_json: ':1}' }),
        { type: 'content_block_stop', index: 2 },
        {
          type: 'message_delta',
          delta: { stop_reason: 'tool_use' },
          usage: { input_tokens: null, output_tokens: 7 },
        },
        { type: 'message_stop', openrouter_metadata: { attempt: 1 } },
      ],
      true,
    );
    expect(answer).toMatchObject({ ...expected, mode: 'stream', toolCalls: [toolCall], usage: counts });
    expect(answer?.rawUsage).toEqual({ input_tokens: null, output_tokens: 7 });
    expect(answer?.usage).not.toHaveProperty('is_byok');
    expect(answer?.events[0]).toMatchObject({ name: 'message_start', type: 'message_start' });
    expect(answer?.terminals).toMatchObject([{ type: 'message_stop', index: 15 }]);
  });

  it.each([
    ['end_turn', 'stop'],
    ['max_tokens', 'length'],
    ['refusal', 'content_filter'],
    ['brand_new', null],
  ])('%s is %s on chat', (stop_reason, finishReason) => {
    expect(result('/messages', { ...head, content: [], stop_reason })).toMatchObject({
      finishReason,
      ending: stop_reason,
    });
  });

  it('finds errors in either envelope and in an event', () => {
    const anthropic = { type: 'not_found_error', message: 'None', error_type: 'not_found' };
    const body = { type: 'error', error: anthropic, request_id: null };
    const found = { type: 'not_found_error', errorType: 'not_found', message: 'None' };
    expect(result('/messages', body, 404)?.error).toMatchObject({ ...found, where: 'bare' });
    expect(result('/messages', { error: { code: 404, message: 'None' } }, 404)?.error).toMatchObject({
      code: 404,
      where: 'bare',
    });
    expect(streamed('/messages', [body], true)?.error).toMatchObject({ ...found, where: 'event', event: 0 });
  });
});

test('the older /completions say their text in the choice', () => {
  const head = { id: 'gen-1', object: 'text_completion', model: 'm', provider: 'Io Net' };
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
  const choices = (text: string, finish_reason: string | null) => [{ index: 0, text, finish_reason }];
  const expected = { skin: 'completions', content: 'ok', finishReason: 'stop', ending: 'stop', usage };
  expect(result('/completions', { ...head, choices: choices('ok', 'stop'), usage })).toMatchObject(expected);
  const chunks = [
    { ...head, choices: choices('o', null) },
    { ...head, choices: choices('k', 'stop'), usage },
  ];
  expect(streamed('/completions', chunks)).toMatchObject(expected);
});

test('availability is read in both places', () => {
  const availability = { code: 'no_endpoints' };
  const read = (body: Json) => result('/chat/completions', { error: { message: 'x', ...body } }, 404)?.error;
  expect(read({ availability })?.availability).toEqual(availability);
  expect(read({ metadata: { availability } })?.availability).toEqual(availability);
});

test('the API is known from the path, and else from the body', () => {
  const skin = (path: string, event: Json) => streamed(path, [event])?.skin;
  expect(skin('/messages?x=1', { type: 'response.created' })).toBe('messages');
  expect(skin('', { type: 'response.created' })).toBe('responses');
  expect(skin('', { type: 'message_start' })).toBe('messages');
  expect(skin('', { object: 'text_completion' })).toBe('completions');
  expect(result('', { type: 'message' })?.skin).toBe('messages');
  expect(result('/key', { type: 'message' })?.skin).toBe('chat');
});

describe('content begins', () => {
  it.each([
    ['/responses', { type: 'response.output_text.delta', delta: 'a' }],
    ['/responses', { type: 'response.output_item.added', item: { type: 'function_call' } }],
    ['/messages', { type: 'content_block_delta', delta: { type: 'thinking_delta', thinking: 'a' } }],
    ['/messages', { type: 'content_block_start', content_block: { type: 'tool_use' } }],
    ['/completions', { choices: [{ text: 'a' }] }],
  ])('on %s with %j', (path, event) => {
    expect(streamOf(path, [{ type: 'ping' }, event]).timing.firstContent).toBe(2);
  });

  it('with no empty piece, nor with what is only told once more', () => {
    for (const event of [
      { type: 'response.output_text.delta', delta: '' },
      { type: 'response.output_text.done', text: 'a' },
      { type: 'response.output_item.done', item: { type: 'function_call' } },
      { type: 'content_block_start', content_block: { type: 'text', text: '' } },
      { choices: [{ text: '' }] },
    ]) {
      expect(carriesContent(event)).toBe(false);
    }
  });
});

test('nothing a server can say makes it throw', () => {
  const odd = [null, 7, 'x', [], {}, [null], [7], [{}], true];
  const types = ['error', 'response.completed', 'response.output_item.added', 'response.output_item.done'];
  types.push('response.function_call_arguments.delta', 'response.function_call_arguments.done', 'message_start');
  types.push('content_block_start', 'content_block_delta', 'message_delta', 'message_stop');
  for (const a of odd) {
    const parts: Json[] = types.map((type) => ({
      type,
      response: a,
      item: a,
      delta: a,
      message: a,
      content_block: a,
      usage: a,
      error: a,
      index: a,
      output_index: a,
      arguments: a,
      status: a,
    }));
    for (const b of [{ output: a, usage: { cost_details: a } }, { content: [{ type: 'tool_use', id: a, input: a }] }]) {
      parts.push(b, { type: 'response.completed', response: b }, { type: 'message_start', message: b });
    }
    for (const path of ['/responses', '/messages', '/completions']) {
      for (const part of parts) expect(() => [result(path, part), streamed(path, [part, part])]).not.toThrow();
    }
  }
});
