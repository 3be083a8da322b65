import { z } from 'zod';
import { ApiError, invalidRequest } from './api-error.ts';
import { providerPreferences } from './preferences.ts';

const count = z.number().int();
const named = z.looseObject({ type: z.string() });
const words = z.array(named).min(1);

const message = z.looseObject({
  type: z.literal('message').optional(),
  role: z.enum(['user', 'system', 'assistant', 'developer']),
  content: z.union([z.string().min(1), words]).nullish(),
});
const functionCall = z.looseObject({
  type: z.literal('function_call'),
  call_id: z.string(),
  name: z.string(),
  arguments: z.string(),
  subagent_id: z.string().optional(),
});
const functionCallOutput = z.looseObject({
  type: z.literal('function_call_output'),
  call_id: z.string(),
  output: z.union([z.string(), z.array(named)]),
});
const otherItem = named.refine(({ type }) => !['message', 'function_call', 'function_call_output'].includes(type));

/** A function lies flat, other than on chat: name and parameters are required, as was seen 2025-12. */
const functionTool = z.looseObject({
  type: z.literal('function'),
  name: z.string().max(64),
  description: z.string().nullish(),
  parameters: z.record(z.string(), z.unknown()).nullable(),
  strict: z.boolean().nullish(),
});
const serverTool = named.refine(({ type }) => type !== 'function');

/** Limits: https://openrouter.ai/openapi.yaml ResponsesRequest; ranges as on chat. Fields not named here pass. */
const responsesRequest = z.looseObject({
  model: z.string().optional(),
  models: z.array(z.string()).nullish(),
  input: z.union([z.string().min(1), z.array(z.union([message, functionCall, functionCallOutput, otherItem])).min(1)]),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  provider: providerPreferences.nullish(),
  max_output_tokens: count.min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  top_k: count.min(0).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  top_logprobs: count.min(0).max(20).nullish(),
  tools: z.array(z.union([functionTool, serverTool])).nullish(),
  tool_choice: z.union([z.enum(['none', 'auto', 'required']), named]).nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  text: z.looseObject({ format: named.nullish(), verbosity: z.string().nullish() }).nullish(),
  reasoning: z
    .looseObject({
      effort: z.enum(['max', 'xhigh', 'high', 'medium', 'low', 'minimal', 'none']).nullish(),
      enabled: z.boolean().nullish(),
      exclude: z.boolean().nullish(),
    })
    .nullish(),
  store: z.boolean().nullish(),
  user: z.string().nullish(),
  session_id: z.string().max(256).nullish(),
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .refine((pairs) => Object.keys(pairs).length <= 16)
    .nullish(),
});

export type ResponsesRequest = z.infer<typeof responsesRequest>;
export type ResponsesItem = Exclude<ResponsesRequest['input'], string>[number];

/** A body that is no Responses request. The code is a word here and the issues lie beside the error, as seen in 2025 and 2026. */
class NoResponsesRequest extends ApiError {
  readonly #raw: string;

  constructor(issues: unknown) {
    super(400, 'Invalid Responses API request', { errorType: 'invalid_request' });
    this.#raw = JSON.stringify(issues);
  }

  override body(): Record<string, unknown> {
    return { error: { code: 'invalid_prompt', message: this.message }, metadata: { raw: this.#raw } };
  }
}

/** @throws ApiError 400 */
export function parseResponsesRequest(body: unknown): ResponsesRequest {
  const parsed = responsesRequest.safeParse(body);
  if (!parsed.success) throw new NoResponsesRequest(parsed.error.issues);
  const request = parsed.data;
  // Nothing is stored: https://openrouter.ai/docs/api_reference/responses/overview
  if (request.store === true) throw invalidRequest('`store` must be false: the Responses API is stateless');
  if (request['previous_response_id'] != null) {
    throw invalidRequest('`previous_response_id` is not supported: send the whole conversation in `input`');
  }
  return request;
}
