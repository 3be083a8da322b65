import type { Attempt } from './attempts.ts';
import { hostOf, tagOf } from './catalogue.ts';
import type { Model } from './endpoint.ts';
import type { Cost } from './cost.ts';
import type { ApiKey } from './state.ts';
import type { TokenUsage } from './upstream-events.ts';
import { microTime } from './wire-time.ts';
import type { World } from './world.ts';

/** All that is known of one generation when it ends. */
export interface Generation {
  id: string;
  caller: ApiKey;
  model: Model;
  /** The last one served. */
  attempts: readonly Attempt[];
  startedAt: number;
  firstTokenAt: number;
  endedAt: number;
  usage: TokenUsage;
  cost: Cost;
  finishReason: string | null;
  nativeFinishReason: string | null;
  cancelled: boolean;
  client: { userAgent: string | null; referer: string | null; user: string | null; sessionId: string | null };
}

/** Milliseconds until a record can be read; those of cancelled answers come later still. */
const lag = { least: 500, most: 2000, cancelled: 3000 };

/** Writes the record of a generation. It can be read only some time after the answer. */
export function keepGeneration({ state, clock }: World, generation: Generation, random: { next(): number }): void {
  const delay = lag.least + random.next() * (lag.most - lag.least) + (generation.cancelled ? lag.cancelled : 0);
  state.generations.set(generation.id, {
    account: generation.caller.account,
    availableAt: clock.now() + delay,
    record: recordOf(generation),
  });
}

/** `data` of GET /generation: https://openrouter.ai/openapi.yaml GenerationResponse */
function recordOf(generation: Generation) {
  const { caller, client, cost, usage, attempts, model } = generation;
  const served = attempts.at(-1);
  return {
    created_at: microTime(generation.startedAt),
    model: model.canonicalSlug,
    app_id: null,
    external_user: client.user,
    // Seen for whole answers too.
    streamed: true,
    cancelled: generation.cancelled,
    latency: Math.round(generation.firstTokenAt - generation.startedAt),
    moderation_latency: null,
    generation_time: Math.round(generation.endedAt - generation.firstTokenAt),
    tokens_prompt: usage.promptTokens,
    tokens_completion: usage.completionTokens,
    native_tokens_prompt: usage.promptTokens,
    native_tokens_completion: usage.completionTokens,
    native_tokens_completion_images: null,
    native_tokens_reasoning: usage.reasoningTokens,
    native_tokens_cached: usage.cachedTokens,
    num_media_prompt: null,
    num_input_audio_prompt: null,
    num_media_completion: null,
    num_search_results: null,
    num_fetches: null,
    web_search_engine: null,
    origin: client.referer ?? '',
    http_referer: client.referer,
    user_agent: client.userAgent,
    is_byok: cost.isByok,
    finish_reason: generation.finishReason,
    native_finish_reason: generation.nativeFinishReason,
    usage: cost.cost,
    router: null,
    preset_id: null,
    service_tier: null,
    data_region: 'global',
    workspace_id: caller.workspaceId,
    session_id: client.sessionId,
    request_id: null,
    response_cache_source_id: null,
    api_type: 'completions',
    id: generation.id,
    upstream_id: served?.upstreamId ?? null,
    total_cost: cost.cost,
    cache_discount: null,
    // Documented for own keys only; else 0.
    upstream_inference_cost: cost.isByok ? cost.upstream : 0,
    provider_name: served ? hostOf(served.candidate.endpoint).name : null,
    provider_responses: attempts.map(({ candidate, status, latencyMs, upstreamId }) => ({
      ...(upstreamId !== null && { id: upstreamId }),
      endpoint_id: `${model.canonicalSlug}|${tagOf(candidate.endpoint)}`,
      model_permaslug: model.canonicalSlug,
      provider_name: hostOf(candidate.endpoint).name,
      status,
      latency: latencyMs,
      is_byok: candidate.ownKey !== null,
    })),
  };
}
