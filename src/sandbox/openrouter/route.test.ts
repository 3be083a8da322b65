import { expect, test } from 'vitest';
import { models } from './catalogue-data.ts';
import { tagOf } from './catalogue.ts';
import type { ProviderPreferences } from './preferences.ts';
import { route } from './route.ts';
import type { OwnKey } from './route.ts';
import type { Policy, Wish } from './wish.ts';

const [glm, qwen, claude] = models as [Wish['model'], Wish['model'], Wish['model']];
const half = () => 0.5;

const open: Policy = {
  allowedProviders: null,
  ignoredProviders: [],
  zeroDataRetention: false,
  allowTraining: true,
  allowFreePublication: true,
  dataRegion: 'global',
  isRegionRestricted: false,
  guardrails: [],
};

const key = (provider: string, more: Partial<OwnKey> = {}): OwnKey => ({
  id: `key of ${provider}`,
  provider,
  secret: 'secret',
  isFallback: false,
  alwaysUse: false,
  sortOrder: 0,
  ...more,
});

interface Given {
  wish?: Partial<Wish>;
  policy?: Partial<Policy>;
  keys?: readonly OwnKey[];
  random?: () => number;
}

const routed = (provider: ProviderPreferences, { wish, policy, keys = [], random = half }: Given = {}) =>
  route(
    {
      model: glm,
      requested: [glm.id],
      parameters: [],
      inputTokens: 10,
      maxTokens: null,
      hasImages: false,
      outputModalities: ['text'],
      forcesTools: false,
      stopsReasoning: false,
      ...wish,
      provider,
    },
    { ...open, ...policy },
    keys,
    random,
  );

/** Tags in order; own keys are marked `(K)`, fallback keys `(F)`. */
function tags(provider: ProviderPreferences, given?: Given): string[] {
  const { candidates, refusal } = routed(provider, given);
  if (refusal) throw refusal;
  return candidates.map(({ endpoint, ownKey }) => {
    const mark = ownKey === null ? '' : ownKey.isFallback ? '(F)' : '(K)';
    return `${tagOf(endpoint)}${mark}`;
  });
}

function refusal(provider: ProviderPreferences, given?: Given) {
  const refused = routed(provider, given).refusal;
  if (!refused) throw new Error('not refused');
  return { status: refused.status, message: refused.message, step: refused.metadata?.['failed_routing_step'] };
}

test.each([
  ['its slug', 'io-net'],
  ['its display name', 'Io Net'],
  ['its endpoint tag', 'io-net/fp8'],
  ['another case', 'IO-NET'],
])('only pins a provider by %s', (_, name) => {
  expect(tags({ only: [name] })).toEqual(['io-net/fp8']);
});

test('a tag of another quantisation is not the provider', () => {
  expect(refusal({ only: ['io-net/int4'] }).message).toMatch(/^No allowed providers are available/);
});

test('order without fallbacks pins to its list, in its order', () => {
  expect(tags({ order: ['z-ai', 'io-net'], allow_fallbacks: false })).toEqual(['z-ai', 'io-net/fp8']);
});

test('order alone is a preference: the others follow', () => {
  const found = tags({ order: ['io-net'] });
  expect(found[0]).toBe('io-net/fp8');
  expect(found.toSorted()).toEqual(glm.endpoints.map(tagOf).toSorted());
});

test('without fallbacks, lists or keys only one endpoint is left', () => {
  expect(tags({ allow_fallbacks: false })).toHaveLength(1);
});

test('without fallbacks the own key and shared capacity of the first provider remain', () => {
  expect(tags({ allow_fallbacks: false }, { keys: [key('io-net')] })).toEqual(['io-net/fp8(K)', 'io-net/fp8']);
});

test('sort by price, throughput and latency orders without drawing lots', () => {
  const never = () => {
    throw new Error('drew lots');
  };
  expect(tags({ sort: 'price' }, { random: never })[0]).toBe('streamlake/fp8');
  expect(tags({ sort: { by: 'throughput' } }, { random: never }).at(-1)).toBe('io-net/fp8');
  expect(tags({ sort: 'latency' }, { random: never }).at(-1)).toBe('io-net/fp8');
});

test('balancing prefers cheap endpoints and gives every one a chance', () => {
  const first = (at: number) => tags({}, { random: () => at })[0];
  expect(first(0.999)).toBe('io-net/fp8');
  const cheap = Array.from({ length: 100 }, (_, index) => first(index / 100)).filter((tag) => tag === 'streamlake/fp8');
  expect(cheap.length).toBeGreaterThan(50);
});

