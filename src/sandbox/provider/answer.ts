import type { Random } from '../random.ts';
import type { Reply } from './stand-in.ts';

/** What an answer says about itself. */
export interface Envelope {
  id: string;
  /** Seconds since the Unix epoch. */
  created: number;
  model: string;
}

type ToolCall = { id: string; type: 'function'; function: { name: string; arguments: string } };

/** Tokens per piece of a stream. */
const PIECE = { min: 2, max: 4 };

function usageOf(reply: Reply): unknown {
  return {
    prompt_tokens: reply.promptTokens,
    total_tokens: reply.promptTokens + reply.completionTokens,
    completion_tokens: reply.completionTokens,
    prompt_tokens_details: null,
    ...(reply.reasoning.length > 0 && { completion_tokens_details: { reasoning_tokens: reply.reasoning.length } }),
  };
}

function callsOf(reply: Reply, random: Random): ToolCall[] {
  return reply.toolCalls.map((call) => ({
    id: `chatcmpl-tool-${random.hex(32)}`,
    type: 'function',
    function: { ...call },
  }));
}

/** The whole answer, in the form of https://io.net/docs/reference/ai-models/create-chat-completion (vLLM's). */
export function completionOf(reply: Reply, { id, created, model }: Envelope, random: Random): unknown {
  const calls = callsOf(reply, random);
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          reasoning_content: reply.reasoning.length > 0 ? reply.reasoning.join('') : null,
          content: calls.length > 0 ? null : reply.content.join(''),
          tool_calls: calls,
        },
        logprobs: null,
        finish_reason: reply.finishReason,
        stop_reason: reply.stopReason,
      },
    ],
    usage: usageOf(reply),
    prompt_logprobs: null,
  };
}

/** The same answer as the events of a stream, in order, without `[DONE]`: role, reasoning, text or tool calls, finish, usage if wanted. */
export function eventsOf(
  reply: Reply,
  envelope: Envelope,
  options: { random: Random; includeUsage: boolean },
): unknown[] {
  const { random, includeUsage } = options;
  const { id, created, model } = envelope;
  const event = (choices: unknown[], more: object = {}) => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model,
    choices,
    ...more,
  });
  const choice = (delta: object, more: object = { finish_reason: null }) => [
    { index: 0, delta, logprobs: null, ...more },
  ];
  const calls = callsOf(reply, random).flatMap((call, index) => callDeltas(call, index));
  return [
    { role: 'assistant', content: '' },
    ...pieces(reply.reasoning, random).map((text) => ({ reasoning_content: text })),
    ...pieces(reply.content, random).map((text) => ({ content: text })),
    ...calls.map((call) => ({ tool_calls: [call] })),
  ]
    .map((delta) => event(choice(delta)))
    .concat(event(choice({}, { finish_reason: reply.finishReason, stop_reason: reply.stopReason })))
    .concat(includeUsage ? event([], { usage: usageOf(reply) }) : []);
}

function pieces(tokens: readonly string[], random: Random): string[] {
  const made: string[] = [];
  for (let at = 0; at < tokens.length;) {
    const size = random.int(PIECE.min, PIECE.max);
    made.push(tokens.slice(at, at + size).join(''));
    at += size;
  }
  return made;
}

/** Id and name first, then the arguments in two fragments, the way most hosts send them. */
function callDeltas(call: ToolCall, index: number): object[] {
  const { arguments: text, name } = call.function;
  const characters = [...text];
  const half = Math.ceil(characters.length / 2);
  return [
    { index, id: call.id, type: call.type, function: { name, arguments: '' } },
    { index, function: { arguments: characters.slice(0, half).join('') } },
    { index, function: { arguments: characters.slice(half).join('') } },
  ];
}
