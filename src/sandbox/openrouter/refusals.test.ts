import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestSandbox } from './testing.ts';
import type { TestSandbox } from './testing.ts';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await openTestSandbox();
});
afterEach(() => sandbox.close());

const pin = { only: ['io-net'] };
const tool = { type: 'function', function: { name: 'get_weather', parameters: { type: 'object' } } };
const says = (content: unknown) => ({ messages: [{ role: 'user', content }] });
const shows = (url: string) => ({
  model: 'qwen/qwen3.6-27b',
  ...says([
    { type: 'text', text: 'What is this?' },
    { type: 'image_url', image_url: { url } },
  ]),
});

/** A picture as far as its header goes. */
function png(width: number, height: number): string {
  const bytes = Buffer.alloc(33);
  bytes.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
  bytes.write('IHDR', 12);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return `data:image/png;base64,${bytes.toString('base64')}`;
}

test.each<[what: string, body: object, status: number, type: string]>([
  ['a role nobody has', { messages: [{ role: 'wizard', content: 'x' }] }, 400, 'invalid_prompt'],
  ['a message without parts', says([]), 400, 'invalid_prompt'],
  ['a provider that is text', { provider: { order: 'io-net' } }, 400, 'invalid_request'],
  [
    'a prompt too long for the endpoint',
    { model: 'qwen/qwen3.6-27b', ...says('word '.repeat(40_000)), provider: pin },
    400,
    'context_length_exceeded',
  ],
  [
    'no reasoning of a model that always reasons',
    { model: 'z-ai/glm-5.3', reasoning: { effort: 'none' } },
    400,
    'invalid_request',
  ],
  ['a picture of nothing', shows('data:image/png;base64,AAAA'), 400, 'invalid_image'],
  [
    'a picture without an address',
    { ...shows(''), ...says([{ type: 'image_url', image_url: {} }]) },
    400,
    'invalid_image',
  ],
  ['a picture as big as a house', shows(png(20_000, 20_000)), 400, 'image_too_large'],
  ['a picture of one point', shows(png(1, 1)), 400, 'image_too_small'],
  ['a drawing', shows('data:image/svg+xml;base64,PHN2Zy8+'), 400, 'unsupported_image_format'],
  ['a picture on a host that cannot be', shows('https://host.invalid/x.png'), 400, 'image_download_failed'],
  ['a picture that was never uploaded', shows('file-0123'), 404, 'image_not_found'],
])('%s is refused', async (_, body, status, type) => {
  const { json, ...answer } = await sandbox.chat(body as Record<string, unknown>);
  expect([answer.status, json.error.code, json.error.metadata.error_type]).toEqual([status, status, type]);
});

test('a picture that can be used is', async () => {
  expect((await sandbox.chat(shows(png(64, 64)))).status).toBe(200);
});

