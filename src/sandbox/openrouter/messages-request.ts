import { z } from 'zod';
import { ApiError, invalidRequest } from './api-error.ts';
import { providerPreferences } from './preferences.ts';

const block = z.looseObject({ type: z.string() });
const content = z.union([z.string().min(1), z.array(block).min(1)]);
const choice = { disable_parallel_tool_use: z.boolean().optional() };

/** A tool without a type is a function of the client's; the others are server tools. */
const tool = z.looseObject({
  type: z.string().optional(),
  name: z.string().max(128).optional(),
  description: z.string().optional(),
  input_schema: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Limits: https://openrouter.ai/openapi.yaml MessagesRequest, with `max_tokens` as Anthropic demands it; ranges as on chat.
 * Fields not named here pass.
 */
const messagesRequest = z.looseObject({
  model: z.string(),
  models: z.array(z.string()).nullish(),
  // https://openrouter.ai/docs/guides/routing/model-fallbacks
  fallbacks: z
    .array(z.strictObject({ model: z.string() }))
    .max(3)
    .nullish(),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant', 'system']), content })).min(1),
  max_tokens: z.number().int().min(1),
  system: z.union([z.string(), z.array(block)]).nullish(),
  stream: z.boolean().nullish(),
  provider: providerPreferences.nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: z.number().int().min(0).nullish(),
  stop_sequences: z.array(z.string()).nullish(),
  tools: z
    .array(tool.refine(({ type, name, input_schema: schema }) => type !== undefined || (name !== undefined && schema)))
    .nullish(),
  tool_choice: z
    .discriminatedUnion('type', [
      z.looseObject({ type: z.literal('auto'), ...choice }),
      z.looseObject({ type: z.literal('any'), ...choice }),
      z.looseObject({ type: z.literal('none'), ...choice }),
      z.looseObject({ type: z.literal('tool'), name: z.string(), ...choice }),
    ])
    .nullish(),
  thinking: z
    .discriminatedUnion('type', [
      z.looseObject({ type: z.literal('enabled'), budget_tokens: z.number().int() }),
      z.looseObject({ type: z.literal('adaptive') }),
      z.looseObject({ type: z.literal('disabled') }),
    ])
    .nullish(),
  output_config: z
    .looseObject({
      effort: z.enum(['low', 'medium', 'high', 'xhigh', 'max']).nullish(),
      format: z.looseObject({ type: z.literal('json_schema'), schema: z.record(z.string(), z.unknown()) }).nullish(),
    })
    .nullish(),
  metadata: z.looseObject({ user_id: z.string().nullish() }).nullish(),
  session_id: z.string().max(256).nullish(),
});

export type MessagesRequest = z.infer<typeof messagesRequest>;

/** @throws ApiError 400 with a text that names the first mistake */
export function parseMessagesRequest(body: unknown): MessagesRequest {
  const parsed = messagesRequest.safeParse(body, { reportInput: true });
  if (!parsed.success) throw refuse(parsed.error.issues[0]);
  const request = parsed.data;
  if (request.fallbacks && request.models) {
    throw invalidRequest('Invalid request: fallbacks cannot be combined with models');
  }
  return request;
}

function refuse(issue: z.core.$ZodIssue | undefined): ApiError {
  const path = issue?.path ?? [];
  const field = path.join('.');
  if (!issue || field === '') return invalidRequest('Invalid request: the body must be an object');
  const mistake = issue.input === undefined ? `${field} is required` : `${field}: ${issue.message}`;
  // Not in the request as a whole but in one of its messages: https://openrouter.ai/docs/api_reference/errors-and-debugging
  const errorType = path[0] === 'messages' && path.length > 1 ? 'invalid_prompt' : 'invalid_request';
  return new ApiError(400, `Invalid request: ${mistake}`, { errorType });
}
