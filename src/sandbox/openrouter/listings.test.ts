import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestSandbox } from './testing.ts';
import type { TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await openTestSandbox();
});
afterAll(() => sandbox.close());

const ids = (json: { data: { id: string }[] }) => json.data.map(({ id }) => id);

test('the models are public, even for a key that is not valid', async () => {
  const { status, json } = await sandbox.call('GET', '/models', { key: 'sk-or-v1-wrong' });
  expect(status).toBe(200);
  expect(json).toMatchObject({ total_count: 7, links: { next: null } });
  expect(json.data[0].links.details).toBe('/api/v1/models/z-ai/glm-5.2-20260616/endpoints');
});

test('models can be narrowed down to a provider, a text, parameters and zero data retention', async () => {
  const found = async (query: string) => ids((await sandbox.call('GET', `/models?${query}`)).json);
  expect(await found('providers=io-net')).toEqual(['z-ai/glm-5.2', 'qwen/qwen3.6-27b', 'z-ai/glm-5.3']);
  expect(await found('providers=Io%20Net')).toEqual(['z-ai/glm-5.2', 'qwen/qwen3.6-27b', 'z-ai/glm-5.3']);
  expect(await found('q=claude')).toEqual(['anthropic/claude-haiku-4.5']);
  expect(await found('providers=io-net&supported_parameters=seed')).toEqual(['z-ai/glm-5.2', 'z-ai/glm-5.3']);
  expect(await found('providers=novita&zdr=true')).toEqual([]);
});

test('pages follow each other to the end', async () => {
  const first = (await sandbox.call('GET', '/models?limit=4')).json;
  expect(first).toMatchObject({ total_count: 7, links: { next: '/api/v1/models?limit=4&offset=4' } });
  const second = (await sandbox.call('GET', first.links.next.replace('/api/v1', ''))).json;
  expect(second.links.next).toBeNull();
  expect([...ids(first), ...ids(second)]).toHaveLength(7);
});

test.each(['limit=0', 'limit=1001', 'offset=-1', 'offset=x', 'zdr=no', 'sort=bogus'])(
  '%s is refused',
  async (query) => {
    expect((await sandbox.call('GET', `/models?${query}`)).status).toBe(400);
  },
);

test('the endpoints of a model show the provider with tag, price and limits; speeds only to known callers', async () => {
  const path = '/models/qwen/qwen3.6-27b/endpoints';
  const row = async (key?: null) => {
    const { json } = await sandbox.call('GET', path, key === null ? { key } : {});
    return json.data.endpoints.find((endpoint: { tag: string }) => endpoint.tag === 'io-net/fp8');
  };
  expect(await row()).toMatchObject({
    provider_name: 'Io Net',
    model_id: 'qwen/qwen3.6-27b',
    context_length: 32_768,
    max_completion_tokens: 32_768,
    quantization: 'fp8',
    pricing: { prompt: '0.000000399', completion: '0.00000319' },
    latency_last_30m: { p50: 2229.5 },
  });
  expect(await row(null)).toMatchObject({ latency_last_30m: null, throughput_last_30m: null });
  expect((await sandbox.call('GET', '/models/acme/none/endpoints')).status).toBe(404);
});

test('at least three other providers serve each model of the provider', async () => {
  for (const model of ['z-ai/glm-5.2', 'qwen/qwen3.6-27b']) {
    const { json } = await sandbox.call('GET', `/models/${model}/endpoints`);
    expect(json.data.endpoints.length).toBeGreaterThan(3);
  }
});

test('the providers have names and slugs', async () => {
  const { json } = await sandbox.call('GET', '/providers', { key: null });
  expect(json.data).toContainEqual(expect.objectContaining({ name: 'Io Net', slug: 'io-net' }));
});

test('a model without endpoints is listed, one that embeds only where it is asked for', async () => {
  const found = async (query: string) => ids((await sandbox.call('GET', query)).json);
  expect(await found('/models')).toContain('deepseek/deepseek-v4.1-flash');
  expect(await found('/models')).not.toContain('openai/text-embedding-3-small');
  expect(await found('/models?output_modalities=embeddings')).toEqual(['openai/text-embedding-3-small']);
  expect(await found('/embeddings/models')).toEqual(['openai/text-embedding-3-small']);
});

test('models can be sorted', async () => {
  const first = async (sort: string) => ids((await sandbox.call('GET', `/models?sort=${sort}`)).json)[0];
  expect(await first('newest')).toBe('deepseek/deepseek-v4.1-flash');
  expect(await first('context-high-to-low')).toBe('z-ai/glm-5.2');
  expect(await first('pricing-low-to-high')).toBe('z-ai/glm-4.5-air:free');
  expect(await first('most-popular')).toBe('z-ai/glm-5.2');
});

test('one model is read by its id, its dated slug or an alias', async () => {
  const read = async (id: string) => (await sandbox.call('GET', `/model/${id}`)).json.data.id;
  expect(await read('z-ai/glm-5.2')).toBe('z-ai/glm-5.2');
  expect(await read('z-ai/glm-5.2-20260616')).toBe('z-ai/glm-5.2');
  expect(await read('~z-ai/glm-latest')).toBe('z-ai/glm-5.3');
});

test('endpoints that keep nothing are listed by themselves', async () => {
  const { json } = await sandbox.call('GET', '/endpoints/zdr');
  const providers = json.data.map(({ provider_name }: { provider_name: string }) => provider_name);
  expect(new Set(providers)).toEqual(new Set(['DeepInfra', 'Amazon Bedrock']));
});
