import OpenAI, { AuthenticationError, BadRequestError, NotFoundError, RateLimitError } from 'openai';
import { expect, test } from 'vitest';
import { all, cityOnly, models, openJudged, pin } from './open-judged.ts';

const client = (baseURL: string, apiKey: string) => new OpenAI({ apiKey, baseURL, maxRetries: 0 });

/** The SDK sends what it does not know; its types allow that only to those who widen them. */
const pinned = (model: string, prompt = 'Reply with exactly: ok') => ({
  model,
  messages: [{ role: 'user' as const, content: prompt }],
  max_tokens: 64,
  provider: pin,
});

const weather = {
  name: 'get_weather',
  description: 'Weather of a city',
  parameters: cityOnly,
  parse: (text: string): unknown => JSON.parse(text),
  function: () => 'sunny',
};
const ownKey = { is_byok: true, cost: 0, cost_details: { upstream_inference_cost: expect.closeTo(0.00001, 4) } };

test.each(models)('%s answers a completion, and its headers name it', async (model) => {
  const { url, keys } = await openJudged();
  const { data, response } = await client(url, keys.inference).chat.completions.create(pinned(model)).withResponse();
  expect(data).toMatchObject({ model, provider: 'Io Net', usage: ownKey });
  expect(data.choices[0]).toMatchObject({ finish_reason: 'stop', message: { role: 'assistant', content: 'ok' } });
  expect(response.headers.get('x-generation-id')).toBe(data.id);
});

test.each(models)('%s streams what the SDK puts together again, with usage though not asked for', async (model) => {
  const { url, keys } = await openJudged();
  const deltas: string[] = [];
  const stream = client(url, keys.inference).chat.completions.stream(pinned(model, 'Count from 1 to 10'));
  stream.on('content', (delta) => deltas.push(delta));
  const whole = await stream.finalChatCompletion();
  expect(whole.choices[0]).toMatchObject({
    finish_reason: 'stop',
    message: { role: 'assistant', content: '1 2 3 4 5 6 7 8 9 10' },
  });
  expect(whole.usage).toMatchObject({ is_byok: true, cost: 0 });
  expect(deltas.join('')).toBe('1 2 3 4 5 6 7 8 9 10');
});

test.each([false, true])('a tool is called and its result told (stream: %s)', async (stream) => {
  const { url, keys } = await openJudged();
  const body = {
    ...pinned('qwen/qwen3.6-27b', 'What is the weather in Paris?'),
    tools: [{ type: 'function' as const, function: weather }],
  };
  const { completions } = client(url, keys.inference).chat;
  const run = stream ? completions.runTools({ ...body, stream: true }) : completions.runTools(body);
  expect(await run.finalContent()).toBe('The tool says: sunny');
  expect(run.messages[1]).toMatchObject({
    content: null,
    tool_calls: [{ type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } }],
  });
});

test('structured output parses', async () => {
  const { url, keys } = await openJudged();
  const answer = await client(url, keys.inference).chat.completions.parse({
    ...pinned('z-ai/glm-5.2', 'Give a city'),
    response_format: { type: 'json_schema', json_schema: { name: 'place', schema: cityOnly, strict: true } },
  });
  expect(answer.choices[0]?.message.parsed).toEqual({ city: expect.any(String) });
});

test('the listing of models is walked to its end', async () => {
  const { url, keys } = await openJudged();
  const listed = await all(client(url, keys.inference).models.list());
  expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining([...models]));
});

test('a refusal is the error of its status', async () => {
  const { url, keys, backstage } = await openJudged();
  const customer = client(url, keys.inference).chat.completions;
  const stranger = client(url, 'sk-or-v1-unknown').chat.completions;
  const poor = client(url, backstage.keyWithoutCredits()).chat.completions;
  const body = pinned('qwen/qwen3.6-27b');
  await expect(customer.create({ ...body, temperature: 9 })).rejects.toThrow(BadRequestError);
  await expect(stranger.create(body)).rejects.toThrow(AuthenticationError);
  await expect(poor.create(body)).rejects.toMatchObject({ status: 402, code: 402 });
  const elsewhere = { ...body, provider: { only: ['anthropic'] } };
  await expect(customer.create(elsewhere)).rejects.toThrow(NotFoundError);
});

test('a refusal by the provider keeps its status and says whose key it was', async () => {
  const { url, keys, bringKey } = await openJudged();
  const { completions } = client(url, keys.inference).chat;
  const body = pinned('qwen/qwen3.6-27b');
  const error = { metadata: { provider_name: 'Io Net', is_byok: true } };
  await bringKey(keys.providerExhausted);
  await expect(completions.create({ ...body, stream: true })).rejects.toThrow(RateLimitError);
  await bringKey(keys.providerInvalid);
  await expect(completions.create(body)).rejects.toMatchObject({ status: 401, error });
  await bringKey(keys.providerForbidden);
  await expect(completions.create(body)).rejects.toMatchObject({ status: 403, error });
});