// https://openrouter.ai/docs/guides/overview/auth/byok
test('own keys go first whatever order says, in its order among themselves', () => {
  const order = ['amazon-bedrock', 'anthropic'];
  const wish = { model: claude };
  const both = [key('anthropic'), key('amazon-bedrock')];
  expect(tags({ order }, { wish, keys: both })).toEqual([
    'amazon-bedrock(K)',
    'anthropic(K)',
    'amazon-bedrock',
    'anthropic',
  ]);
  expect(tags({ order }, { wish, keys: [key('anthropic')] })).toEqual(['anthropic(K)', 'amazon-bedrock', 'anthropic']);
});

test('keys of one provider go in their sort order, fallback keys after shared capacity', () => {
  const keys = [
    key('io-net', { isFallback: true, id: 'c' }),
    key('io-net', { sortOrder: 1, id: 'b' }),
    key('io-net', { id: 'a' }),
  ];
  const { candidates } = routed({ only: ['io-net'] }, { keys });
  expect(candidates?.map(({ ownKey }) => ownKey?.id ?? null)).toEqual(['a', 'b', null, 'c']);
});

test('always-use leaves out shared capacity of its own provider only', () => {
  const keys = [key('io-net', { alwaysUse: true })];
  expect(tags({ only: ['io-net'] }, { keys })).toEqual(['io-net/fp8(K)']);
  expect(tags({ only: ['io-net', 'z-ai'] }, { keys })).toEqual(['io-net/fp8(K)', 'z-ai']);
});

test('a key of a provider that is filtered out is of no use', () => {
  expect(tags({ ignore: ['io-net'] }, { keys: [key('io-net')] })).not.toContain('io-net/fp8(K)');
});

test('zero data retention is demanded before own keys come in', () => {
  const keys = [key('io-net', { alwaysUse: true })];
  expect(tags({ zdr: true }, { keys })).toEqual(['deepinfra/fp4']);
  expect(refusal({ only: ['io-net'], zdr: true }, { keys })).toEqual({
    status: 404,
    message:
      'No endpoints for z-ai/glm-5.2 match your data policy (zero data retention). Adjust at https://openrouter.ai/settings/privacy.',
    step: 'Filter by Data Policy',
  });
  expect(tags({ zdr: false }, { policy: { zeroDataRetention: true } })).toEqual(['deepinfra/fp4']);
});

test('hosts that train are left out for data_collection deny and for an account that forbids it', () => {
  expect(tags({ data_collection: 'deny' })).not.toContain('streamlake/fp8');
  expect(tags({}, { policy: { allowTraining: false } })).not.toContain('streamlake/fp8');
  expect(refusal({ only: ['streamlake'], data_collection: 'deny' }).message).toBe(
    'No endpoints found matching your data policy (Paid model training). Configure: https://openrouter.ai/settings/privacy',
  );
});

test('a pin to a provider that does not serve the model says who does', () => {
  expect(routed({ only: ['anthropic'] }).refusal?.body()).toEqual({
    error: {
      message:
        "No allowed providers are available for the selected model. Providers serving z-ai/glm-5.2-20260616: z-ai, novita, deepinfra, streamlake, io-net, but your request's provider.only preference permits only: anthropic.",
      code: 404,
      metadata: {
        available_providers: ['z-ai', 'novita', 'deepinfra', 'streamlake', 'io-net'],
        requested_providers: ['anthropic'],
        failed_routing_step: 'Filter by Allowed Providers',
        error_type: 'not_found',
      },
      availability: {
        code: 'no_endpoints',
        retryable: false,
        requested_models: ['z-ai/glm-5.2'],
        affected_providers: ['z-ai', 'novita', 'deepinfra', 'streamlake', 'io-net'],
        docs_url: 'https://openrouter.ai/docs/errors#no_endpoints',
      },
    },
  });
});

test('the account list is a ceiling of what only permits', () => {
  const given = { policy: { allowedProviders: ['z-ai'] } };
  expect(tags({}, given)).toEqual(['z-ai']);
  expect(refusal({ only: ['io-net'] }, given).message).toBe(
    'No allowed providers are available for the selected model.',
  );
});

test.each([
  ['the request itself', { only: ['io-net'], ignore: ['io-net'] }, {}],
  ['the account', { only: ['io-net'] }, { ignoredProviders: ['io-net'] }],
])('a pinned provider ignored by %s is refused as ignored', (_, provider, policy) => {
  expect(refusal(provider, { policy })).toEqual({
    status: 404,
    message:
      'All providers have been ignored. To change your default ignored providers, visit: https://openrouter.ai/settings/privacy',
    step: 'Filter by Ignored Providers',
  });
});

