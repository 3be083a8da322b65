import { hostOf, tagOf } from './catalogue.ts';
import type { Endpoint, Host, Model } from './endpoint.ts';

function pricingOf({ pricing }: Endpoint) {
  return {
    prompt: pricing.prompt,
    completion: pricing.completion,
    ...(pricing.cacheRead !== undefined && { input_cache_read: pricing.cacheRead }),
  };
}

/** An item of GET /models. */
export function modelView(model: Model) {
  const [cheapest] = model.endpoints.toSorted((a, b) => Number(a.pricing.prompt) - Number(b.pricing.prompt));
  return {
    id: model.id,
    canonical_slug: model.canonicalSlug,
    hugging_face_id: model.huggingFaceId,
    name: model.name,
    created: model.created,
    description: model.description,
    context_length: model.contextLength,
    architecture: {
      modality: model.modality,
      input_modalities: model.inputModalities,
      output_modalities: model.outputModalities,
      tokenizer: model.tokenizer,
      instruct_type: null,
    },
    pricing: cheapest ? pricingOf(cheapest) : { prompt: '0', completion: '0' },
    top_provider: {
      context_length: model.contextLength,
      max_completion_tokens: model.maxCompletionTokens,
      is_moderated: model.isModerated,
    },
    per_request_limits: null,
    supported_parameters: [...new Set(model.endpoints.flatMap((endpoint) => endpoint.supportedParameters))].toSorted(),
    default_parameters: {
      temperature: model.defaults.temperature,
      top_p: model.defaults.topP,
      top_k: null,
      frequency_penalty: null,
      presence_penalty: null,
      repetition_penalty: null,
    },
    supported_voices: null,
    knowledge_cutoff: null,
    expiration_date: null,
    links: { details: `/api/v1/models/${model.canonicalSlug}/endpoints` },
    reasoning: {
      mandatory: model.reasoning.mandatory,
      default_enabled: true,
      ...(model.reasoning.efforts && {
        supported_efforts: model.reasoning.efforts,
        default_effort: model.reasoning.defaultEffort,
      }),
    },
  };
}

const toolChoice = (all: boolean) => ({ auto: all, function: all, none: all, required: all });

/** A row of GET /models/{author}/{slug}/endpoints. Speeds are shown to known callers only. */
export function endpointView(model: Model, endpoint: Endpoint, isKnownCaller: boolean) {
  const { name } = hostOf(endpoint);
  return {
    name: `${name} | ${model.canonicalSlug}`,
    model_id: model.id,
    model_name: model.name,
    context_length: endpoint.contextLength,
    pricing: { ...pricingOf(endpoint), discount: 0 },
    provider_name: name,
    tag: tagOf(endpoint),
    quantization: endpoint.quantization ?? 'unknown',
    max_completion_tokens: endpoint.maxCompletionTokens,
    max_prompt_tokens: null,
    supported_parameters: endpoint.supportedParameters,
    status: 0,
    uptime_last_5m: endpoint.uptime.last5m,
    uptime_last_30m: endpoint.uptime.last30m,
    uptime_last_1d: endpoint.uptime.last1d,
    supports_tool_choice: toolChoice(endpoint.supportedParameters.includes('tool_choice')),
    supports_implicit_caching: false,
    supports_voice_cloning: false,
    latency_last_30m: isKnownCaller ? endpoint.latencyMs : null,
    throughput_last_30m: isKnownCaller ? endpoint.throughput : null,
  };
}

/** An item of GET /providers. */
export function providerView(host: Host) {
  return {
    name: host.name,
    slug: host.slug,
    privacy_policy_url: host.privacyPolicyUrl,
    terms_of_service_url: host.termsOfServiceUrl,
    status_page_url: host.statusPageUrl,
    headquarters: host.headquarters,
    datacenters: host.datacenters,
  };
}
