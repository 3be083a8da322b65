import { OpenRouter } from '@openrouter/sdk';
import type { ChatRequest } from '@openrouter/sdk/models';
import * as errors from '@openrouter/sdk/models/errors';
import { expect, test } from 'vitest';
import { all, cityOnly, models, openJudged, pin } from './open-judged.ts';

// The SDK validates each answer against the specification it was made from and rejects what does not fit, so that a call that
// resolves says that every required field is there.

const client = (serverURL: string, apiKey: string) =>
  new OpenRouter({ apiKey, serverURL, retryConfig: { strategy: 'none' } });

const request = (model: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  model,
  messages: [{ role: 'user', content: 'Reply with exactly: ok' }],
  maxTokens: 200,
  provider: pin,
  ...more,
});

// The types of the SDK leave open which of the two forms comes back.
async function send(sdk: OpenRouter, chatRequest: ChatRequest) {
  const answer = await sdk.chat.send({
    xOpenRouterMetadata: 'enabled',
    chatRequest: { ...chatRequest, stream: false },
  });
  if (!('choices' in answer)) throw new TypeError('a stream came back');
  return answer;
}

async function stream(sdk: OpenRouter, chatRequest: ChatRequest) {
  const answer = await sdk.chat.send({ xOpenRouterMetadata: 'enabled', chatRequest: { ...chatRequest, stream: true } });
  if ('choices' in answer) throw new TypeError('an answer in one piece came back');
  return all(answer);
}

const thinking: Partial<ChatRequest> = { reasoning: { effort: 'high' } };
const calling: Partial<ChatRequest> = {
  messages: [{ role: 'user', content: 'What is the weather in Paris?' }],
  toolChoice: 'required',
  tools: [{ type: 'function', function: { name: 'get_weather', parameters: cityOnly } }],
};
const ownKey = { isByok: true, cost: 0, costDetails: { upstreamInferenceCost: expect.any(Number) } };

test.each(models)('%s answers as specified: text, reasoning, routing and usage', async (model) => {
  const { url, keys } = await openJudged();
  const answer = await send(client(url, keys.inference), request(model, thinking));
  expect(answer.choices[0]).toMatchObject({
    finishReason: 'stop',
    message: { content: 'ok', reasoningDetails: [{ type: 'reasoning.text' }] },
  });
  expect(answer.usage).toMatchObject(ownKey);
  expect(answer.openrouterMetadata).toMatchObject({ isByok: true, attempt: 1, requested: model });
});

test.each(models)('%s streams as specified, usage and routing in the last chunk', async (model) => {
  const { url, keys } = await openJudged();
  const chunks = await stream(client(url, keys.inference), request(model, thinking));
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('ok');
  expect(chunks.at(-1)).toMatchObject({ usage: ownKey, openrouterMetadata: { isByok: true } });
  expect(chunks.filter(({ usage }) => usage)).toHaveLength(1);
});

test.each(models)('%s calls a tool as specified, in one piece and in a stream', async (model) => {
  const { url, keys } = await openJudged();
  const sdk = client(url, keys.inference);
  const answer = await send(sdk, request(model, calling));
  expect(answer.choices[0]).toMatchObject({
    finishReason: 'tool_calls',
    message: { content: null, toolCalls: [{ function: { name: 'get_weather', arguments: '{"city":"Paris"}' } }] },
  });
  const chunks = await stream(sdk, request(model, calling));
  const pieces = chunks.flatMap(({ choices }) => choices[0]?.delta.toolCalls ?? []);
  expect(pieces[0]).toMatchObject({ id: expect.any(String), function: { name: 'get_weather' } });
  expect(pieces.map((piece) => piece.function?.arguments ?? '').join('')).toBe('{"city":"Paris"}');
});

test('a refusal is the error of its status, with the specified body', async () => {
  const { url, keys, backstage } = await openJudged();
  const sdk = client(url, keys.inference);
  const [model] = models;
  const poor = client(url, backstage.keyWithoutCredits());
  await expect(send(sdk, request(model, { temperature: 9 }))).rejects.toThrow(errors.BadRequestResponseError);
  await expect(send(client(url, 'sk-or-v1-unknown'), request(model))).rejects.toThrow(errors.UnauthorizedResponseError);
  await expect(stream(poor, request(model))).rejects.toThrow(errors.PaymentRequiredResponseError);
  const elsewhere = request(model, { provider: { only: ['anthropic'] } });
  await expect(send(sdk, elsewhere)).rejects.toThrow(errors.NotFoundResponseError);
});

test('a refusal by the provider is the error of its status', async () => {
  const { url, keys, bringKey } = await openJudged();
  const sdk = client(url, keys.inference);
  const [model] = models;
  await bringKey(keys.providerExhausted);
  await expect(stream(sdk, request(model))).rejects.toThrow(errors.TooManyRequestsResponseError);
  await bringKey(keys.providerForbidden);
  await expect(send(sdk, request(model))).rejects.toThrow(errors.ForbiddenResponseError);
  await bringKey(keys.providerInvalid);
  await expect(send(sdk, request(model))).rejects.toMatchObject({
    error: { code: 401, metadata: { is_byok: true, provider_name: 'Io Net' } },
  });
});

test('the record of a generation is not there at once, and then as specified', async () => {
  const { url, keys, clock } = await openJudged();
  const sdk = client(url, keys.inference);
  const { generations } = sdk;
  const { id } = await send(sdk, request('z-ai/glm-5.2'));
  await expect(generations.getGeneration({ id })).rejects.toThrow(errors.NotFoundResponseError);
  await clock.sleep(5_000);
  expect((await generations.getGeneration({ id })).data).toMatchObject({
    id,
    isByok: true,
    totalCost: 0,
    upstreamInferenceCost: expect.any(Number),
    providerName: 'Io Net',
    providerResponses: [{ status: 200, isByok: true }],
  });
});
