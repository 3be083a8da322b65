import { ionet } from '../../provider.ts';
import type { Endpoint, Host, Model } from './endpoint.ts';

// Names, slugs, limits and parameters are real. Addresses are made up; prices, policies and speeds of hosts other than the
// customer's provider are stand-ins, chosen so that each routing rule has something to tell apart.

function host(name: string, slug: string, more: Partial<Host> = {}): Host {
  return {
    name,
    slug,
    headquarters: 'US',
    datacenters: ['US'],
    privacyPolicyUrl: `https://${slug}.example/privacy`,
    termsOfServiceUrl: `https://${slug}.example/terms`,
    statusPageUrl: null,
    zeroDataRetention: false,
    trains: false,
    ...more,
  };
}

export const hosts: readonly Host[] = [
  host('Anthropic', 'anthropic'),
  host('Alibaba', 'alibaba', { headquarters: 'CN', datacenters: ['SG'] }),
  host('Amazon Bedrock', 'amazon-bedrock', { zeroDataRetention: true }),
  host('DeepInfra', 'deepinfra', { zeroDataRetention: true }),
  host(ionet.name, ionet.slug, { datacenters: null }),
  host('Novita', 'novita'),
  host('OpenAI', 'openai'),
  host('StreamLake', 'streamlake', { headquarters: 'CN', datacenters: ['CN'], trains: true }),
  host('Z.AI', 'z-ai', { headquarters: 'SG', datacenters: ['SG'] }),
];

const sampling = ['temperature', 'top_p', 'top_k', 'frequency_penalty', 'presence_penalty', 'repetition_penalty'];
const tools = ['tools', 'tool_choice', 'response_format', 'structured_outputs'];
const thinking = ['include_reasoning', 'reasoning'];
const full = [...thinking, ...tools, ...sampling, 'max_tokens', 'min_p', 'seed', 'stop'].toSorted();

function endpoint(
  host: string,
  quantization: string | null,
  more: Partial<Endpoint> & Pick<Endpoint, 'contextLength' | 'pricing'>,
): Endpoint {
  return {
    host,
    quantization,
    maxCompletionTokens: null,
    supportedParameters: full,
    latencyMs: { p50: 900, p75: 1600, p90: 3200, p99: 9800 },
    throughput: { p50: 45, p75: 62, p90: 80, p99: 110 },
    uptime: { last5m: 100, last30m: 99.8, last1d: 99.5 },
    ...more,
  };
}

/** Speeds of the provider as listed on 2026-08-30. */
const providerSpeed = {
  latencyMs: { p50: 2229.5, p75: 4813.5, p90: 10_117.7, p99: 26_895.49 },
  throughput: { p50: 25, p75: 40, p90: 54, p99: 78 },
  uptime: { last5m: 100, last30m: 99.339_735_894_357_74, last1d: 92.095_437_501_492_71 },
};

