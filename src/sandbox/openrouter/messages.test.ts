import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestSandbox } from './testing.ts';
import type { TestAnswer, TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await openTestSandbox();
});
afterEach(() => sandbox.close());

const withMetadata = { 'X-OpenRouter-Metadata': 'enabled' };
const pinned = { model: 'z-ai/glm-5.2', provider: { only: ['io-net'], allow_fallbacks: false } };
const says = (content: unknown) => ({ messages: [{ role: 'user', content }] });

const send = (body: object, headers: Record<string, string> = {}) =>
  sandbox.call('POST', '/messages', {
    body: { ...pinned, ...says('Reply with exactly: ok'), max_tokens: 200, ...body },
    headers,
  });

/** Data of the named events, whose names must be their types. */
function namedEvents({ text }: TestAnswer) {
  const blocks = text.split('\n\n').filter((block) => block.startsWith('event: '));
  return blocks.map((block) => {
    const [name, data] = block.split('\n').map((line) => line.replace(/^(event|data): /, '')) as [string, string];
    const event = JSON.parse(data);
    expect(event.type).toBe(name);
    return event;
  });
}

const weather = {
  ...says('What is the weather in Paris?'),
  tool_choice: { type: 'any' },
  tools: [
    {
      name: 'get_weather',
      input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ],
};

test('a whole message names provider and key, and its costs as chat does', async () => {
  const { status, text, json, headers } = await send({});
  expect([status, headers['x-generation-id']]).toEqual([200, json.id]);
  expect(text).toMatch(/^\n {9}\n\{/);
  expect(json).toEqual({
    id: expect.stringMatching(/^gen-1790000000-[A-Za-z0-9]{20}$/),
    type: 'message',
    role: 'assistant',
    container: null,
    content: [{ type: 'text', text: 'ok', citations: null }],
    model: 'z-ai/glm-5.2',
    stop_reason: 'end_turn',
    stop_details: null,
    stop_sequence: null,
    provider: 'Io Net',
    usage: {
      input_tokens: 10,
      output_tokens: 1,
      output_tokens_details: null,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      cache_creation: null,
      server_tool_use: null,
      inference_geo: null,
      service_tier: 'standard',
      cost: 0,
      is_byok: true,
      cost_details: {
        upstream_inference_cost: 0.000020404,
        upstream_inference_prompt_cost: 0.00001552,
        upstream_inference_completions_cost: 0.000004884,
      },
    },
  });
});

test('a stream has named events in order, says nothing of key or cost, and ends with [DONE]', async () => {
  const answer = await send({ stream: true });
  const events = namedEvents(answer);
  expect(events.map(({ type }) => type)).toEqual([
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ]);
  expect(events[0].message).toMatchObject({
    id: answer.headers['x-generation-id'],
    provider: 'Io Net',
    content: [],
    stop_reason: null,
  });
  expect(events[4]).toMatchObject({
    delta: { stop_reason: 'end_turn' },
    usage: { input_tokens: 10, output_tokens: 1 },
  });
  expect(answer.text).not.toMatch(/is_byok|"cost/);
  expect(answer.text).toMatch(/^: OPENROUTER PROCESSING\n\n/);
  expect(answer.text.endsWith('\n\ndata: [DONE]\n\n')).toBe(true);
});

test('router metadata stands in the message, and in message_stop of a stream', async () => {
  const expected = { is_byok: true, summary: 'available=1, selected=Io Net' };
  expect((await send({}, withMetadata)).json.openrouter_metadata).toMatchObject(expected);
  const [last, ...earlier] = namedEvents(await send({ stream: true }, withMetadata)).toReversed();
  expect(last).toMatchObject({ type: 'message_stop', openrouter_metadata: expected });
  expect(JSON.stringify(earlier)).not.toContain('openrouter_metadata');
});

test('a tool use is the same in both modes, and its result can be sent back', async () => {
  const { json } = await send(weather);
  const [use] = json.content;
  expect([json.stop_reason, use]).toMatchObject(['tool_use', { type: 'tool_use', input: { city: 'Paris' } }]);
  const events = namedEvents(await send({ ...weather, stream: true }));
  const parts = events.flatMap(({ delta }) => (delta?.type === 'input_json_delta' ? [delta.partial_json] : []));
  expect(JSON.parse(parts.join(''))).toEqual(use.input);
  expect(events.find(({ content_block: block }) => block)?.content_block).toMatchObject({
    name: 'get_weather',
    input: {},
  });
  const messages = [
    ...weather.messages,
    { role: 'assistant', content: json.content },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: 'sunny' }] },
  ];
  const told = await send({
    ...weather,
    messages,
    tool_choice: { type: 'auto' },
    system: [{ type: 'text', text: 'Hm.' }],
  });
  expect(told.json).toMatchObject({ stop_reason: 'end_turn', content: [{ text: 'The tool says: sunny' }] });
});