test('guardrails exclude providers and models, and the refusal counts the reasons', () => {
  const none = { allowedProviders: null, ignoredProviders: [], allowedModels: null, ignoredModels: [] };
  const within = (guardrail: object) => ({ policy: { guardrails: [{ ...none, ...guardrail }] } });
  expect(tags({}, within({ allowedProviders: ['io-net'] }))).toEqual(['io-net/fp8']);
  expect(tags({}, within({ ignoredProviders: ['Io Net'] }))).not.toContain('io-net/fp8');
  expect(tags({}, within({ allowedModels: [glm.canonicalSlug] }))).toHaveLength(5);
  const refused = refusal({}, within({ ignoredModels: [glm.id], allowedProviders: ['z-ai'] }));
  expect(refused.step).toBe('Filter by Guardrails');
  expect(refused.message).toMatch(/^0 endpoints out of 5 requested are available matching your guardrail restrictions/);
  expect(refused.message).toContain('Provider not in allowlist (guardrail): 4 endpoints excluded');
  expect(refused.message).toContain('Model ignored (guardrail): 5 endpoints excluded');
});

test('quantisation and price exclude; prices are per million tokens, as text or number', () => {
  expect(tags({ quantizations: ['fp4'] })).toEqual(['deepinfra/fp4']);
  expect(refusal({ only: ['io-net'], quantizations: ['int4'] }).step).toBe('Filter by Quantization');
  expect(tags({ max_price: { prompt: 0.49 } })).toEqual(['streamlake/fp8']);
  expect(tags({ max_price: { prompt: '1.552', completion: '4.884' } })).toContain('io-net/fp8');
  expect(refusal({ only: ['io-net'], max_price: { prompt: 1.5 } }).step).toBe('Filter by Max Price');
});

test('require_parameters keeps endpoints that have every parameter; otherwise they do not matter', () => {
  const wish = { model: qwen, parameters: ['seed', 'max_completion_tokens'] };
  expect(tags({ require_parameters: true }, { wish })).not.toContain('io-net/fp8');
  expect(tags({}, { wish })).toContain('io-net/fp8');
  expect(refusal({ only: ['io-net'], require_parameters: true }, { wish }).message).toMatch(
    /^No endpoints found that can handle the requested parameters\./,
  );
});

test('tools and response formats go to endpoints that have them', () => {
  expect(tags({}, { wish: { parameters: ['tools'] } })).not.toContain('streamlake/fp8');
  expect(tags({}, { wish: { parameters: ['response_format'] } })).not.toContain('streamlake/fp8');
  expect(tags({ only: ['streamlake'] }, { wish: { parameters: ['response_format'] } })).toEqual(['streamlake/fp8']);
  expect(refusal({ only: ['streamlake'] }, { wish: { parameters: ['tools'] } }).step).toBe(
    'Filter by Tool Compatibility',
  );
});

test('images need a model that sees', () => {
  expect(refusal({}, { wish: { hasImages: true } }).message).toBe('No endpoints found that support image input');
  expect(tags({}, { wish: { hasImages: true, model: qwen } })).toContain('io-net/fp8');
});

test('max_tokens above the cap of an endpoint removes it', () => {
  expect(tags({}, { wish: { maxTokens: 100_000 } }).toSorted()).toEqual(['deepinfra/fp4', 'io-net/fp8', 'z-ai']);
  expect(refusal({ only: ['io-net'] }, { wish: { maxTokens: 131_073 } }).message).toBe(
    'No allowed providers are available for the selected model.',
  );
});

test('the context of the endpoint counts, not that of the model', () => {
  const wish = { model: qwen, inputTokens: 40_000, maxTokens: 16 };
  expect(tags({}, { wish })).not.toContain('io-net/fp8');
  expect(refusal({ only: ['io-net'] }, { wish })).toEqual({
    status: 400,
    message:
      "This endpoint's maximum context length is 32768 tokens. However, you requested about 40016 tokens (40000 of text input, 16 in the output). Please reduce the length of either one, or use the context-compression plugin to compress your prompt automatically.",
    step: undefined,
  });
});

test('a model without endpoints has none', () => {
  expect(refusal({}, { wish: { model: { ...glm, endpoints: [] } } }).message).toBe(
    'No endpoints found for z-ai/glm-5.2.',
  );
});
