import type { Subject } from './check.ts';
import { at, isObject, listAt, parts, place, succeeded, type JsonObject } from './reading.ts';

/** An error that stands inside an answer whose status says success. */
export interface InBandError {
  where: string;
  code: unknown;
  message: unknown;
  /** Content, reasoning or a tool call had been delivered before. */
  afterContent: boolean;
}

/**
 * Errors inside a 200, in every form they take: beside or instead of the choices, in a choice, or only as a finish reason.
 *
 * Source: https://openrouter.ai/docs/api_reference/errors-and-debugging, Mid-stream errors. Empty `choices`, the error in a
 * choice, and the finish reason alone were seen in traffic of 2026.
 */
export function inBandErrors(subject: Subject): InBandError[] {
  if (!succeeded(subject)) return [];
  let afterContent = false;
  return parts(subject).flatMap(({ where, json }) => {
    const found = errorIn(json);
    const before = afterContent;
    afterContent ||= carriesContent(json);
    return found === undefined ? [] : [{ ...found, where: place(where, found.where), afterContent: before }];
  });
}

function errorIn(json: JsonObject): Omit<InBandError, 'afterContent'> | undefined {
  if (isObject(json['error']))
    return { where: '/error', code: json['error']['code'], message: json['error']['message'] };
  if (typeof json['error'] === 'string') return { where: '/error', code: undefined, message: json['error'] };
  for (const [index, choice] of listAt(json, 'choices').entries()) {
    const error = at(choice, 'error');
    if (isObject(error)) return { where: `/choices/${index}/error`, code: error['code'], message: error['message'] };
    for (const field of ['finish_reason', 'native_finish_reason']) {
      const reason = at(choice, field);
      if (reason === 'error' || reason === 'network_error') {
        return { where: `/choices/${index}/${field}`, code: undefined, message: reason };
      }
    }
  }
  return undefined;
}

/** Whether a chunk or body brings content, reasoning or a tool call, in a delta or a message. */
export function carriesContent(json: unknown): boolean {
  return listAt(json, 'choices').some((choice) => {
    const said = at(choice, 'delta') ?? at(choice, 'message');
    return (
      ['content', 'reasoning', 'refusal'].some((field) => {
        const value = at(said, field);
        return typeof value === 'string' && value !== '';
      }) || listAt(said, 'tool_calls').length > 0
    );
  });
}
