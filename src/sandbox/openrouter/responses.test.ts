import { afterEach, beforeEach, expect, test } from 'vitest';
import { startServer } from '../http.ts';
import { eventsOf, openTestSandbox } from './testing.ts';
import type { TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await openTestSandbox();
});
afterEach(() => sandbox.close());

const withMetadata = { 'X-OpenRouter-Metadata': 'enabled' };
const pinned = { model: 'z-ai/glm-5.2', provider: { only: ['io-net'], allow_fallbacks: false } };

const respond = (body: object, headers: Record<string, string> = {}) =>
  sandbox.call('POST', '/responses', {
    body: { ...pinned, input: 'Reply with exactly: ok', max_output_tokens: 200, ...body },
    headers,
  });
const typesOf = (answer: Parameters<typeof eventsOf>[0]) =>
  eventsOf(answer).map((event) => (event === '[DONE]' ? event : event.type));

const weather = {
  input: 'What is the weather in Paris?',
  tool_choice: 'required',
  tools: [
    {
      type: 'function',
      name: 'get_weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ],
};

test('a whole response has the keys of today, costs under names of its own, and no provider', async () => {
  const { status, text, json, headers } = await respond({});
  expect(status).toBe(200);
  expect(text).toMatch(/^\n {9}\n\{"id":"gen-1790000000-[A-Za-z0-9]{20}","object":"response","created_at":1790000000,/);
  expect(headers['x-generation-id']).toBe(json.id);
  expect(json).toMatchObject({
    status: 'completed',
    completed_at: 1_790_000_000,
    error: null,
    incomplete_details: null,
  });
  expect(json).not.toHaveProperty('provider');
  expect(json.output).toEqual([
    {
      id: expect.stringMatching(/^msg_tmp_[a-z0-9]{11}$/),
      type: 'message',
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'ok', annotations: [], logprobs: [] }],
    },
  ]);
  expect(json.usage).toEqual({
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 1,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 11,
    cost: 0,
    is_byok: true,
    cost_details: {
      upstream_inference_cost: 0.000020404,
      upstream_inference_input_cost: 0.00001552,
      upstream_inference_output_cost: 0.000004884,
    },
  });
});

test('a stream has empty comments, no event lines, its number last in every event, and one end', async () => {
  const answer = await respond({ stream: true });
  expect(typesOf(answer)).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed',
    '[DONE]',
  ]);
  expect(answer.text).toMatch(/^: \n\ndata: /);
  expect(answer.text).not.toContain('event:');
  const events = eventsOf(answer).slice(0, -1);
  expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
  for (const event of events) expect(Object.keys(event).at(-1)).toBe('sequence_number');
  const { response } = events.at(-1);
  expect(response.id).toBe(answer.headers['x-generation-id']);
  expect(response.usage).toMatchObject({ is_byok: true, cost: 0 });
  expect(events[0].response).toMatchObject({ id: response.id, status: 'in_progress', output: [], usage: null });
});

test('a tool call is the same in both modes, and its result can be sent back', async () => {
  const { json } = await respond(weather);
  const [call] = json.output;
  expect(call).toMatchObject({ type: 'function_call', status: 'completed', name: 'get_weather' });
  expect(JSON.parse(call.arguments)).toEqual({ city: 'Paris' });
  const streamed = eventsOf(await respond({ ...weather, stream: true }));
  const deltas = streamed.filter(({ type }) => type === 'response.function_call_arguments.delta');
  expect(deltas.map(({ delta }) => delta).join('')).toBe(call.arguments);
  expect(streamed.at(-2).response.output).toMatchObject([{ type: 'function_call', arguments: call.arguments }]);
  const input = [
    { role: 'user', content: [{ type: 'input_text', text: weather.input }] },
    call,
    { type: 'function_call_output', call_id: call.call_id, output: 'sunny' },
  ];
  const told = await respond({ ...weather, input, tool_choice: 'auto', instructions: 'Be short.' });
  expect(told.json.output[0].content[0].text).toBe('The tool says: sunny');
});

test('reasoning is an item of its own before the message', async () => {
  const thinking = { reasoning: { effort: 'high' } };
  const { json } = await respond(thinking);
  expect(json.output.map(({ type }: { type: string }) => type)).toEqual(['reasoning', 'message']);
  expect(json.usage.output_tokens_details.reasoning_tokens).toBeGreaterThan(0);
  const types = new Set(typesOf(await respond({ ...thinking, stream: true })));
  expect(types).toContain('response.reasoning_text.delta');
  expect(types).toContain('response.reasoning_text.done');
});

