import { afterEach, beforeEach, expect, test } from 'vitest';
import { startServer } from '../http.ts';
import { epoch, eventsOf, openTestSandbox } from './testing.ts';
import type { TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await openTestSandbox();
});
afterEach(() => sandbox.close());

const pinned = { provider: { only: ['io-net'], allow_fallbacks: false } };
const withMetadata = { headers: { 'X-OpenRouter-Metadata': 'Enabled' } };

test('a whole answer has the bytes of today: blanks first, keys in order', async () => {
  const { status, text, json } = await sandbox.chat(pinned);
  expect(status).toBe(200);
  const id = json.id as string;
  expect(id).toMatch(/^gen-1790000000-[A-Za-z0-9]{20}$/);
  expect(text).toBe(
    `\n         \n{"id":"${id}","object":"chat.completion","created":1790000000,"model":"z-ai/glm-5.2","provider":"Io Net",` +
      '"system_fingerprint":null,"service_tier":null,"choices":[{"index":0,"logprobs":null,"finish_reason":"stop",' +
      '"native_finish_reason":"stop","message":{"role":"assistant","content":"ok","refusal":null,"reasoning":null}}],' +
      '"usage":{"prompt_tokens":10,"completion_tokens":1,"total_tokens":11,"cost":0,"is_byok":true,' +
      '"prompt_tokens_details":{"cached_tokens":0,"cache_write_tokens":0,"audio_tokens":0,"video_tokens":0},' +
      '"cost_details":{"upstream_inference_cost":0.000020404,"upstream_inference_prompt_cost":0.00001552,' +
      '"upstream_inference_completions_cost":0.000004884},' +
      '"completion_tokens_details":{"reasoning_tokens":0,"image_tokens":0,"audio_tokens":0}}}',
  );
});

test('a stream has the bytes of today: a comment, deltas with a role, the finish reason twice, usage last', async () => {
  const { text, headers } = await sandbox.chat({ ...pinned, stream: true });
  const id = headers['x-generation-id'];
  const head = `data: {"id":"${id}","object":"chat.completion.chunk","created":1790000000,"model":"z-ai/glm-5.2","provider":"Io Net"`;
  const finish = '"finish_reason":"stop","native_finish_reason":"stop"}]';
  expect(text.split('\n\n')).toEqual([
    ': OPENROUTER PROCESSING',
    `${head},"choices":[{"index":0,"delta":{"content":"ok","role":"assistant"},"finish_reason":null,"native_finish_reason":null}]}`,
    `${head},"choices":[{"index":0,"delta":{"content":"","role":"assistant"},${finish}}`,
    `${head},"service_tier":null,"choices":[{"index":0,"delta":{"content":"","role":"assistant"},${finish},` +
      '"usage":{"prompt_tokens":10,"completion_tokens":1,"total_tokens":11,"cost":0,"is_byok":true,' +
      '"prompt_tokens_details":{"cached_tokens":0,"cache_write_tokens":0,"audio_tokens":0,"video_tokens":0},' +
      '"cost_details":{"upstream_inference_cost":0.000020404,"upstream_inference_prompt_cost":0.00001552,' +
      '"upstream_inference_completions_cost":0.000004884},' +
      '"completion_tokens_details":{"reasoning_tokens":0,"image_tokens":0,"audio_tokens":0}}}',
    'data: [DONE]',
    '',
  ]);
});

test('answers carry the usual headers, and the generation id only when there is a generation', async () => {
  const answer = await sandbox.chat({ ...pinned, stream: true });
  expect(answer.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    date: new Date(epoch).toUTCString(),
  });
  expect(answer.headers['x-generation-id']).toBe(eventsOf(answer)[0].id);
  const refused = await sandbox.chat({ model: 'acme/none' });
  expect(refused.headers).toMatchObject({ 'content-type': 'application/json', 'access-control-allow-origin': '*' });
  expect(refused.headers).not.toHaveProperty('x-generation-id');
});

test('reasoning comes in both fields, and stays away when it is excluded', async () => {
  const { json } = await sandbox.chat({ ...pinned, max_tokens: 200, reasoning: { effort: 'high' } });
  const { message } = json.choices[0];
  expect(message.reasoning).not.toBe('');
  expect(message.reasoning_details).toEqual([
    { type: 'reasoning.text', text: message.reasoning, format: 'unknown', index: 0 },
  ]);
  expect(message.content).toBe('ok');
  expect(json.usage.completion_tokens_details.reasoning_tokens).toBeGreaterThan(0);
  const hidden = await sandbox.chat({ ...pinned, max_tokens: 200, reasoning: { effort: 'high', exclude: true } });
  expect(hidden.json.choices[0].message).toEqual({ role: 'assistant', content: 'ok', refusal: null, reasoning: null });
  expect(hidden.json.usage.completion_tokens_details.reasoning_tokens).toBeGreaterThan(0);
});

const weather = {
  messages: [{ role: 'user', content: 'What is the weather in Paris?' }],
  tool_choice: 'required',
  max_tokens: 200,
  tools: [
    {
      type: 'function',
      function: {
        name: 'get_weather',
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      },
    },
  ],
};

