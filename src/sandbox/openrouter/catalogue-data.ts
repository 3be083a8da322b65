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
      }),
    ],
  },
];
