import type { ApiError } from './api-error.ts';
import type { ErrorType } from './error-type.ts';
import type { ResponsesRequest } from './responses-request.ts';
import type { AnswerHead, Outcome } from './skin.ts';

/** What changes of a response while it goes on. */
interface State {
  status: 'in_progress' | 'completed' | 'incomplete' | 'failed';
  output: readonly object[];
  outcome?: Outcome;
  error?: ApiError;
}

/** A response object, keys in the order of the wire (2026-08). Nothing in it names the provider. */
export function responseOf(request: ResponsesRequest, { id, created, model }: AnswerHead, state: State): object {
  const { status, output, outcome, error } = state;
  const { effort = null, summary = null } = request.reasoning ?? {};
  const routing = outcome?.routing ?? error?.routing;
  return {
    id,
    object: 'response',
    created_at: created,
    model,
    status,
    completed_at: outcome?.completedAt ?? null,
    output,
    error: error ? { code: errorCodeOf(error.errorType), message: error.message } : null,
    incomplete_details: status === 'incomplete' && outcome ? { reason: incompleteReason(outcome) } : null,
    tools: (request.tools ?? []).map((tool) =>
      tool.type === 'function' ? { ...tool, strict: tool['strict'] ?? null } : tool,
    ),
    tool_choice: request.tool_choice ?? 'auto',
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    max_output_tokens: request.max_output_tokens ?? null,
    temperature: request.temperature ?? 1,
    top_p: request.top_p ?? 1,
    presence_penalty: request.presence_penalty ?? 0,
    frequency_penalty: request.frequency_penalty ?? 0,
    top_logprobs: request.top_logprobs ?? 0,
    max_tool_calls: null,
    metadata: request.metadata ?? {},
    background: false,
    previous_response_id: null,
    service_tier: outcome ? 'default' : 'auto',
    truncation: 'disabled',
    store: false,
    instructions: request.instructions ?? null,
    text: { format: { type: 'text' }, ...request.text },
    reasoning: outcome || request.reasoning ? { context: null, effort, summary } : null,
    safety_identifier: null,
    prompt_cache_key: null,
    prompt_cache_options: null,
    usage: outcome ? usageOf(outcome) : null,
    ...(error && { error_type: error.errorType }),
    ...(error?.availability && { availability: error.availability }),
    ...(routing !== undefined && { openrouter_metadata: routing }),
  };
}

/** An answer that was cut short is incomplete, and says why. */
export const statusOf = ({ finishReason }: Outcome): 'completed' | 'incomplete' =>
  finishReason === 'length' || finishReason === 'content_filter' ? 'incomplete' : 'completed';

const incompleteReason = ({ finishReason }: Outcome): string =>
  finishReason === 'length' ? 'max_output_tokens' : 'content_filter';

/** The costs' parts have names of their own here. */
function usageOf({ usage, cost }: Outcome) {
  return {
    input_tokens: usage.promptTokens,
    input_tokens_details: { cached_tokens: usage.cachedTokens },
    output_tokens: usage.completionTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.promptTokens + usage.completionTokens,
    cost: cost.cost,
    is_byok: cost.isByok,
    cost_details: {
      upstream_inference_cost: cost.upstream,
      upstream_inference_input_cost: cost.upstreamPrompt,
      upstream_inference_output_cost: cost.upstreamCompletions,
    },
  };
}

// https://openrouter.ai/docs/api_reference/errors-and-debugging

/** The few words that `error.code` of a response knows. */
export function errorCodeOf(type: ErrorType): string {
  switch (type) {
    case 'rate_limit_exceeded':
      return 'rate_limit_exceeded';
    case 'context_length_exceeded':
    case 'invalid_request':
      return 'invalid_prompt';
    case 'content_policy_violation':
      return 'image_content_policy_violation';
    default:
      return 'server_error';
  }
}

const shortened = new Set<ErrorType>([
  'context_length_exceeded',
  'max_tokens_exceeded',
  'token_limit_exceeded',
  'string_too_long',
]);

/** Errors that this API shows as an answer of limited length. */
export const isShortened = ({ errorType }: ApiError): boolean => shortened.has(errorType);
