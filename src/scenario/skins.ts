import type { Skin } from '../contract/errors/row.ts';

type Body = Record<string, unknown>;
interface Message {
  role: string;
  content: unknown;
}

/** Where each inference API lives. */
export const pathOf: Record<Skin, string> = {
  chat: '/chat/completions',
  responses: '/responses',
  messages: '/messages',
  completions: '/completions',
};

/** The same request, said to another API: the names of its parameters differ, not what is asked. */
export const inSkin: Record<Skin, (chat: Body) => Body> = {
  chat: (body) => body,
  responses: ({ messages, max_tokens, tools, tool_choice, response_format, reasoning, ...rest }) => ({
    ...rest,
    ...present({
      input: (messages as Message[] | undefined)?.map(inputOf),
      max_output_tokens: max_tokens,
      tools: (tools as Body[] | undefined)?.map(flatTool),
      tool_choice,
      reasoning,
      text: response_format && { format: flatFormat(response_format as Body) },
    }),
  }),
  messages: ({ messages, tools, tool_choice, stop, ...rest }) => ({
    ...rest,
    ...present({
      messages: (messages as Message[] | undefined)?.filter(({ role }) => role !== 'system').map(blocksOf),
      system: (messages as Message[] | undefined)?.find(({ role }) => role === 'system')?.content,
      tools: (tools as Body[] | undefined)?.map(namedTool),
      tool_choice: tool_choice === 'required' ? { type: 'any' } : tool_choice,
      stop_sequences: stop,
    }),
  }),
  completions: ({ messages, ...rest }) => ({
    ...rest,
    ...present({ prompt: (messages as Message[] | undefined)?.map(({ content }) => content).join('\n') }),
  }),
};

function inputOf({ role, content }: Message): unknown {
  if (!Array.isArray(content)) return { role, content };
  return { role, content: content.map((part: Body) => responsesPart(part)) };
}

function responsesPart(part: Body): Body {
  if (part['type'] === 'text') return { type: 'input_text', text: part['text'] };
  if (part['type'] === 'image_url') {
    return { type: 'input_image', detail: 'auto', image_url: (part['image_url'] as { url: string }).url };
  }
  return part;
}

function blocksOf({ role, content }: Message): unknown {
  if (!Array.isArray(content)) return { role, content };
  return { role, content: content.map((part: Body) => messagesBlock(part)) };
}

function messagesBlock(part: Body): Body {
  if (part['type'] !== 'image_url') return part;
  const { url } = part['image_url'] as { url: string };
  const data = /^data:([^;]+);base64,(.*)$/s.exec(url);
  return {
    type: 'image',
    source: data === null ? { type: 'url', url } : { type: 'base64', media_type: data[1], data: data[2] },
  };
}

function flatTool(tool: Body): Body {
  return tool['type'] === 'function' ? { type: 'function', ...(tool['function'] as Body) } : tool;
}

function namedTool(tool: Body): Body {
  if (tool['type'] !== 'function') return tool;
  const { name, description, parameters } = tool['function'] as Body;
  return { name, ...present({ description }), input_schema: parameters };
}

function flatFormat(format: Body): Body {
  return format['type'] === 'json_schema' ? { type: 'json_schema', ...(format['json_schema'] as Body) } : format;
}

function present(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
