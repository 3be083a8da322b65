import { createOpenRouter } from '@openrouter/ai-sdk-provider';
import { OpenRouter } from '@openrouter/sdk';
import { streamText } from 'ai';
import OpenAI from 'openai';
import { expect, onTestFinished, test } from 'vitest';
import { openCustomer } from '../openrouter/customer.ts';
import { startBoth } from '../start-sandbox.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { all, pin } from './open-judged.ts';

/** An OpenRouter whose provider breaks the connection after some tokens. */
async function openBreaking() {
  const { provider, openRouter } = await startBoth({ clock: new VirtualClock(1_790_000_000_000), seed: 'judged' });
  onTestFinished(async () => {
    await openRouter.close();
    await provider.close();
  });
  const { inferenceKey } = openCustomer(openRouter.world, { provider: 'io-net', secret: provider.keys.customer });
  provider.failures['own'] = { kind: 'cut', afterEvents: 4 };
  return { url: openRouter.url, apiKey: inferenceKey };
}

const prompt = 'Count from 1 to 20';
const body = { model: 'z-ai/glm-5.2', messages: [{ role: 'user' as const, content: prompt }], provider: pin };
const message = 'Provider disconnected unexpectedly';

test('the OpenRouter SDK shows a late error as a chunk of its own', async () => {
  const { url, apiKey } = await openBreaking();
  const sdk = new OpenRouter({ apiKey, serverURL: url, retryConfig: { strategy: 'none' } });
  const answer = await sdk.chat.send({ chatRequest: { ...body, stream: true } });
  if ('choices' in answer) throw new TypeError('an answer in one piece came back');
  const last = (await all(answer)).at(-1);
  expect(last?.error).toEqual({ code: 502, message, metadata: { errorType: 'provider_unavailable' } });
  expect(last?.choices[0]).toMatchObject({ finishReason: 'error', delta: { content: '' } });
});

test('the OpenAI SDK throws a late error after the text', async () => {
  const { url, apiKey } = await openBreaking();
  const stream = await new OpenAI({ apiKey, baseURL: url, maxRetries: 0 }).chat.completions.create({
    ...body,
    stream: true,
  });
  let text = '';
  const reading = (async () => {
    for await (const { choices } of stream) text += choices[0]?.delta.content ?? '';
  })();
  await expect(reading).rejects.toMatchObject({ message, code: 502, status: undefined });
  expect(text).toMatch(/^1 2 3/);
});

test('the AI SDK turns a late error into an error part, and the finish into one', async () => {
  const { url, apiKey } = await openBreaking();
  const model = createOpenRouter({ apiKey, baseURL: url }).chat('z-ai/glm-5.2', { provider: pin });
  const stream = streamText({ model, prompt, maxRetries: 0, onError: () => {} });
  const parts = (await all(stream.fullStream)).map(({ type }) => type);
  expect(parts).toContain('text-delta');
  expect(parts).toContain('error');
  expect(await stream.finishReason).toBe('error');
});
