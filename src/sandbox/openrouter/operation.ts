import type { IncomingHttpHeaders } from 'node:http';
import { callerOf, onlyManagement, requireCaller, requireInference, requireManagement } from './access.ts';
import { ApiError } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import type { ApiKey } from './state.ts';
import type { World } from './world.ts';

/** A whole answer. */
export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Answers a request that has been let in; returns nothing when it wrote its answer itself. */
export type Handler<Caller> = (world: World, request: ApiRequest<Caller>) => Reply | Promise<void>;

/** Who may come in, e.g. `management(403)`. */
type Admission<Caller> = (world: World, headers: IncomingHttpHeaders) => Caller;

/** One method of one path. */
export interface Operation {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Below the base URL, in the notation of find-my-way. */
  path: string;
  admit: Admission<ApiKey | null>;
  handle(world: World, request: ApiRequest<ApiKey | null>): Reply | Promise<void>;
  /** Body of an error, where the API has an envelope of its own. */
  errorBody?(error: ApiError): unknown;
}

export function operation<Caller extends ApiKey | null>(
  method: Operation['method'],
  path: string,
  admit: Admission<Caller>,
  handler: Handler<Caller>,
): Operation {
  return {
    method,
    path,
    admit,
    // `caller` is what `admit` returned for this very request.
    handle: (world, request) => handler(world, { ...request, caller: request.caller as Caller }),
  };
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });

/** Anybody, in good times; a key that is not valid is as good as none. */
export const listing: Admission<ApiKey | null> = ({ state, clock }, headers) => {
  const caller = callerOf(state, headers, clock.now());
  if (!state.platform.listingsArePublic && !caller?.management) throw onlyManagement(403);
  return caller;
};

export const anyKey: Admission<ApiKey> = ({ state, clock }, headers) => {
  const caller = requireCaller(state, headers, clock.now());
  if (state.platform.limitsManagement) throw new ApiError(429, 'Rate limit exceeded');
  return caller;
};

export const inferenceKey: Admission<ApiKey> = ({ state, clock }, headers) => {
  const caller = requireCaller(state, headers, clock.now());
  requireInference(caller);
  return caller;
};

/** @param refusal the status that the specification lists for other keys */
export const management =
  (refusal: 401 | 403): Admission<ApiKey> =>
  (world, headers) => {
    const caller = anyKey(world, headers);
    requireManagement(caller, refusal);
    return caller;
  };