test('a schema asked for under text.format reaches the host', async () => {
  const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
  const { json } = await respond({ text: { format: { type: 'json_schema', name: 'place', schema } } });
  expect(JSON.parse(json.output[0].content[0].text)).toHaveProperty('city');
  expect(json.text.format).toMatchObject({ type: 'json_schema', name: 'place' });
});

test('an answer at its limit is incomplete, in both modes', async () => {
  const long = { input: 'Count from 1 to 100', max_output_tokens: 16 };
  const expected = {
    status: 'incomplete',
    incomplete_details: { reason: 'max_output_tokens' },
    output: [{ status: 'incomplete' }],
  };
  expect((await respond(long)).json).toMatchObject(expected);
  const events = eventsOf(await respond({ ...long, stream: true }));
  expect(events.at(-2)).toMatchObject({ type: 'response.incomplete', response: expected });
});

test('a character may be cut between two pieces of the body, and the text is whole all the same', async () => {
  const words = 'grüße 👩‍👩‍👧 日本語 '.repeat(5).trim();
  const answer = await respond({ input: `Reply with exactly: ${words}`, stream: true });
  const deltas = eventsOf(answer).filter(({ type }) => type === 'response.output_text.delta');
  expect(deltas.map(({ delta }) => delta).join('')).toBe(words);
  const isWhole = (bytes: Buffer) => bytes.equals(Buffer.from(bytes.toString()));
  expect(answer.chunks.some(({ bytes }) => !isWhole(bytes))).toBe(true);
});

test('router metadata stands in the response, and in the last event only', async () => {
  expect((await respond({}, withMetadata)).json.openrouter_metadata).toMatchObject({ is_byok: true, attempt: 1 });
  const answer = await respond({ stream: true }, withMetadata);
  const [last, ...earlier] = eventsOf(answer).slice(0, -1).toReversed();
  expect(last.response.openrouter_metadata).toMatchObject({ summary: 'available=1, selected=Io Net' });
  expect(JSON.stringify(earlier)).not.toContain('openrouter_metadata');
});

const bad = 'openrouter:bash';
const search = { type: 'openrouter:tool_search' };
const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}', subagent_id: 'lost' };
test.each([
  ['store', { store: true }, /^`store`/],
  ['an earlier response', { previous_response_id: 'resp_x' }, /^`previous_response_id`/],
  ['a tool of /messages', { tools: [{ type: bad }] }, /openrouter:bash/],
  ['a forced choice beside tool search', { ...weather, tools: [...weather.tools, search] }, /^`tool_choice` conflicts/],
  ['a tool search that is deferred', { tools: [{ ...search, defer_loading: true }] }, /deferred/],
  ['only deferred tools', { tools: [{ ...weather.tools[0], defer_loading: true }] }, /non-deferred/],
  ['BM25', { tools: [{ type: 'tool_search_tool_bm25_20251119' }] }, /^tool_search_tool_bm25_20251119 is not supported/],
  ['a call of an unknown subagent', { input: [call] }, /lost/],
])('%s is refused', async (_, body, message) => {
  const { status, json } = await respond(body);
  expect([status, json]).toEqual([400, { error: { code: 400, message: expect.stringMatching(message) } }]);
});

test('a call of a subagent passes together with the call that spawned it', async () => {
  const spawn = { type: 'openrouter:subagent', call_id: 'lost' };
  const output = { type: 'function_call_output', call_id: 'c', output: 'done' };
  expect((await respond({ input: [{ role: 'user', content: 'Go' }, spawn, call, output] })).status).toBe(200);
});

test.each([
  ['a number for input', { input: 5 }],
  ['no items', { input: [] }],
  ['a role nobody has', { input: [{ role: 'wizard', content: 'x' }] }],
  ['a function in the form of chat', { tools: [{ type: 'function', function: { name: 'f' } }] }],
  ['too high a temperature', { temperature: 9 }],
  ['a provider that is no list', { provider: { order: 'io-net' } }],
])('%s is no request at all: the code is a word, the issues lie beside', async (_, body) => {
  const { status, json } = await respond(body);
  expect(status).toBe(400);
  expect(json.error).toEqual({ code: 'invalid_prompt', message: 'Invalid Responses API request' });
  expect(JSON.parse(json.metadata.raw)).not.toHaveLength(0);
});