test('tool calls assemble to the same in both modes', async () => {
  const { json } = await sandbox.chat({ ...pinned, ...weather });
  const [choice] = json.choices;
  expect(choice).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
  const [call] = choice.message.tool_calls;
  expect(Object.keys(call)).toEqual(['type', 'index', 'id', 'function']);
  expect(JSON.parse(call.function.arguments)).toHaveProperty('city');
  const streamed = eventsOf(await sandbox.chat({ ...pinned, ...weather, stream: true }));
  const deltas = streamed.flatMap((event) => event.choices?.[0].delta.tool_calls ?? []);
  expect(deltas[0]).toMatchObject({ index: 0, type: 'function', function: { name: 'get_weather' } });
  expect(deltas.map((delta) => delta.function.arguments).join('')).toBe(call.function.arguments);
  expect(streamed.at(-2).choices[0].finish_reason).toBe('tool_calls');
});

test('a character may be cut between two pieces of the body, and the text is whole all the same', async () => {
  const words = 'grüße 👩‍👩‍👧 日本語 '.repeat(5).trim();
  const messages = [{ role: 'user', content: `Reply with exactly: ${words}` }];
  const answer = await sandbox.chat({ ...pinned, messages, max_tokens: 400, stream: true });
  const text = eventsOf(answer)
    .map((event) => event.choices?.[0].delta.content ?? '')
    .join('');
  expect(text).toBe(words);
  const isWhole = (bytes: Buffer) => bytes.equals(Buffer.from(bytes.toString()));
  expect(answer.chunks.some(({ bytes }) => !isWhole(bytes))).toBe(true);
});

test('tokens arrive as they are made, and the same calls give the same pieces at the same times', async () => {
  const body = {
    ...pinned,
    messages: [{ role: 'user', content: 'Count from 1 to 20' }],
    max_tokens: 100,
    stream: true,
  };
  const first = await sandbox.chat(body);
  const times = first.chunks.map(({ at }) => at);
  expect(times[0]).toBeLessThan(times.at(-1) ?? 0);
  expect(new Set(times).size).toBeGreaterThan(5);
  const again = await openTestSandbox();
  const second = await again.chat(body);
  await again.close();
  expect(second.chunks).toEqual(first.chunks);
});

test('a provider that stays silent is a time-out in the end', async () => {
  sandbox.provider.failures['own'] = { kind: 'silence' };
  expect((await sandbox.chat({ provider: { only: ['io-net'] } })).json.error).toMatchObject({
    code: 408,
    metadata: { provider_name: 'Io Net', is_byok: false, previous_errors: [{ code: 408 }] },
  });
});

/** A host that accepts, takes its time, and then says `events` or breaks off. */
async function slowHost(events: string[] | null) {
  const { clock } = sandbox;
  const host = await startServer({
    clock,
    port: 0,
    async handle(request, response) {
      request.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      await clock.sleep(1000);
      if (events) response.end(events.map((event) => `data: ${event}\n\n`).join(''));
      else response.destroy();
    },
  });
  sandbox.world.upstream.baseUrl = () => host.origin;
  return host;
}

test('signs of life stand before a slow first token, in both modes', async () => {
  const delta = JSON.stringify({ choices: [{ delta: { content: 'late' }, finish_reason: 'stop' }] });
  const host = await slowHost([delta, '[DONE]']);
  const streamed = await sandbox.chat({ ...pinned, stream: true });
  const whole = await sandbox.chat(pinned);
  await host.close();
  const comments = streamed.text.split('\n\n').filter((block) => block === ': OPENROUTER PROCESSING');
  expect(comments).toHaveLength(2);
  expect(whole.text).toMatch(/^(\n {9}\n){2}\{/);
  expect(whole.json.choices[0].message.content).toBe('late');
});

test('once a sign of life is out, even an error before the first token is inside a 200', async () => {
  const host = await slowHost(null);
  const streamed = await sandbox.chat({ ...pinned, stream: true });
  const whole = await sandbox.chat(pinned);
  await host.close();
  expect([streamed.status, whole.status]).toEqual([200, 200]);
  expect(eventsOf(streamed)).toEqual([
    expect.objectContaining({ provider: 'Io Net', error: expect.objectContaining({ code: 502 }) }),
    '[DONE]',
  ]);
  expect(whole.json).toEqual({ error: expect.objectContaining({ code: 502, message: 'Provider returned error' }) });
});

test('metadata comes when asked for, by either header, and says who served', async () => {
  const expected = {
    requested: 'z-ai/glm-5.2',
    strategy: 'direct',
    region: 'iad',
    summary: 'available=1, selected=Io Net',
    attempt: 1,
    is_byok: true,
    endpoints: { total: 5, available: [{ provider: 'Io Net', model: 'z-ai/glm-5.2', selected: true }] },
    attempts: [{ provider: 'Io Net', model: 'z-ai/glm-5.2', status: 200 }],
  };
  expect((await sandbox.chat(pinned)).json).not.toHaveProperty('openrouter_metadata');
  expect((await sandbox.chat(pinned, withMetadata)).json.openrouter_metadata).toEqual(expected);
  const legacy = { headers: { 'X-OpenRouter-Experimental-Metadata': 'enabled' } };
  const streamed = eventsOf(await sandbox.chat({ ...pinned, stream: true }, legacy));
  expect(streamed.at(-2).openrouter_metadata).toEqual(expected);
});

test('metadata of a refusal names no endpoint as selected', async () => {
  const { status, json } = await sandbox.chat({ provider: { only: ['anthropic'] } }, withMetadata);
  expect(status).toBe(404);
  expect(json.openrouter_metadata).toMatchObject({ attempt: 0, endpoints: { total: 5 } });
  expect(JSON.stringify(json.openrouter_metadata)).not.toContain('"selected":true');
});

test('what an endpoint does not support is left out on the way to it', async () => {
  const { status } = await sandbox.chat({ ...pinned, model: 'qwen/qwen3.6-27b', seed: 7 });
  expect(status).toBe(200);
});
