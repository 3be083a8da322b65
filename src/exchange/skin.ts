import type { Skin } from '../contract/errors/row.ts';
import type { Exchange } from './exchange.ts';
import { objectOf, stringOf } from './json-reading.ts';
import { parseJson } from './parse-json.ts';

const byPath: readonly (readonly [RegExp, Skin])[] = [
  [/^\/chat\/completions(?:[/?]|$)/, 'chat'],
  [/^\/responses(?:[/?]|$)/, 'responses'],
  [/^\/messages(?:[/?]|$)/, 'messages'],
  [/^\/completions(?:[/?]|$)/, 'completions'],
];

/** The inference API an exchange speaks: known from the path, and for a body without a path from what it says it is. */
export function readSkin({ call, json, stream }: Pick<Exchange, 'call' | 'json' | 'stream'>): Skin | null {
  if (call.path !== '') return byPath.find(([pattern]) => pattern.test(call.path))?.[1] ?? null;
  const first = stream?.find((item) => item.kind === 'event');
  const value = objectOf(first === undefined ? json : parseJson(first.data));
  const object = stringOf(value?.['object']) ?? '';
  const type = stringOf(value?.['type']) ?? '';
  if (object.startsWith('chat.completion')) return 'chat';
  if (object.startsWith('text_completion')) return 'completions';
  if (object === 'response' || (first !== undefined && type.startsWith('response.'))) return 'responses';
  return type === 'message' || (first !== undefined && type === 'message_start') ? 'messages' : null;
}
