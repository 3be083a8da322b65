import { createOpenRouter } from '@openrouter/ai-sdk-provider';
import { APICallError, generateText, Output, stepCountIs, streamText, tool } from 'ai';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { all, models, openJudged, pin } from './open-judged.ts';

const place = z.object({ city: z.string() });
const getWeather = tool({ description: 'Weather of a city', inputSchema: place, execute: () => 'sunny' });
const aboutWeather = {
  prompt: 'What is the weather in Paris?',
  tools: { get_weather: getWeather },
  stopWhen: stepCountIs(3),
  maxRetries: 0,
};

async function openProvider() {
  const sandbox = await openJudged();
  const chat = (id: string, more: { provider?: { only: string[] }; reasoning?: { effort: 'high' } } = {}) =>
    createOpenRouter({ apiKey: sandbox.keys.inference, baseURL: sandbox.url }).chat(id, { provider: pin, ...more });
  return { ...sandbox, chat };
}

/** What the provider makes of OpenRouter's usage; its own summary has no `is_byok`, the raw one keeps it. */
const ownKey = { cost: 0, is_byok: true, cost_details: { upstream_inference_cost: expect.any(Number) } };

test.each(models)('%s generates text on the own key, named and counted', async (id) => {
  const { chat } = await openProvider();
  const { text, finishReason, usage, providerMetadata, response } = await generateText({
    model: chat(id),
    prompt: 'Reply with exactly: ok',
    maxRetries: 0,
  });
  expect({ text, finishReason }).toEqual({ text: 'ok', finishReason: 'stop' });
  expect(usage.raw).toMatchObject(ownKey);
  expect(usage).toMatchObject({ inputTokens: 10, outputTokens: 1, totalTokens: 11 });
  expect(providerMetadata?.['openrouter']).toMatchObject({ provider: 'Io Net', usage: { cost: 0, totalTokens: 11 } });
  expect(response.id).toMatch(/^gen-/);
});

test.each(models)('%s streams reasoning, then text, then usage', async (id) => {
  const { chat } = await openProvider();
  const stream = streamText({
    model: chat(id, { reasoning: { effort: 'high' } }),
    prompt: 'Count from 1 to 20',
    maxRetries: 0,
  });
  const parts = (await all(stream.fullStream)).map(({ type }) => type);
  expect(parts.filter((type, index) => type !== parts[index - 1])).toEqual([
    'start',
    'start-step',
    'reasoning-start',
    'reasoning-delta',
    'reasoning-end',
    'text-start',
    'text-delta',
    'text-end',
    'finish-step',
    'finish',
  ]);
  expect(await stream.text).toMatch(/^1 2 3 .* 20$/);
  const usage = await stream.usage;
  expect(usage.raw).toMatchObject(ownKey);
  expect(usage.outputTokenDetails.reasoningTokens).toBeGreaterThan(0);
});

test('a tool is called and its result told, in one piece', async () => {
  const { chat } = await openProvider();
  const { text, steps } = await generateText({ model: chat('z-ai/glm-5.2'), ...aboutWeather });
  expect(text).toBe('The tool says: sunny');
  expect(steps[0]).toMatchObject({ finishReason: 'tool-calls', toolCalls: [{ input: { city: 'Paris' } }] });
});

test('a tool is called and its result told, in a stream', async () => {
  const { chat } = await openProvider();
  const stream = streamText({ model: chat('qwen/qwen3.6-27b'), ...aboutWeather });
  expect(await stream.text).toBe('The tool says: sunny');
  const [first] = await stream.steps;
  expect(first).toMatchObject({ finishReason: 'tool-calls', toolCalls: [{ input: { city: 'Paris' } }] });
});

test('an object fits its schema', async () => {
  const { chat } = await openProvider();
  const { output } = await generateText({
    model: chat('z-ai/glm-5.2'),
    prompt: 'Give a city',
    output: Output.object({ schema: place }),
    maxRetries: 0,
  });
  expect(output).toEqual({ city: expect.any(String) });
});

test('a refusal is an API call error, and only a rate limit is worth a retry', async () => {
  const { chat, keys, url, backstage, bringKey } = await openProvider();
  const refusal = (model: ReturnType<typeof chat>) =>
    generateText({ model, prompt: 'hi', maxRetries: 0 }).then(
      () => undefined,
      (error: unknown) => {
        expect(APICallError.isInstance(error)).toBe(true);
        const { statusCode, isRetryable } = error as APICallError;
        return { statusCode, isRetryable };
      },
    );
  const [id] = models;
  const stranger = createOpenRouter({ apiKey: 'sk-or-v1-unknown', baseURL: url }).chat(id);
  expect(await refusal(stranger)).toEqual({ statusCode: 401, isRetryable: false });
  const poor = createOpenRouter({ apiKey: backstage.keyWithoutCredits(), baseURL: url }).chat(id);
  expect(await refusal(poor)).toEqual({ statusCode: 402, isRetryable: false });
  expect(await refusal(chat(id, { provider: { only: ['anthropic'] } }))).toEqual({
    statusCode: 404,
    isRetryable: false,
  });
  await bringKey(keys.providerExhausted);
  expect(await refusal(chat(id))).toEqual({ statusCode: 429, isRetryable: true });
});

test('a stream that is refused tells the error before any part', async () => {
  const { chat } = await openProvider();
  const errors: unknown[] = [];
  const stream = streamText({
    model: chat('z-ai/glm-5.2', { provider: { only: ['anthropic'] } }),
    prompt: 'hi',
    maxRetries: 0,
    onError: ({ error }) => void errors.push(error),
  });
  await stream.consumeStream();
  expect(errors).toEqual([expect.objectContaining({ statusCode: 404 })]);
});
