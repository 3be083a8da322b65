import type { AnswerHead, Outcome } from './skin.ts';
import type { TokenUsage } from './upstream-events.ts';

/** Everything of a message but its content: https://openrouter.ai/openapi.yaml MessagesResult */
export function messageOf({ id, model, provider }: AnswerHead, content: readonly object[], stopReason: string | null) {
  return {
    id,
    type: 'message',
    role: 'assistant',
    container: null,
    content,
    model,
    stop_reason: stopReason,
    stop_details: null,
    stop_sequence: null,
    provider,
  };
}

/** Anthropic's word for the end of an answer. */
export function stopReasonOf({ finishReason }: Outcome): string | null {
  switch (finishReason) {
    case 'length':
      return 'max_tokens';
    case 'tool_calls':
      return 'tool_use';
    case 'content_filter':
      return 'refusal';
    case null:
      return null;
    default:
      return 'end_turn';
  }
}

/** Counters; what was read from a cache is not among the input tokens. */
export const counters = ({ promptTokens, cachedTokens, completionTokens, reasoningTokens }: TokenUsage) => ({
  input_tokens: promptTokens - cachedTokens,
  output_tokens: completionTokens,
  output_tokens_details: reasoningTokens > 0 ? { thinking_tokens: reasoningTokens } : null,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: cachedTokens,
  server_tool_use: null,
});

/** What whole messages and the first event of a stream say of usage beside the counters. */
export const circumstances = { cache_creation: null, inference_geo: null, service_tier: 'standard' };

/** Only whole messages state costs: the events of a stream have no place for them. */
export const costs = ({ cost }: Outcome) => ({
  cost: cost.cost,
  is_byok: cost.isByok,
  cost_details: {
    upstream_inference_cost: cost.upstream,
    upstream_inference_prompt_cost: cost.upstreamPrompt,
    upstream_inference_completions_cost: cost.upstreamCompletions,
  },
});
