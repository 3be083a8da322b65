import { carriesContent } from '../exchange/carries-content.ts';
import type { Subject } from './check.ts';
import { at, isObject, listAt, parts, place, stringAt, succeeded, type JsonObject } from './reading.ts';

/** An error that stands inside an answer whose status says success. */
export interface InBandError {
  where: string;
  code: unknown;
  message: unknown;
  /** Content, reasoning or a tool call had been delivered before. */
  afterContent: boolean;
}

/**
 * Errors inside a 200, in every form they take: beside or instead of the choices, in a choice, as an event or a response of their
 * own, or only as a finish reason.
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

/** The error that a chunk, an event or a body holds. */
export function errorIn(json: JsonObject): Omit<InBandError, 'afterContent'> | undefined {
  const type = stringAt(json, 'type') ?? '';
  // Events of a tool may tell of its own failure, e.g. response.fusion_call.panel.failed.
  if (/^response\.(?!error$|failed$)/.test(type) && !isObject(at(json, 'response', 'error'))) return undefined;
  return (
    stated(json, '/error') ?? stated(json, '/response/error') ?? flat(json, type) ?? inChoice(json) ?? failed(json)
  );
}

function stated(json: JsonObject, where: string): ReturnType<typeof errorIn> {
  const error = at(json, ...where.split('/').slice(1));
  if (typeof error === 'string') return { where, code: undefined, message: error };
  return isObject(error) ? { where, code: error['code'] ?? error['type'], message: error['message'] } : undefined;
}

/** The specification lays the fields of a /responses error beside its type. */
function flat(json: JsonObject, type: string): ReturnType<typeof errorIn> {
  return type === 'error' ? { where: '/message', code: json['code'], message: json['message'] } : undefined;
}

function inChoice(json: JsonObject): ReturnType<typeof errorIn> {
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

function failed(json: JsonObject): ReturnType<typeof errorIn> {
  const where = stringAt(json, 'response', 'status') === 'failed' ? '/response/status' : '/status';
  const status =
    stringAt(json, 'object') === 'response' || where !== '/status' ? at(json, ...where.slice(1).split('/')) : null;
  return status === 'failed' ? { where, code: undefined, message: 'failed' } : undefined;
}