test('thinking is a block before the text, and omitted when that is asked for', async () => {
  const thinking = { type: 'enabled', budget_tokens: 1024 };
  const { json } = await send({ thinking });
  expect(json.content).toMatchObject([
    { type: 'thinking', signature: '' },
    { type: 'text', text: 'ok' },
  ]);
  expect(json.usage.output_tokens_details.thinking_tokens).toBeGreaterThan(0);
  const events = namedEvents(await send({ thinking, stream: true }));
  expect(events.some(({ delta }) => delta?.type === 'thinking_delta')).toBe(true);
  const omitted = await send({ thinking: { ...thinking, display: 'omitted' } });
  expect(omitted.json.content).toEqual([{ type: 'text', text: 'ok', citations: null }]);
});

test('a schema asked for under output_config reaches the host', async () => {
  const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
  const { json } = await send({ output_config: { format: { type: 'json_schema', schema } } });
  expect(JSON.parse(json.content[0].text)).toHaveProperty('city');
});

test('an answer at its limit says max_tokens, in both modes', async () => {
  const long = { ...says('Count from 1 to 100'), max_tokens: 16 };
  expect((await send(long)).json.stop_reason).toBe('max_tokens');
  expect(namedEvents(await send({ ...long, stream: true })).at(-2).delta.stop_reason).toBe('max_tokens');
});

test('a character may be cut between two pieces of the body, and the text is whole all the same', async () => {
  const words = 'grüße 👩‍👩‍👧 日本語 '.repeat(5).trim();
  const answer = await send({ ...says(`Reply with exactly: ${words}`), stream: true });
  const text = namedEvents(answer).flatMap(({ delta }) => delta?.text ?? []);
  expect(text.join('')).toBe(words);
  const isWhole = (bytes: Buffer) => bytes.equals(Buffer.from(bytes.toString()));
  expect(answer.chunks.some(({ bytes }) => !isWhole(bytes))).toBe(true);
});

const picture = {
  type: 'image',
  source: {
    type: 'base64',
    media_type: 'image/png',
    data: 'iVBORw0KGgoAAAANSUhEUgAAACAAAAAgAQAAAABbAUdZAAAADElEQVR42mNgGNwAAACgAAGO+7G0AAAAAElFTkSuQmCC',
  },
};
const looks = says([picture, { type: 'text', text: 'Reply with exactly: ok' }]);

test('a picture sent in a message goes to a model that sees', async () => {
  expect((await send({ ...looks, model: 'qwen/qwen3.6-27b' })).json.content).toMatchObject([{ text: 'ok' }]);
  expect((await send(looks)).json.error).toMatchObject({ message: expect.stringContaining('image input') });
});

