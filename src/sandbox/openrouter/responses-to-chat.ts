import type { ChatRequest } from './chat-request.ts';
import type { ResponsesItem, ResponsesRequest } from './responses-request.ts';

type Message = ChatRequest['messages'][number];
type Part = { type: string } & Record<string, unknown>;

/** The same request in the words of chat, which is what hosts speak. Server tools stay behind: the sandbox runs none. */
export function responsesToChat(request: ResponsesRequest): ChatRequest {
  const { input, instructions, max_output_tokens: maxTokens, tools, tool_choice: choice, text, ...same } = request;
  const functions = tools?.filter(({ type }) => type === 'function') ?? [];
  return {
    ...same,
    messages: [
      ...(instructions ? [{ role: 'system' as const, content: instructions }] : []),
      ...(typeof input === 'string' ? [{ role: 'user' as const, content: input }] : messagesOf(input)),
    ],
    ...(maxTokens != null && { max_tokens: maxTokens }),
    ...(functions.length > 0 && {
      tools: functions.map(({ type, ...tool }) => ({ type, function: tool as { name: string } })),
    }),
    ...(choice != null && { tool_choice: toolChoiceOf(choice) }),
    ...(text?.format && text.format.type !== 'text' && { response_format: responseFormatOf(text.format) }),
    ...(text?.verbosity != null && { verbosity: text.verbosity }),
  };
}

/** Calls that follow each other were one message of the assistant. Items nobody but OpenRouter understands are left out. */
function messagesOf(items: readonly ResponsesItem[]): Message[] {
  const messages: Message[] = [];
  for (const item of items) {
    if (isMessage(item)) {
      messages.push({ role: item.role, content: contentOf(item.content) });
    } else if (isCall(item)) {
      const call = { id: item.call_id, type: 'function', function: { name: item.name, arguments: item.arguments } };
      const last = messages.at(-1);
      const calls = last?.['tool_calls'];
      if (Array.isArray(calls)) calls.push(call);
      else messages.push({ role: 'assistant', content: null, tool_calls: [call] });
    } else if (isOutput(item)) {
      messages.push({ role: 'tool', tool_call_id: item.call_id, content: contentOf(item.output) });
    }
  }
  return messages;
}

const isMessage = (item: ResponsesItem): item is Extract<ResponsesItem, { role: unknown }> =>
  item.type === undefined || item.type === 'message';
const isCall = (item: ResponsesItem): item is Extract<ResponsesItem, { type: 'function_call' }> =>
  item.type === 'function_call';
const isOutput = (item: ResponsesItem): item is Extract<ResponsesItem, { type: 'function_call_output' }> =>
  item.type === 'function_call_output';

const contentOf = (content: string | Part[] | null | undefined): Message['content'] =>
  Array.isArray(content) ? content.map(partOf) : content;

function partOf(part: Part): Part {
  switch (part.type) {
    case 'input_text':
    case 'output_text':
      return { type: 'text', text: part['text'] };
    case 'refusal':
      return { type: 'text', text: part['refusal'] };
    case 'input_image':
      return { type: 'image_url', image_url: { url: part['image_url'] } };
    default:
      return part;
  }
}

function toolChoiceOf(choice: NonNullable<ResponsesRequest['tool_choice']>): NonNullable<ChatRequest['tool_choice']> {
  if (typeof choice === 'string' || choice.type !== 'function') return choice;
  return { type: 'function', function: { name: choice['name'] } };
}

function responseFormatOf({ type, ...format }: Part): Part {
  return type === 'json_schema' ? { type, json_schema: format } : { type };
}