export const models: readonly Model[] = [
  {
    id: 'z-ai/glm-5.2',
    canonicalSlug: 'z-ai/glm-5.2-20260616',
    name: 'Z.ai: GLM 5.2',
    upstreamId: 'zai-org/GLM-5.2',
    created: 1_781_568_000,
    description: 'A large reasoning model for long agent work, with a context of a million tokens.',
    huggingFaceId: 'zai-org/GLM-5.2',
    contextLength: 1_048_576,
    maxCompletionTokens: 131_072,
    isModerated: false,
    modality: 'text->text',
    inputModalities: ['text'],
    outputModalities: ['text'],
    tokenizer: 'Other',
    defaults: { temperature: 1, topP: 0.95 },
    reasoning: { mandatory: false, efforts: ['xhigh', 'high'], defaultEffort: 'high' },
    endpoints: [
      endpoint('z-ai', null, {
        contextLength: 1_048_576,
        maxCompletionTokens: 131_072,
        pricing: { prompt: '0.0000014', completion: '0.0000044', cacheRead: '0.00000026' },
      }),
      endpoint('novita', 'fp8', {
        contextLength: 262_144,
        maxCompletionTokens: 65_536,
        pricing: { prompt: '0.00000098', completion: '0.0000038' },
      }),
      endpoint('deepinfra', 'fp4', {
        contextLength: 202_752,
        maxCompletionTokens: 131_072,
        pricing: { prompt: '0.0000008', completion: '0.0000028' },
      }),
      endpoint('streamlake', 'fp8', {
        contextLength: 131_072,
        maxCompletionTokens: 32_768,
        pricing: { prompt: '0.00000049', completion: '0.00000154' },
        supportedParameters: ['max_tokens', 'stop', 'temperature', 'top_p'],
      }),
      endpoint(ionet.slug, ionet.quantization, {
        contextLength: 262_144,
        maxCompletionTokens: 131_072,
        pricing: { prompt: '0.000001552', completion: '0.000004884', cacheRead: '0.000000776' },
        ...providerSpeed,
      }),
    ],
  },
  {
    id: 'qwen/qwen3.6-27b',
    canonicalSlug: 'qwen/qwen3.6-27b-20260422',
    name: 'Qwen: Qwen3.6 27B',
    upstreamId: 'Qwen/Qwen3.6-27B',
    created: 1_776_816_000,
    description: 'A dense model of 27 billion parameters that reads text, images and video.',
    huggingFaceId: 'Qwen/Qwen3.6-27B',
    contextLength: 262_144,
    maxCompletionTokens: 262_144,
    isModerated: false,
    modality: 'text+image+video->text',
    inputModalities: ['text', 'image', 'video'],
    outputModalities: ['text'],
    tokenizer: 'Qwen3',
    defaults: { temperature: null, topP: null },
    reasoning: { mandatory: false, efforts: null, defaultEffort: null },
    endpoints: [
      endpoint('alibaba', null, {
        contextLength: 262_144,
        maxCompletionTokens: 65_536,
        pricing: { prompt: '0.0000006', completion: '0.0000036', cacheRead: '0.00000012' },
      }),
      endpoint('novita', 'bf16', {
        contextLength: 262_144,
        maxCompletionTokens: 65_536,
        pricing: { prompt: '0.00000033', completion: '0.0000027' },
      }),
      endpoint('deepinfra', 'fp8', {
        contextLength: 262_144,
        maxCompletionTokens: 81_920,
        pricing: { prompt: '0.00000032', completion: '0.0000026' },
      }),
      endpoint('streamlake', 'fp8', {
        contextLength: 131_072,
        maxCompletionTokens: 32_768,
        pricing: { prompt: '0.0000002', completion: '0.0000018' },
        supportedParameters: ['max_tokens', 'stop', 'temperature', 'top_p'],
      }),
      endpoint(ionet.slug, ionet.quantization, {
        contextLength: 32_768,
        maxCompletionTokens: 32_768,
        pricing: { prompt: '0.000000399', completion: '0.00000319', cacheRead: '0.0000001995' },
        // The provider lists no seed for this model.
        supportedParameters: full.filter((name) => name !== 'seed'),
        ...providerSpeed,
      }),
    ],
  },
  {
    id: 'anthropic/claude-haiku-4.5',
    canonicalSlug: 'anthropic/claude-4.5-haiku-20251001',
    name: 'Anthropic: Claude Haiku 4.5',
    upstreamId: 'claude-haiku-4-5',
    created: 1_760_547_638,
    description: 'A fast and efficient model.',
    huggingFaceId: '',
    contextLength: 200_000,
    maxCompletionTokens: 64_000,
    isModerated: true,
    modality: 'text+image+file->text',
    inputModalities: ['text', 'image', 'file'],
    outputModalities: ['text'],
    tokenizer: 'Claude',
    defaults: { temperature: null, topP: null },
    reasoning: { mandatory: false, efforts: null, defaultEffort: null },
    endpoints: ['anthropic', 'amazon-bedrock'].map((host) =>
      endpoint(host, null, {
        contextLength: 200_000,
        maxCompletionTokens: 64_000,
        pricing: { prompt: '0.000001', completion: '0.000005', cacheRead: '0.0000001' },
        supportedParameters: [...thinking, ...tools, 'max_tokens', 'stop', 'temperature', 'top_k', 'top_p'].toSorted(),
      }),
    ),
  },
  {
    id: 'z-ai/glm-5',
    canonicalSlug: 'z-ai/glm-5-20260211',
    name: 'Z.ai: GLM 5',
    upstreamId: 'zai-org/GLM-5',
    created: 1_770_768_000,
    description: 'The predecessor, for complex systems design.',
    huggingFaceId: 'zai-org/GLM-5',
    contextLength: 204_800,
    maxCompletionTokens: 128_000,
    isModerated: false,
    modality: 'text->text',
    inputModalities: ['text'],
    outputModalities: ['text'],
    tokenizer: 'Other',
    defaults: { temperature: 1, topP: 0.95 },
    reasoning: { mandatory: false, efforts: null, defaultEffort: null },
    endpoints: [
      endpoint('z-ai', null, {
        contextLength: 202_752,
        maxCompletionTokens: 128_000,
        pricing: { prompt: '0.000001', completion: '0.0000032', cacheRead: '0.0000002' },
      }),
      endpoint('novita', 'fp8', {
        contextLength: 202_800,
        maxCompletionTokens: 131_072,
        pricing: { prompt: '0.0000006', completion: '0.00000192' },
        // Nowhere else is a tool taken without a choice of tools.
        supportedParameters: full.filter((name) => name !== 'tool_choice'),
      }),
    ],
  },
  {
    id: 'z-ai/glm-5.3',
    canonicalSlug: 'z-ai/glm-5.3-20260820',
    name: 'Z.ai: GLM 5.3',
    upstreamId: 'zai-org/GLM-5.3',
    created: 1_787_184_000,
    description: 'A reasoning model that cannot be kept from reasoning.',
    huggingFaceId: 'zai-org/GLM-5.3',
    contextLength: 262_144,
    maxCompletionTokens: 131_072,
    isModerated: false,
    modality: 'text->text',
    inputModalities: ['text'],
    outputModalities: ['text'],
    tokenizer: 'Other',
    defaults: { temperature: 1, topP: 0.95 },
    reasoning: { mandatory: true, efforts: ['xhigh', 'high'], defaultEffort: 'high' },
    endpoints: [
      endpoint('z-ai', null, {
        contextLength: 262_144,
        maxCompletionTokens: 131_072,
        pricing: { prompt: '0.0000014', completion: '0.0000044', cacheRead: '0.00000026' },
      }),
      endpoint(ionet.slug, ionet.quantization, {
        contextLength: 262_144,
        maxCompletionTokens: 131_072,
        pricing: { prompt: '0.00000139', completion: '0.0000044' },
        ...providerSpeed,
      }),
    ],
  },
  {
    id: 'z-ai/glm-4.5-air:free',
    canonicalSlug: 'z-ai/glm-4.5-air:free',
    name: 'Z.ai: GLM 4.5 Air (free)',
    upstreamId: 'zai-org/GLM-4.5-Air',
    created: 1_753_471_258,
    description: 'A small model for agents, free of charge; prompts may be published.',
    huggingFaceId: 'zai-org/GLM-4.5-Air',
    contextLength: 131_072,
    maxCompletionTokens: 96_000,
    isModerated: false,
    modality: 'text->text',
    inputModalities: ['text'],
    outputModalities: ['text'],
    tokenizer: 'Other',
    defaults: { temperature: null, topP: null },
    reasoning: { mandatory: false, efforts: null, defaultEffort: null },
    endpoints: [
      endpoint('z-ai', null, {
        contextLength: 131_072,
        maxCompletionTokens: 96_000,
        pricing: { prompt: '0', completion: '0' },
        publishes: true,
      }),
    ],
  },
  {
    id: 'deepseek/deepseek-v4.1-flash',
    canonicalSlug: 'deepseek/deepseek-v4.1-flash-20260915',
    name: 'DeepSeek: DeepSeek V4.1 Flash',
    upstreamId: 'deepseek-ai/DeepSeek-V4.1-Flash',
    created: 1_789_430_400,
    description: 'Listed, and served by nobody at present.',
    huggingFaceId: 'deepseek-ai/DeepSeek-V4.1-Flash',
    contextLength: 262_144,
    maxCompletionTokens: null,
    isModerated: false,
    modality: 'text->text',
    inputModalities: ['text'],
    outputModalities: ['text'],
    tokenizer: 'DeepSeek',
    defaults: { temperature: null, topP: null },
    reasoning: { mandatory: false, efforts: null, defaultEffort: null },
    endpoints: [],
  },
  {
    id: 'openai/text-embedding-3-small',
    canonicalSlug: 'openai/text-embedding-3-small',
    name: 'OpenAI: Text Embedding 3 Small',
    upstreamId: 'text-embedding-3-small',
    created: 1_761_862_866,
    description: 'Turns text into vectors.',
    huggingFaceId: '',
    contextLength: 8192,
    maxCompletionTokens: null,
    isModerated: false,
    modality: 'text->embeddings',
    inputModalities: ['text'],
    outputModalities: ['embeddings'],
    tokenizer: 'Other',
    defaults: { temperature: null, topP: null },
    reasoning: { mandatory: false, efforts: null, defaultEffort: null },
    endpoints: [
      endpoint('openai', null, {
        contextLength: 8192,
        pricing: { prompt: '0.00000002', completion: '0' },
        supportedParameters: [],
      }),
    ],
  },
];

/** Ids that were once good, and why they no longer are. */
export const retired: readonly {
  id: string;
  why: 'model_deprecated' | 'free_variant_ended';
  message: string;
  fallbacks: readonly string[];
}[] = [
  {
    // The documentation's example: https://openrouter.ai/docs/api_reference/errors-and-debugging
    id: 'openrouter/quasar-alpha',
    why: 'model_deprecated',
    message: 'Quasar Alpha was a stealth model, revealed on April 14th as an early version of GPT-4.1.',
    fallbacks: ['openai/gpt-4.1'],
  },
  {
    id: 'google/gemini-2.5-flash:free',
    why: 'free_variant_ended',
    message: 'The free variant of google/gemini-2.5-flash has ended. Use the paid one: google/gemini-2.5-flash.',
    fallbacks: ['google/gemini-2.5-flash'],
  },
];
