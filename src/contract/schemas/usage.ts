import { amount, boolean, count, integer, nullable, number, object, type Schema } from './shape.ts';

export const costDetails: Schema = object(
  { upstream_inference_prompt_cost: number, upstream_inference_completions_cost: number },
  { upstream_inference_cost: nullable(amount) },
);

const promptDetails = object(
  {},
  // Null was seen for single counts, though the specification knows only integers (2026-01).
  {
    cached_tokens: nullable(count),
    cache_write_tokens: nullable(count),
    audio_tokens: nullable(count),
    video_tokens: nullable(count),
  },
);

const completionDetails = object(
  {},
  {
    reasoning_tokens: nullable(count),
    audio_tokens: nullable(count),
    image_tokens: nullable(integer),
    accepted_prediction_tokens: nullable(count),
    rejected_prediction_tokens: nullable(count),
  },
);

/** `usage` of a chat answer and of the last chunk of a chat stream. Source: ChatUsage in the OpenAPI document. */
export const usage: Schema = object(
  { prompt_tokens: count, completion_tokens: count, total_tokens: count },
  {
    cost: nullable(amount),
    is_byok: boolean,
    cost_details: nullable(costDetails),
    prompt_tokens_details: nullable(promptDetails),
    completion_tokens_details: nullable(completionDetails),
  },
);
