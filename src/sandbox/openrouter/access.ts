import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from './api-error.ts';
import { hashOf } from './api-keys.ts';
import type { ApiKey, State } from './state.ts';

/** The key of a request, or null when it is missing, unknown, disabled, expired or deleted. */
export function callerOf(state: State, headers: IncomingHttpHeaders, at: number): ApiKey | null {
  const secret = bearer(headers);
  if (secret === null) return null;
  const hash = hashOf(secret);
  const key = state.apiKeys.find((known) => known.hash === hash);
  const isUsable = key && !key.deleted && !key.disabled && (key.expiresAt === null || key.expiresAt > at);
  return isUsable ? key : null;
}

/** @throws ApiError 401, with the texts of 2026 */
export function requireCaller(state: State, headers: IncomingHttpHeaders, at: number): ApiKey {
  if (bearer(headers) === null) throw new ApiError(401, 'Missing Authentication header');
  const caller = callerOf(state, headers, at);
  if (!caller) throw new ApiError(401, 'User not found.');
  return caller;
}

export const onlyManagement = (status: 401 | 403): ApiError =>
  new ApiError(status, 'Only management keys can perform this operation');

/**
 * The specification lists 403 for some management calls and only 401 for others.
 *
 * @throws ApiError with `status` for a key that is not a management key
 */
export function requireManagement(caller: ApiKey, status: 401 | 403): void {
  if (!caller.management) throw onlyManagement(status);
}

/** Management keys cannot buy answers; the status is not documented. */
export function requireInference(caller: ApiKey): void {
  if (caller.management) throw new ApiError(403, 'Management keys cannot be used for completions');
}

const bearer = ({ authorization }: IncomingHttpHeaders): string | null =>
  /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? null;
