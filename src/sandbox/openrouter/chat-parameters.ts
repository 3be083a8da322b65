import type { ChatRequest } from './chat-request.ts';
import type { Candidate } from './route.ts';

/** Request fields that are parameters of the model, as endpoints list them. */
const parameterNames = [
  'temperature',
  'top_p',
  'top_k',
  'min_p',
  'top_a',
  'frequency_penalty',
  'presence_penalty',
  'repetition_penalty',
  'max_tokens',
  'max_completion_tokens',
  'logit_bias',
  'logprobs',
  'top_logprobs',
  'seed',
  'response_format',
  'stop',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'include_reasoning',
  'reasoning',
  'reasoning_effort',
  'web_search_options',
  'verbosity',
];

/** Tools the model is to know of; those of OpenRouter's own stay behind: the sandbox runs none. */
const toolsOf = ({ tools }: ChatRequest) => tools?.filter(({ type }) => !type.startsWith('openrouter:'));

/** Parameters a request makes use of. */
export function parametersOf(request: ChatRequest): string[] {
  const used = parameterNames.filter((name) => {
    const value = name === 'tools' ? toolsOf(request) : request[name];
    return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
  });
  return request.response_format?.type === 'json_schema' ? [...used, 'structured_outputs'] : used;
}

export const maxTokensOf = (request: ChatRequest): number | null =>
  request.max_completion_tokens ?? request.max_tokens ?? null;

/** Roughly four characters to a token; hosts count exactly. */
export function estimateTokens({ messages, tools }: ChatRequest): number {
  const texts = messages.flatMap(({ content }) =>
    typeof content === 'string' ? [content] : (content ?? []).map((part) => String(part['text'] ?? '')),
  );
  const characters = texts.reduce((sum, text) => sum + text.length, 0) + (tools ? JSON.stringify(tools).length : 0);
  return Math.ceil(characters / 4) + messages.length * 4;
}

export const hasImages = ({ messages }: ChatRequest): boolean =>
  messages.some(({ content }) => Array.isArray(content) && content.some(({ type }) => type === 'image_url'));

/** Whether reasoning was asked to be kept back. */
export const hidesReasoning = ({ reasoning, include_reasoning: include }: ChatRequest): boolean =>
  reasoning?.exclude === true || include === false;

/** Parameters that reach the host in another form than they came in. */
const translated = new Set([
  'reasoning',
  'reasoning_effort',
  'include_reasoning',
  'max_tokens',
  'max_completion_tokens',
]);

/**
 * What the host is sent: its own name for the model, and of the parameters those that the endpoint supports; OpenRouter leaves
 * out the others without a word.
 */
export function upstreamBody(request: ChatRequest, { model, endpoint }: Candidate): Record<string, unknown> {
  const own = parametersOf(request).filter(
    (name) =>
      !translated.has(name) &&
      name in request &&
      (endpoint.supportedParameters.includes(name) || name === 'parallel_tool_calls'),
  );
  const effort = effortOf(request);
  const maxTokens = maxTokensOf(request);
  return {
    model: model.upstreamId,
    messages: request.messages,
    ...Object.fromEntries(own.map((name) => [name, name === 'tools' ? toolsOf(request) : request[name]])),
    ...(maxTokens !== null && { max_tokens: maxTokens }),
    ...(effort !== null && endpoint.supportedParameters.includes('reasoning') && { reasoning: { effort } }),
    stream: true,
    stream_options: { include_usage: true },
  };
}

/** Whether reasoning was asked not to happen. */
export const stopsReasoning = (request: ChatRequest): boolean => effortOf(request) === 'none';

function effortOf({ reasoning, reasoning_effort: effort, include_reasoning: include }: ChatRequest): string | null {
  const wanted = reasoning?.effort ?? effort ?? null;
  if (wanted !== null) return wanted;
  if (reasoning?.enabled === false) return 'none';
  return reasoning?.enabled === true || reasoning || include === true ? 'medium' : null;
}
