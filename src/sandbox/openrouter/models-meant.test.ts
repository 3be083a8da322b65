import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSandbox } from './testing.ts';
import type { TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await openTestSandbox();
});
afterAll(() => sandbox.close());

async function routed(body: Record<string, unknown>) {
  const { json, status } = await sandbox.chat(body, { headers: { 'X-OpenRouter-Metadata': 'enabled' } });
  const { provider, model, openrouter_metadata: metadata } = json;
  return { status, provider, model, strategy: metadata?.strategy, requested: metadata?.requested };
}

const glm = 'z-ai/glm-5.2';
const qwen = 'qwen/qwen3.6-27b';
const apartFromOwn = { ignore: ['io-net'] };

test.each([
  ['floor', 'price'],
  ['nitro', 'throughput'],
  ['exacto', 'exacto'],
])(':%s sorts the endpoints by %s', async (suffix, sort) => {
  const asked = await routed({ model: glm, provider: { ...apartFromOwn, sort } });
  const meant = await routed({ model: `${glm}:${suffix}`, provider: apartFromOwn });
  expect(meant).toEqual({ ...asked, requested: `${glm}:${suffix}` });
});

test('a sort of the request goes before that of the suffix', async () => {
  const body = { model: `${glm}:nitro`, provider: { ...apartFromOwn, sort: 'price' } };
  expect((await routed(body)).provider).toBe('StreamLake');
});

test(':thinking makes the model reason', async () => {
  const { json } = await sandbox.chat({ model: `${glm}:thinking`, provider: { only: ['io-net'] }, max_tokens: 200 });
  expect(json.choices[0].message.reasoning).not.toBeNull();
});

test('an alias means the newest of its family; one that always reasons is left to reason', async () => {
  const body = { model: '~z-ai/glm-latest', reasoning: { effort: 'none' } };
  expect(await routed(body)).toEqual({
    status: 200,
    provider: 'Io Net',
    model: 'z-ai/glm-5.3',
    strategy: 'latest',
    requested: '~z-ai/glm-latest',
  });
  expect((await routed({ model: '~nobody/nothing-latest' })).status).toBe(400);
});

test('an unknown suffix makes an unknown model', async () => {
  expect((await routed({ model: `${glm}:fancy` })).status).toBe(400);
});

test('the auto router takes a model that the restrictions permit, or none', async () => {
  const permit = (...allowed_models: string[]) => ({
    model: 'openrouter/auto',
    plugins: [{ id: 'auto-router', allowed_models }],
  });
  expect(await routed(permit('qwen/*'))).toMatchObject({ model: qwen, strategy: 'auto' });
  expect((await sandbox.chat(permit('nobody/*'))).json.error.message).toBe(
    'No models match your request and model restrictions',
  );
  const impossible = { ...permit('qwen/*'), provider: { only: ['anthropic'] } };
  expect((await sandbox.chat(impossible)).json.error.message).toBe(
    'No models match your request and model restrictions',
  );
});

test.each([
  ['is unknown', 'acme/none'],
  ['has no endpoints', 'deepseek/deepseek-v4.1-flash'],
  ['is gone', 'openrouter/quasar-alpha'],
])('when the first model %s the next one serves', async (_, first) => {
  expect(await routed({ model: first, models: [qwen] })).toMatchObject({
    status: 200,
    model: qwen,
    strategy: 'fallback',
    requested: first,
  });
});

test('when the hosts of the first model fail the next one serves', async () => {
  sandbox.provider.failures['z-ai'] = { kind: 'status', status: 503, body: '{}' };
  const body = { models: ['z-ai/glm-5', qwen], model: undefined, provider: { only: ['z-ai', 'io-net'] } };
  expect(await routed(body)).toMatchObject({ status: 200, model: qwen, provider: 'Io Net' });
  delete sandbox.provider.failures['z-ai'];
});

test('when no model can serve the error is that of the last', async () => {
  const { json } = await sandbox.chat({ model: 'acme/none', models: ['deepseek/deepseek-v4.1-flash'] });
  expect(json.error).toMatchObject({
    message: 'No endpoints found for deepseek/deepseek-v4.1-flash.',
    availability: { requested_models: ['acme/none', 'deepseek/deepseek-v4.1-flash'] },
  });
});