test('a refusal of routing has the envelope of chat, with metadata when asked for', async () => {
  const { status, json } = await respond({ provider: { only: ['anthropic'] } }, withMetadata);
  expect([status, json.error.code]).toEqual([404, 404]);
  expect(json.openrouter_metadata).toMatchObject({ attempt: 0 });
});

const broken = { kind: 'cut', afterEvents: 2 } as const;

test('a stream that breaks off ends in response.failed and nothing else', async () => {
  sandbox.provider.failures['own'] = broken;
  const answer = await respond({ input: 'Count from 1 to 50', stream: true }, withMetadata);
  const [done, last, ...earlier] = eventsOf(answer).toReversed();
  expect(done).toBe('[DONE]');
  expect(last).toMatchObject({
    type: 'response.failed',
    response: {
      status: 'failed',
      completed_at: null,
      error: { code: 'server_error', message: 'Provider disconnected unexpectedly' },
      error_type: 'provider_unavailable',
      usage: null,
      openrouter_metadata: { attempt: 1 },
    },
  });
  expect(earlier.filter(({ type }) => /completed|incomplete|failed|error/.test(type))).toEqual([]);
});

test('an answer in one piece that breaks off is a failed response with what was said', async () => {
  sandbox.provider.failures['own'] = broken;
  const { status, json } = await respond({ input: 'Count from 1 to 50' });
  expect([status, json.status, json.error_type]).toEqual([200, 'failed', 'provider_unavailable']);
  expect(json.output).toMatchObject([{ type: 'message', status: 'incomplete' }]);
});

test.each([
  ['error-event', { type: 'error', code: 'server_error', message: expect.any(String), param: null }],
  ['response-error-event', { type: 'response.error', error: { code: 'server_error', message: expect.any(String) } }],
] as const)('a late error can come as %s', async (form, expected) => {
  sandbox.provider.failures['own'] = broken;
  sandbox.world.state.platform.lateErrors = form;
  const events = eventsOf(await respond({ input: 'Count from 1 to 50', stream: true }));
  expect(events.at(-2)).toMatchObject({ ...expected, error_type: 'provider_unavailable' });
});

test('an error after a comment and before the first token is an event, as there is no response yet', async () => {
  const { clock } = sandbox;
  const host = await startServer({
    clock,
    port: 0,
    async handle(request, response) {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      await clock.sleep(1000);
      response.destroy();
    },
  });
  sandbox.world.upstream.baseUrl = () => host.origin;
  const streamed = await respond({ stream: true });
  const whole = await respond({});
  await host.close();
  expect(typesOf(streamed)).toEqual(['error', '[DONE]']);
  expect(whole.json).toMatchObject({ status: 'failed', output: [], error_type: 'provider_unavailable' });
});

const tooMuch = (code: string) => ({ error: { message: 'Too much', type: code, param: null, code } });
test.each(['context_length_exceeded', 'max_tokens_exceeded', 'token_limit_exceeded', 'string_above_max_length'])(
  'a host’s %s is an answer of limited length, in both modes, and free',
  async (code) => {
    sandbox.provider.failures['own'] = { kind: 'status', status: 400, body: JSON.stringify(tooMuch(code)) };
    const expected = {
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      error: null,
      output: [],
      usage: { output_tokens: 0, cost: 0 },
    };
    const { status, json, headers } = await respond({});
    expect([status, headers['x-generation-id']]).toEqual([200, json.id]);
    expect(json).toMatchObject(expected);
    const streamed = await respond({ stream: true });
    expect(eventsOf(streamed).at(-2)).toMatchObject({ type: 'response.incomplete', response: expected });
  },
);

test('a limit that the host reports late ends the answer there, and what was made is paid', async () => {
  const error = { error: { message: 'Too much', type: 'max_tokens_exceeded', param: null, code: 400 } };
  sandbox.provider.failures['own'] = { kind: 'stream-error', afterEvents: 3, error };
  const { json } = await respond({ input: 'Count from 1 to 50' });
  expect(json).toMatchObject({ status: 'incomplete', output: [{ status: 'incomplete' }], usage: { is_byok: true } });
  expect(json.usage.cost_details.upstream_inference_cost).toBeGreaterThan(0);
});

test('a prompt longer than the endpoint’s context is an answer of limited length', async () => {
  const { status, json } = await respond({ model: 'qwen/qwen3.6-27b', input: 'word '.repeat(30_000) });
  expect([status, json.status]).toEqual([200, 'incomplete']);
});
