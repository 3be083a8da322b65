import { listOf, objectOf, stringOf } from './json-reading.ts';

/** A tool call put together from its fragments; a result that was not streamed has one fragment per call. */
export interface ToolCall {
  /** As sent; in a result without one, the place in the list. */
  index: number;
  id: string | null;
  type: string | null;
  name: string | null;
  /** The fragments in a row, whether or not they make up valid JSON. */
  arguments: string;
  fragments: number;
  /** What is wrong with the fragments, in words. */
  problems: string[];
}

/**
 * Puts the fragments of one message into `calls`. Later fragments may repeat id, type and name or leave them out; an
 * absent `arguments` is empty. Anything else is kept as a problem.
 */
export function addFragments(calls: ToolCall[], fragments: unknown, streamed: boolean): void {
  for (const [place, value] of listOf(fragments).entries()) {
    const fragment = objectOf(value);
    const index = fragment?.['index'] ?? (streamed ? undefined : place);
    const call = callFor(calls, index, stringOf(fragment?.['id']));
    call.fragments += 1;
    if (fragment === undefined) call.problems.push(`fragment ${call.fragments} is no object`);
    else if (typeof index !== 'number') call.problems.push(`fragment ${call.fragments} has no index`);
    const made = objectOf(fragment?.['function']);
    merge(call, 'id', fragment?.['id']);
    merge(call, 'type', fragment?.['type']);
    merge(call, 'name', made?.['name']);
    const piece = made?.['arguments'] ?? '';
    if (typeof piece === 'string') call.arguments += piece;
    else call.problems.push(`arguments of fragment ${call.fragments} is no string`);
  }
}

/** Without an index a known id says which call is meant, a new one begins a call, and none continues the last. */
function callFor(calls: ToolCall[], index: unknown, id: string | undefined): ToolCall {
  const known =
    typeof index === 'number'
      ? calls.find((call) => call.index === index)
      : id === undefined
        ? calls.at(-1)
        : calls.find((call) => call.id === id);
  if (known !== undefined) return known;
  const call = {
    index: typeof index === 'number' ? index : calls.length,
    id: null,
    type: null,
    name: null,
    arguments: '',
    fragments: 0,
    problems: [],
  };
  calls.push(call);
  return call;
}

/** Takes over what the first fragment says; later ones may only say the same. */
function merge(call: ToolCall, field: 'id' | 'type' | 'name', value: unknown): void {
  const text = stringOf(value);
  const nth = `fragment ${call.fragments}`;
  if (text === undefined && value !== undefined && value !== null)
    call.problems.push(`${field} of ${nth} is no string`);
  else if (text === undefined && call.fragments === 1 && field !== 'type') call.problems.push(`${nth} has no ${field}`);
  if (text === undefined) return;
  if (call[field] === null) call[field] = text;
  else if (call[field] !== text) call.problems.push(`${field} changes from "${call[field]}" to "${text}" in ${nth}`);
}

/** Begins a call that an API announces by itself before it streams the arguments. */
export function startCall(calls: ToolCall[], index: number, { id, name }: { id?: unknown; name?: unknown }): ToolCall {
  const call: ToolCall = { index, id: null, type: 'function', name: null, arguments: '', fragments: 1, problems: [] };
  calls.push(call);
  merge(call, 'id', id);
  merge(call, 'name', name);
  return call;
}

export function addArguments(call: ToolCall, piece: unknown): void {
  call.fragments += 1;
  if (typeof piece === 'string') call.arguments += piece;
  else call.problems.push(`arguments of fragment ${call.fragments} is no string`);
}

/** The arguments once more and whole: they stand for fragments that never came, and must not differ from those that did. */
export function finishCall(call: ToolCall, whole: unknown): void {
  if (call.arguments === '') addArguments(call, whole);
  else if (whole !== call.arguments)
    call.problems.push('the arguments told at the end are not those that were streamed');
}
