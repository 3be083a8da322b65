import { instanceOf } from './instance.ts';
import { answerTo, hintsIn, lastUserText } from './prompt.ts';
import type { ChatRequest } from './request.ts';
import { type PlannedCall, toolCallsFor } from './tool-calls.ts';
import { countTokens, tokenize } from './tokens.ts';

/** Everything there is to say about a request, before it is put into any form. */
export interface Reply {
  /** Tokens of the reasoning text; empty when none was asked for. */
  reasoning: string[];
  /** Tokens of the answer; empty when there are only tool calls. */
  content: string[];
  toolCalls: PlannedCall[];
  /** `stop`, `length` or `tool_calls`; null only of an answer that failed. */
  finishReason: string | null;
  /** The stop sequence that ended the answer. */
  stopReason: string | null;
  promptTokens: number;
  /** Reasoning, answer and tool calls together. */
  completionTokens: number;
}

/** What a picture or another part without words counts for. */
const PART_TOKENS = 256;
const MESSAGE_TOKENS = 4;
const REASONING = 'The user wants a plain answer. I am a stand-in, so I think these few words and give it.';

/**
 * A stand-in for a language model, and no model: it understands a handful of prompts and answers the same to the same, so that
 * everything around a model can be put to the test.
 *
 * It echoes (`Reply with exactly: X`), counts (`Count from 1 to N`), quotes (`What did I say first?`), fills space when something
 * long is asked for, ends its replies as the system message says, calls tools whose subject the user speaks of with arguments
 * that satisfy their schemas, reports tool results, writes JSON that satisfies a schema, and reasons when asked to. Stop sequences
 * and token limits hold for it as for any model; tool calls are never cut.
 */
export function standIn(request: ChatRequest): Reply {
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Infinity;
  const thought = wantsReasoning(request) ? tokenize(REASONING) : [];
  const reasoning = thought.slice(0, limit);
  const promptTokens = countPrompt(request);
  const toolCalls = toolCallsFor(request);
  if (toolCalls.length > 0) {
    const callTokens = toolCalls.reduce((sum, call) => sum + countTokens(call.name) + countTokens(call.arguments), 0);
    return {
      reasoning,
      content: [],
      toolCalls,
      finishReason: 'tool_calls',
      stopReason: null,
      promptTokens,
      completionTokens: reasoning.length + callTokens,
    };
  }
  const written = tokenize(textFor(request));
  const { text, stopReason } = stopped(written.slice(0, limit - reasoning.length).join(''), request.stop);
  const content = tokenize(text);
  const cut = stopReason === null && thought.length + written.length > limit;
  return {
    reasoning,
    content,
    toolCalls,
    finishReason: cut ? 'length' : 'stop',
    stopReason,
    promptTokens,
    completionTokens: cut ? limit : reasoning.length + content.length,
  };
}

/** https://io.net/docs/guides/intelligence/reasoning-for-chat-completions : `reasoning.effort`, and the older `reasoning_effort`. */
function wantsReasoning({ reasoning, reasoning_effort: legacy }: ChatRequest): boolean {
  if (reasoning) return reasoning.effort !== 'none' && reasoning.enabled !== false;
  return Boolean(legacy) && legacy !== 'none';
}

function textFor(request: ChatRequest): string {
  const format = request.response_format;
  if (!format || format.type === 'text') return answerTo(request.messages);
  if (format.type === 'json_schema') {
    return JSON.stringify(instanceOf(format.json_schema.schema, hintsIn(lastUserText(request.messages))));
  }
  const answer = answerTo(request.messages);
  return isJsonObject(answer) ? answer : JSON.stringify({ answer });
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Cuts before the stop sequence that comes first. */
function stopped(text: string, stop: ChatRequest['stop']): { text: string; stopReason: string | null } {
  const [first] = [stop ?? []]
    .flat()
    .map((sequence) => ({ sequence, at: sequence === '' ? -1 : text.indexOf(sequence) }))
    .filter(({ at }) => at !== -1)
    .toSorted((left, right) => left.at - right.at);
  return first === undefined
    ? { text, stopReason: null }
    : { text: text.slice(0, first.at), stopReason: first.sequence };
}

function countPrompt({ messages, tools, response_format: format }: ChatRequest): number {
  const extras = [tools, format]
    .filter(Boolean)
    .reduce((sum: number, extra) => sum + countTokens(JSON.stringify(extra)), 0);
  return messages.reduce((sum, { content, tool_calls: calls }) => {
    const parts =
      typeof content === 'string'
        ? countTokens(content)
        : (content ?? []).reduce(
            (total, part) => total + (part.type === 'text' ? countTokens(part.text) : PART_TOKENS),
            0,
          );
    return sum + MESSAGE_TOKENS + parts + (calls ? countTokens(JSON.stringify(calls)) : 0);
  }, extras);
}
