import type { ChatRequest } from './chat-request.ts';
import type { MessagesRequest } from './messages-request.ts';

type Message = ChatRequest['messages'][number];
type Block = { type: string } & Record<string, unknown>;

/** The same request in the words of chat, which is what hosts speak. Server tools stay behind: the sandbox runs none. */
export function messagesToChat(request: MessagesRequest): ChatRequest {
  const {
    messages,
    system,
    fallbacks,
    stop_sequences: stop,
    tools,
    tool_choice: choice,
    thinking,
    output_config: output,
    metadata,
    ...same
  } = request;
  const functions = tools?.filter(({ type = 'custom' }) => type === 'custom') ?? [];
  const format = output?.format;
  return {
    ...same,
    ...(fallbacks && { models: [request.model, ...fallbacks.map(({ model }) => model)] }),
    messages: [
      ...(system ? [{ role: 'system' as const, content: typeof system === 'string' ? system : partsOf(system) }] : []),
      ...messages.flatMap(({ role, content }) =>
        typeof content === 'string' ? [{ role, content }] : messagesOf(role, content),
      ),
    ],
    ...(stop && { stop }),
    ...(functions.length > 0 && {
      tools: functions.map(({ name = '', description, input_schema: parameters = {} }) => ({
        type: 'function',
        function: { name, parameters, ...(description !== undefined && { description }) },
      })),
    }),
    ...(choice && { tool_choice: toolChoiceOf(choice) }),
    ...(choice?.disable_parallel_tool_use && { parallel_tool_calls: false }),
    ...((thinking || output?.effort) && { reasoning: reasoningOf(thinking, output?.effort) }),
    ...(format && { response_format: { type: 'json_schema', json_schema: { name: 'output', schema: format.schema } } }),
    ...(metadata?.user_id != null && { user: metadata.user_id }),
  };
}

/** Calls and their results are messages of their own on chat, results first: they answer the turn before. */
function messagesOf(role: Message['role'], blocks: readonly Block[]): Message[] {
  const results = blocks.filter(({ type }) => type === 'tool_result').map(resultOf);
  const calls = blocks.filter(({ type }) => type === 'tool_use').map(callOf);
  const parts = partsOf(blocks);
  if (calls.length > 0) return [{ role, content: parts.length > 0 ? parts : null, tool_calls: calls }];
  return [...results, ...(parts.length > 0 ? [{ role, content: parts }] : [])];
}

function resultOf({ tool_use_id: id, content }: Block): Message {
  return {
    role: 'tool',
    tool_call_id: String(id),
    content: Array.isArray(content) ? partsOf(content as Block[]) : String(content ?? ''),
  };
}

const callOf = ({ id, name, input }: Block) => ({
  id,
  type: 'function',
  function: { name, arguments: JSON.stringify(input ?? {}) },
});

/** Text and pictures; nothing else means anything to a host. */
function partsOf(blocks: readonly Block[]): Block[] {
  return blocks.flatMap(({ type, text, source }): Block[] => {
    if (type === 'text') return [{ type, text }];
    return type === 'image' ? [{ type: 'image_url', image_url: { url: urlOf(source as Source) } }] : [];
  });
}

interface Source {
  url?: string;
  media_type?: string;
  data?: string;
}

const urlOf = ({ url, media_type: type, data }: Source): string => url ?? `data:${type};base64,${data}`;

function toolChoiceOf(choice: NonNullable<MessagesRequest['tool_choice']>): NonNullable<ChatRequest['tool_choice']> {
  switch (choice.type) {
    case 'any':
      return 'required';
    case 'tool':
      return { type: 'function', function: { name: choice.name } };
    case 'auto':
    case 'none':
      return choice.type;
  }
}

function reasoningOf(thinking: MessagesRequest['thinking'], effort: string | null | undefined) {
  return {
    enabled: thinking?.type !== 'disabled',
    ...(effort != null && { effort: effort as 'high' }),
    ...(thinking?.['display'] === 'omitted' && { exclude: true }),
  };
}