test.each<[what: string, body: object, code: string, more: object]>([
  ['an unknown model', { model: 'acme/none' }, 'model_not_found', { retryable: false }],
  [
    'a model that only embeds',
    { model: 'openai/text-embedding-3-small' },
    'wrong_endpoint',
    { constraint: { field: 'endpoint', detail: expect.stringContaining('/api/v1/embeddings') } },
  ],
  ['a model nobody serves', { model: 'deepseek/deepseek-v4.1-flash' }, 'no_endpoints', {}],
  [
    'a model of the past',
    { model: 'openrouter/quasar-alpha' },
    'model_deprecated',
    { fallback_models: ['openai/gpt-4.1'] },
  ],
  [
    'a free variant of the past',
    { model: 'google/gemini-2.5-flash:free' },
    'free_variant_ended',
    { fallback_models: ['google/gemini-2.5-flash'] },
  ],
  [
    'a free variant that never was',
    { model: 'z-ai/glm-5.2:free' },
    'free_variant_ended',
    { fallback_models: ['z-ai/glm-5.2'] },
  ],
  ['a variant of the batch API', { model: 'z-ai/glm-5.2:batch' }, 'no_endpoints', {}],
  [
    'other providers than the model has',
    { provider: { only: ['anthropic'] } },
    'no_endpoints',
    { affected_providers: expect.arrayContaining(['io-net']) },
  ],
  [
    'the provider, and not the provider',
    { provider: { ...pin, ignore: ['io-net'] } },
    'no_endpoints',
    { affected_providers: ['io-net'] },
  ],
  [
    'no retention of one that retains',
    { provider: { ...pin, zdr: true } },
    'privacy_restricted',
    { excluded_by: ['data_policy:zdr'] },
  ],
  [
    'no training of one that trains',
    { provider: { only: ['streamlake'], data_collection: 'deny' } },
    'privacy_restricted',
    { excluded_by: ['data_policy:training'] },
  ],
  [
    'a price nobody has',
    { provider: { ...pin, max_price: { prompt: 0.001 } } },
    'constraint_filtered',
    { excluded_by: ['max_price'], constraint: { field: 'max_price', detail: '{"prompt":0.001}' } },
  ],
  [
    'more tokens than anybody writes',
    { max_tokens: 200_000 },
    'constraint_filtered',
    { excluded_by: ['context_length'] },
  ],
  [
    'a parameter nobody takes',
    { top_a: 0.5, provider: { ...pin, require_parameters: true } },
    'constraint_filtered',
    { excluded_by: ['require_parameters'] },
  ],
  [
    'another quantisation',
    { provider: { ...pin, quantizations: ['int4'] } },
    'constraint_filtered',
    { excluded_by: ['quantization'] },
  ],
  ['tools of one without tools', { provider: { only: ['streamlake'] }, tools: [tool] }, 'constraint_filtered', {}],
  [
    'a choice of tools of one without choice',
    { model: 'z-ai/glm-5', provider: { only: ['novita'] }, tools: [tool], tool_choice: 'required' },
    'constraint_filtered',
    {},
  ],
  ['sight of the blind', { ...shows(png(64, 64)), model: 'z-ai/glm-5.2' }, 'constraint_filtered', {}],
  ['pictures of a writer', { modalities: ['image', 'text'] }, 'constraint_filtered', {}],
])('for want of an endpoint %s is refused, with the reason', async (_, body, code, more) => {
  const { json, status } = await sandbox.chat(body as Record<string, unknown>);
  expect(status).toBe(code === 'model_not_found' || code === 'wrong_endpoint' ? 400 : 404);
  expect(json.error.availability).toMatchObject({
    code,
    requested_models: [(body as { model?: string }).model ?? 'z-ai/glm-5.2'],
    docs_url: `https://openrouter.ai/docs/errors#${code}`,
    ...more,
  });
});

test('tools that another API offers, and advisors without names, are refused', async () => {
  const refused = async (...tools: object[]) => (await sandbox.chat({ tools })).json.error.message;
  expect(await refused({ type: 'openrouter:shell' })).toContain('only available on');
  expect(await refused({ type: 'openrouter:advisor' }, { type: 'openrouter:advisor' })).toBe(
    'Only one advisor tool can serve as the default. All other advisor tools must have a name defined.',
  );
  const named = (name: string) => ({ type: 'openrouter:advisor', name });
  expect(await refused(named('a'), named('a'))).toContain('different names');
  expect((await sandbox.chat({ tools: [named('a'), named('b')] })).status).toBe(200);
});

test('what could cost more than is left is refused before it is sent, by prompt or by output', async () => {
  const { json } = await sandbox.manage('POST', '/keys', { name: 'k', limit: 0.001, include_byok_in_limit: true });
  const ask = (body: object) => sandbox.chat({ provider: pin, ...body }, { key: json.key });
  expect((await ask({})).status).toBe(200);
  const output = await ask({ max_tokens: 60_000 });
  expect([output.status, output.json.error.message]).toEqual([
    402,
    expect.stringMatching(
      /^This request requires more credits, or fewer max_tokens\. You requested up to 60000 tokens, but can only afford \d+\. /,
    ),
  ]);
  const prompt = await ask(says('word '.repeat(20_000)));
  expect([prompt.status, prompt.json.error.message]).toEqual([
    402,
    expect.stringMatching(/^Prompt tokens limit exceeded: 25004 > \d+\. /),
  ]);
  expect(prompt.json.error.metadata).toMatchObject({ provider_name: null, limit_source: 'openrouter_credits' });
});

test('whoever has no credits for shared capacity may still bring a key', async () => {
  sandbox.customer.account.totalUsage = sandbox.customer.account.totalCredits - 0.00001;
  expect((await sandbox.chat({ provider: { only: ['z-ai'] } })).status).toBe(402);
  expect((await sandbox.chat({ provider: pin })).status).toBe(200);
});