const other = { model: 'qwen/qwen3.6-27b' };
test.each([
  ['no messages', { messages: undefined }, 'Invalid request: messages is required'],
  ['no limit', { max_tokens: undefined }, 'Invalid request: max_tokens is required'],
  ['a fallback that says more', { fallbacks: [{ ...other, max_tokens: 5 }] }, /^Invalid request: fallbacks\.0: /],
  ['four fallbacks', { fallbacks: [other, other, other, other] }, /^Invalid request: fallbacks: /],
  ['fallbacks and models', { fallbacks: [other], models: [other.model] }, /cannot be combined with models$/],
  ['a role nobody has', { messages: [{ role: 'wizard', content: 'x' }] }, /^Invalid request: messages\.0\.role: /],
  ['no content', { messages: [{ role: 'user', content: [] }] }, /^Invalid request: messages\.0\.content: /],
  ['an unknown model', { model: 'acme/fake-1.0' }, /is not a valid model ID$/],
])('%s is refused before there is a request id', async (_, body, message) => {
  const { status, json } = await send(body);
  expect(status).toBe(400);
  expect(json).toMatchObject({
    type: 'error',
    error: { type: 'invalid_request_error', message: expect.stringMatching(message) },
    request_id: null,
  });
});

test('a fallback serves when the first model cannot', async () => {
  const { status, json } = await send({ ...looks, fallbacks: [other] });
  expect([status, json.model]).toEqual([200, other.model]);
});

test('no key, a bad key and a management key have the envelope too', async () => {
  const call = (key: string | null) => sandbox.call('POST', '/messages', { body: pinned, key });
  const typeOf = ({ status, json }: TestAnswer) => [status, json.error.type, json.request_id];
  expect(typeOf(await call(null))).toEqual([401, 'authentication_error', null]);
  expect(typeOf(await call(`sk-or-v1-${'0'.repeat(64)}`))).toEqual([401, 'authentication_error', null]);
  expect(typeOf(await call(sandbox.customer.managementKey))).toEqual([403, 'permission_error', null]);
});

test('a refusal of routing has a request id, metadata and router metadata', async () => {
  const { status, json } = await send({ provider: { only: ['anthropic'] } }, withMetadata);
  expect(status).toBe(404);
  expect(json).toMatchObject({
    type: 'error',
    error: {
      type: 'not_found_error',
      message: expect.stringMatching(/^No allowed providers/),
      error_type: 'not_found',
    },
    request_id: expect.stringMatching(/^gen-/),
    metadata: { requested_providers: ['anthropic'] },
    openrouter_metadata: { attempt: 0 },
  });
});

test.each([
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [422, 'invalid_request_error'],
  [429, 'rate_limit_error'],
  [503, 'overloaded_error'],
  [504, 'timeout_error'],
  [529, 'overloaded_error'],
])('a host’s %i is %s', async (status, type) => {
  sandbox.provider.failures['everywhere'] = { kind: 'status', status, body: '{"detail":"no"}' };
  const { json } = await send({});
  expect(json).toMatchObject({ type: 'error', error: { type }, request_id: expect.stringMatching(/^gen-/) });
});

test('a stream that breaks off ends in one error event, without a request id', async () => {
  sandbox.provider.failures['own'] = { kind: 'cut', afterEvents: 2 };
  const events = namedEvents(await send({ ...says('Count from 1 to 50'), stream: true }, withMetadata));
  expect(events.at(-1)).toEqual({
    type: 'error',
    error: {
      type: 'api_error',
      message: 'Provider disconnected unexpectedly',
      error_type: 'provider_unavailable',
    },
    openrouter_metadata: expect.objectContaining({ attempt: 1 }),
  });
  expect(events.filter(({ type }) => type === 'error' || type === 'message_stop')).toHaveLength(1);
});

test('an answer in one piece that breaks off is an error body under 200', async () => {
  sandbox.provider.failures['own'] = { kind: 'cut', afterEvents: 2 };
  const { status, json, headers } = await send(says('Count from 1 to 50'));
  expect([status, json.type, json.request_id]).toEqual([200, 'error', headers['x-generation-id']]);
});
