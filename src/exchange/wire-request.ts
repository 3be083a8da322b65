import { HarnessError } from '../errors.ts';
import type { Call } from './exchange.ts';
import { application } from './inference-headers.ts';

/** A call as it goes over the wire. */
interface WireRequest {
  origin: string;
  /** As written in the call: nothing is escaped or normalised. */
  path: string;
  headers: Record<string, string>;
  body: string | null;
}

/** @throws {HarnessError} E_CONFIG for a base URL, E_SUITE for a path or body, that no request can be made of */
export function wireRequest(call: Call, baseUrl: string): WireRequest {
  const base = URL.parse(baseUrl);
  if (base === null || !/^https?:$/.test(base.protocol)) {
    throw new HarnessError('E_CONFIG', `Expected an http or https base URL, found "${baseUrl}".`);
  }
  if (!call.path.startsWith('/')) {
    throw new HarnessError('E_SUITE', `Expected a path that starts with "/", found "${call.path}".`);
  }
  const body = bodyOf(call);
  return {
    origin: base.origin,
    path: base.pathname.replace(/\/$/, '') + call.path,
    headers: {
      // Both, whatever the mode: an error before the first token of a stream is plain JSON.
      accept: 'application/json, text/event-stream',
      'user-agent': application,
      ...(body !== null && { 'content-type': 'application/json' }),
      ...call.headers,
    },
    body,
  };
}

function bodyOf({ method, path, body }: Call): string | null {
  if (body === undefined) return null;
  try {
    const text: string | undefined = JSON.stringify(body);
    if (text !== undefined) return text;
  } catch (cause) {
    throw new HarnessError('E_SUITE', `The body of ${method} ${path} cannot be written as JSON.`, {
      cause,
    });
  }
  throw new HarnessError('E_SUITE', `The body of ${method} ${path} is a ${typeof body}, which JSON does not have.`);
}
