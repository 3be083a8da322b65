import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventsOf, openTestSandbox } from './testing.ts';
import type { TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await openTestSandbox();
});
afterEach(() => sandbox.close());

const withMetadata = { 'X-OpenRouter-Metadata': 'enabled' };
const pinned = { model: 'z-ai/glm-5.2', provider: { only: ['io-net'], allow_fallbacks: false } };

const complete = (body: object, headers: Record<string, string> = {}) =>
  sandbox.call('POST', '/completions', {
    body: { ...pinned, prompt: 'Reply with exactly: ok', max_tokens: 200, ...body },
    headers,
  });

test('a whole completion is chat’s answer with a text', async () => {
  const { status, json, headers } = await complete({}, withMetadata);
  expect(status).toBe(200);
  expect(json).toMatchObject({
    id: headers['x-generation-id'],
    object: 'text_completion',
    provider: 'Io Net',
    choices: [{ index: 0, text: 'ok', finish_reason: 'stop', native_finish_reason: 'stop' }],
    usage: { is_byok: true, cost: 0, cost_details: { upstream_inference_prompt_cost: 0.00001552 } },
    openrouter_metadata: { is_byok: true },
  });
});

test('a stream has texts, usage in its last chunk, and [DONE]', async () => {
  const events = eventsOf(await complete({ prompt: 'Count from 1 to 10', stream: true }, withMetadata));
  expect(events.at(-1)).toBe('[DONE]');
  const chunks = events.slice(0, -1);
  expect(chunks.map(({ choices }) => choices[0].text).join('')).toBe('1 2 3 4 5 6 7 8 9 10');
  expect(chunks.filter(({ usage }) => usage)).toEqual([chunks.at(-1)]);
  expect(chunks.at(-1)).toMatchObject({
    choices: [{ finish_reason: 'stop' }],
    usage: { is_byok: true },
    openrouter_metadata: { attempt: 1 },
  });
});

test('reasoning and an answer at its limit look as on chat', async () => {
  const { choices } = (await complete({ reasoning: { effort: 'high' } })).json;
  expect(choices[0]).toMatchObject({ text: 'ok', reasoning: expect.stringMatching(/./) });
  const long = await complete({ prompt: 'Count from 1 to 100', max_tokens: 16 });
  expect(long.json.choices[0].finish_reason).toBe('length');
});

test.each([
  ['no prompt', { prompt: undefined }, 400, /^Input required/],
  ['too high a temperature', { temperature: 9 }, 400, /temperature/],
  ['a provider that does not serve the model', { provider: { only: ['anthropic'] } }, 404, /^No allowed providers/],
])('%s is refused as on chat', async (_, body, code, message) => {
  const { status, json } = await complete(body);
  expect([status, json.error]).toMatchObject([code, { code, message: expect.stringMatching(message) }]);
});

test('an answer that breaks off tells it in its choice, in both modes', async () => {
  sandbox.provider.failures['own'] = { kind: 'cut', afterEvents: 2 };
  const error = { code: 502, message: 'Provider disconnected unexpectedly' };
  const { json } = await complete({ prompt: 'Count from 1 to 50' });
  expect(json.choices[0]).toMatchObject({ finish_reason: 'error', error });
  const events = eventsOf(await complete({ prompt: 'Count from 1 to 50', stream: true }));
  expect(events.slice(-2)).toMatchObject([{ error, choices: [{ finish_reason: 'error' }] }, '[DONE]']);
});
