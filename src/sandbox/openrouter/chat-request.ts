import { z } from 'zod';
import { ApiError, invalidRequest } from './api-error.ts';
import { providerPreferences } from './preferences.ts';
import { checkChatTools } from './server-tools.ts';

const count = z.number().int();
const part = z.looseObject({ type: z.string() });
const content = z.union([z.string(), z.array(part).min(1)]).nullish();
const effort = z.enum(['max', 'xhigh', 'high', 'medium', 'low', 'minimal', 'none']).nullish();

const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content,
  tool_call_id: z.string().optional(),
});

const tool = z.looseObject({
  type: z.string(),
  function: z.looseObject({ name: z.string().max(64), parameters: z.looseObject({}).optional() }).optional(),
});

/**
 * A chat request. Fields that are not named here pass: OpenRouter accepts what it does not know at the top level.
 * Limits: https://openrouter.ai/openapi.yaml ChatRequest.
 */
const chatRequest = z.looseObject({
  model: z.string().optional(),
  models: z.array(z.string()).nullish(),
  messages: z.array(message),
  stream: z.boolean().nullish(),
  provider: providerPreferences.nullish(),
  max_tokens: count.min(1).nullish(),
  max_completion_tokens: count.min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: count.min(0).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  repetition_penalty: z.number().min(0).max(2).nullish(),
  top_logprobs: count.min(0).max(20).nullish(),
  seed: count.nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: z.union([z.enum(['none', 'auto', 'required']), part]).nullish(),
  response_format: part.nullish(),
  reasoning: z.looseObject({ effort, enabled: z.boolean().nullish(), exclude: z.boolean().nullish() }).nullish(),
  reasoning_effort: effort,
  modalities: z.array(z.string()).nullish(),
  plugins: z.array(z.looseObject({ id: z.string(), allowed_models: z.array(z.string()).nullish() })).nullish(),
  include_reasoning: z.boolean().nullish(),
  user: z.string().nullish(),
  session_id: z.string().max(256).nullish(),
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .refine((pairs) => Object.keys(pairs).length <= 16)
    .nullish(),
});

export type ChatRequest = z.infer<typeof chatRequest>;

/** @throws ApiError 400 with a text that names the first mistake */
export function parseChatRequest(body: unknown): ChatRequest {
  const messages = (body as { messages?: unknown } | null)?.messages;
  if (!Array.isArray(messages) || messages.length === 0) {
    throw new ApiError(400, 'Input required: specify "prompt" or "messages"', { namesUser: true });
  }
  const parsed = chatRequest.safeParse(body, { reportInput: true });
  if (!parsed.success) throw refuse(parsed.error.issues[0]);
  const request = parsed.data;
  checkChatTools(request.tools ?? []);
  if (request.reasoning_effort && request.reasoning?.effort && request.reasoning_effort !== request.reasoning.effort) {
    throw invalidRequest('reasoning_effort and reasoning.effort disagree');
  }
  return request;
}

function refuse(issue: z.core.$ZodIssue | undefined): ApiError {
  if (!issue) return invalidRequest();
  const field = issue.path.join('.');
  // Ranges have a text of their own on record (2025-12).
  if ((issue.code === 'too_big' || issue.code === 'too_small') && typeof issue.input === 'number') {
    const bound = issue.code === 'too_big' ? `at most ${issue.maximum}` : `at least ${issue.minimum}`;
    return new ApiError(400, `Expected ${field} to be ${bound}, received ${issue.input}`, {
      metadata: { provider_name: null },
    });
  }
  // Not in the request as a whole but in one of its messages: https://openrouter.ai/docs/api_reference/errors-and-debugging
  const errorType = issue.path[0] === 'messages' ? 'invalid_prompt' : 'invalid_request';
  return new ApiError(400, field === '' ? issue.message : `${field}: ${issue.message}`, { errorType });
}
