import type { Skin } from '../contract/errors/row.ts';
import type { Answer, AnswerEvent } from '../exchange/answer-view.ts';
import { readAnswer } from '../exchange/answer.ts';
import { parseJson } from '../exchange/parse-json.ts';
import type { Subject } from './check.ts';

export type JsonObject = { readonly [field: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of field names and indices, undefined as soon as one is missing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, step);
  }
  return found;
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

export function stringAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

const skins: ReadonlySet<string> = new Set<Skin>(['chat', 'responses', 'messages', 'completions']);

/** The inference API that was spoken to, null for any other. */
export function skinOf({ endpoint }: Subject): Skin | null {
  return skins.has(endpoint) ? (endpoint as Skin) : null;
}

/** The answer consists of choices: chat, and the older completions. */
export function hasChoices({ endpoint }: Subject): boolean {
  return endpoint === 'chat' || endpoint === 'completions';
}

/** An inference API answered with success. */
export function isAnswer(subject: Subject): boolean {
  return skinOf(subject) !== null && succeeded(subject);
}

/** Where the answer's content stands. */
export function answerPlace({ endpoint }: Subject): string {
  if (endpoint === 'responses') return '/output';
  return endpoint === 'messages' ? '/content' : '/choices/0';
}

/** The answer in the exchange; null when the body is neither JSON nor a stream. */
export function answerOf({ exchange }: Subject): Answer | null {
  return readAnswer(exchange);
}

/** The data events of a stream, `[DONE]` included. */
export function dataEvents(subject: Subject): readonly AnswerEvent[] {
  return subject.exchange.stream === null ? [] : (answerOf(subject)?.events ?? []);
}

export const done = '[DONE]';

/** The JSON objects an answer consists of: its chunks or events, or its single body. */
export function parts(subject: Subject): readonly { where: string; json: JsonObject }[] {
  if (subject.exchange.stream === null) {
    return isObject(subject.exchange.json) ? [{ where: '', json: subject.exchange.json }] : [];
  }
  const chunks = dataEvents(subject).flatMap(({ index, json }) =>
    isObject(json) ? [{ where: `event ${index}`, json }] : [],
  );
  const unframed = subject.exchange.json;
  if (isObject(unframed) && !chunks.some(({ json }) => json === unframed))
    chunks.push({ where: 'body', json: unframed });
  return chunks;
}

/** Names a place inside one of the parts: `/usage/cost` or `event 3 /usage/cost`. */
export function place(where: string, pointer: string): string {
  return where === '' ? pointer : `${where} ${pointer}`;
}

export function statusOf({ exchange }: Subject): number | undefined {
  return exchange.response?.status;
}

export function succeeded(subject: Subject): boolean {
  const status = statusOf(subject);
  return status !== undefined && status >= 200 && status < 300;
}

/** The HTTP status says that the call failed. */
export function failed(subject: Subject): boolean {
  return (statusOf(subject) ?? 0) >= 400;
}

/** A header's value; undefined also when nothing is known of the headers. */
export function header({ exchange }: Subject, name: string): string | undefined {
  return exchange.response?.headers[name];
}

/** Whether two numbers are the same but for rounding: US dollars, so a billionth is nothing. */
export function same(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(1e-9, 1e-6 * Math.max(Math.abs(a), Math.abs(b)));
}

/** Whether the arguments of a tool call are JSON; absent ones stand for none. */
export function isJsonOrEmpty(text: string): boolean {
  return text.trim() === '' || parseJson(text) !== undefined;
}
