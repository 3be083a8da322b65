import type { Cost } from './cost.ts';
import type { TokenUsage } from './upstream-events.ts';

/** `usage` of chat answers, keys in today's order. */
export function chatUsage(usage: TokenUsage, cost: Cost) {
  return {
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.promptTokens + usage.completionTokens,
    cost: cost.cost,
    is_byok: cost.isByok,
    prompt_tokens_details: {
      cached_tokens: usage.cachedTokens,
      cache_write_tokens: 0,
      audio_tokens: 0,
      video_tokens: 0,
    },
    cost_details: {
      upstream_inference_cost: cost.upstream,
      upstream_inference_prompt_cost: cost.upstreamPrompt,
      upstream_inference_completions_cost: cost.upstreamCompletions,
    },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens, image_tokens: 0, audio_tokens: 0 },
  };
}
