import OpenAI, { BadRequestError } from 'openai';
import { expect, test } from 'vitest';
import { cityOnly, models, openJudged, pin } from './open-judged.ts';

async function open() {
  const { url, keys } = await openJudged();
  return new OpenAI({ apiKey: keys.inference, baseURL: url, maxRetries: 0 });
}

/** The SDK sends what it does not know; its types allow that only to those who widen them. */
const pinned = (model: string, input = 'Count from 1 to 10') => ({
  model,
  input,
  max_output_tokens: 64,
  provider: pin,
});

test.each(models)('%s answers a response in one piece', async (model) => {
  const client = await open();
  const response = await client.responses.create(pinned(model));
  expect(response.output_text).toBe('1 2 3 4 5 6 7 8 9 10');
  expect(response).toMatchObject({ model, status: 'completed', usage: { is_byok: true, cost: 0 } });
});

test.each(models)('%s streams a response that the SDK puts together again', async (model) => {
  const deltas: string[] = [];
  const client = await open();
  const stream = client.responses.stream(pinned(model));
  stream.on('response.output_text.delta', ({ delta }) => deltas.push(delta));
  expect((await stream.finalResponse()).output_text).toBe(deltas.join(''));
});

test('a streamed function call is put together too', async () => {
  const tools = [{ type: 'function' as const, name: 'get_weather', parameters: cityOnly, strict: null }];
  const client = await open();
  const stream = client.responses.stream({ ...pinned(models[0], 'What is the weather in Paris?'), tools });
  expect((await stream.finalResponse()).output[0]).toMatchObject({
    type: 'function_call',
    arguments: '{"city":"Paris"}',
  });
});

test('a refusal is the error of its status', async () => {
  const client = await open();
  await expect(client.responses.create({ ...pinned(models[0]), store: true })).rejects.toThrow(BadRequestError);
});
