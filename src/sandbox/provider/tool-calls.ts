import { instanceOf } from './instance.ts';
import { hintsIn, lastUserText, trailingToolResults } from './prompt.ts';
import type { ChatRequest, Tool } from './request.ts';

export interface PlannedCall {
  name: string;
  /** JSON text. */
  arguments: string;
}

/** Words in tool names that say nothing about the subject. */
const VERBS = new Set([
  'get',
  'set',
  'fetch',
  'look',
  'lookup',
  'find',
  'make',
  'run',
  'call',
  'tool',
  'the',
  'current',
]);

/** The calls the stand-in makes: those it is forced to, or those whose subject the user speaks of; several places, several calls. */
export function toolCallsFor(request: ChatRequest): PlannedCall[] {
  const { tools, tool_choice: choice, messages } = request;
  if (!tools || tools.length === 0 || choice === 'none') return [];
  const text = lastUserText(messages);
  const found = hintsIn(text);
  const hints = { ...found, names: found.names.filter((name) => !tools.some((tool) => tool.function.name === name)) };
  return chosen(tools, choice, text, trailingToolResults(messages).length > 0)
    .flatMap((tool) => {
      const { name, parameters } = tool.function;
      const each = request.parallel_tool_calls !== false && hints.names.length > 1 ? hints.names : [hints.names[0]];
      const calls = each.map((value) =>
        JSON.stringify(instanceOf(parameters ?? {}, { ...hints, names: value === undefined ? [] : [value] })),
      );
      return [...new Set(calls)].map((call) => ({ name, arguments: call }));
    })
    .slice(0, request.parallel_tool_calls === false ? 1 : undefined);
}

function chosen(
  tools: readonly Tool[],
  choice: ChatRequest['tool_choice'],
  text: string,
  answered: boolean,
): readonly Tool[] {
  if (typeof choice === 'object' && choice !== null) {
    return tools.filter((tool) => tool.function.name === choice.function.name);
  }
  const meant = tools.filter((tool) => isAbout(text, tool));
  if (choice === 'required') return meant.length > 0 ? meant : tools.slice(0, 1);
  if (answered || /\b(?:do not|don't|without|no)\b[^.]*\btools?\b/i.test(text)) return [];
  if (meant.length === 0 && /\b(?:use|call)\b[^.]*\b(?:tools?|function)\b/i.test(text)) return tools.slice(0, 1);
  return meant;
}

function isAbout(text: string, tool: Tool): boolean {
  const spoken = text.toLowerCase();
  const { name } = tool.function;
  if (spoken.includes(name.toLowerCase())) return true;
  const subjects = name
    .split(/[_\-.]|(?<=[a-z])(?=[A-Z])/)
    .map((word) => word.toLowerCase())
    .filter((word) => word.length > 2 && !VERBS.has(word));
  return subjects.some((subject) => new RegExp(`\\b${subject}`).test(spoken));
}
