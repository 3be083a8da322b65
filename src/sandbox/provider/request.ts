import { z } from 'zod';

const textPart = z.looseObject({ type: z.literal('text'), text: z.string() });
const otherPart = z.looseObject({ type: z.enum(['image_url', 'input_audio', 'file', 'video_url']) });
const content = z.union([z.string(), z.null(), z.array(z.union([textPart, otherPart]))]);

const toolCall = z.looseObject({
  id: z.string(),
  type: z.literal('function'),
  function: z.looseObject({ name: z.string(), arguments: z.string() }),
});

const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: content.optional(),
  tool_calls: z.array(toolCall).nullish(),
  tool_call_id: z.string().optional(),
});

const tool = z.looseObject({
  type: z.literal('function'),
  function: z.looseObject({
    name: z.string().min(1),
    description: z.string().nullish(),
    parameters: z.record(z.string(), z.unknown()).nullish(),
  }),
});

const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.looseObject({ type: z.literal('function'), function: z.looseObject({ name: z.string() }) }),
]);

const responseFormat = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text') }),
  z.looseObject({ type: z.literal('json_object') }),
  z.looseObject({
    type: z.literal('json_schema'),
    json_schema: z.looseObject({ schema: z.record(z.string(), z.unknown()) }),
  }),
]);

const effort = z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']);
const tokens = z.int().min(1).nullish();

/** What the provider's chat endpoint takes, as far as the stand-in understands it; anything else is let through. */
export const chatRequest = z.looseObject({
  model: z.string(),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: tokens,
  max_completion_tokens: tokens,
  stop: z.union([z.string(), z.array(z.string())]).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  seed: z.int().nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  response_format: responseFormat.nullish(),
  reasoning: z.looseObject({ effort: effort.nullish(), enabled: z.boolean().nullish() }).nullish(),
  reasoning_effort: effort.nullish(),
});

export type ChatRequest = z.infer<typeof chatRequest>;
export type ChatMessage = ChatRequest['messages'][number];
export type Tool = z.infer<typeof tool>;

/** What FastAPI, which the provider runs, puts under `detail` of a 422: https://fastapi.tiangolo.com/tutorial/handling-errors/ */
export function validationDetail(error: z.ZodError): unknown[] {
  return error.issues.map((issue) => ({ type: issue.code, loc: ['body', ...issue.path], msg: issue.message }));
}

/** The words of a message; pictures and other parts have none. */
export function textOf({ content: value }: ChatMessage): string {
  if (typeof value === 'string') return value;
  return (value ?? []).flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
