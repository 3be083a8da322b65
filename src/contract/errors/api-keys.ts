import {
  badRequest,
  forbidden,
  internal,
  notFound,
  rateLimited,
  unauthorized,
  unauthorizedOrForbidden,
} from './api-rows.ts';
import type { ErrorRow } from './row.ts';

const list = { endpoint: 'keys.list', operation: 'GET /keys' };
const create = { endpoint: 'keys.create', operation: 'POST /keys' };
const get = { endpoint: 'keys.get', operation: 'GET /keys/{hash}' };
const update = { endpoint: 'keys.update', operation: 'PATCH /keys/{hash}' };
const remove = { endpoint: 'keys.delete', operation: 'DELETE /keys/{hash}' };

/** Errors of the operations on OpenRouter's own API keys. */
export const apiKeyErrors = {
  'keys.list/400-bad-request': badRequest(list, 'a workspace_id that is no uuid; offset "x"'),
  'keys.list/401-unauthorized': unauthorizedOrForbidden(list),
  'keys.list/429-rate-limited': rateLimited(list),
  'keys.list/500-internal': internal(list),

  'keys.create/400-bad-request': badRequest(
    create,
    'no name; limit_reset "yearly"; expires_at with a time zone other than UTC',
  ),
  'keys.create/401-unauthorized': unauthorized(create),
  'keys.create/403-forbidden': forbidden(create),
  'keys.create/429-rate-limited': rateLimited(create),
  'keys.create/500-internal': internal(create),

  'keys.get/401-unauthorized': unauthorizedOrForbidden(get),
  'keys.get/404-not-found': notFound(get, 'a hash of 64 zeros'),
  'keys.get/429-rate-limited': rateLimited(get),
  'keys.get/500-internal': internal(get),

  'keys.update/400-bad-request': badRequest(update, 'limit_reset "yearly"; limit as a text'),
  'keys.update/401-unauthorized': unauthorizedOrForbidden(update),
  'keys.update/404-not-found': notFound(update, 'a hash of 64 zeros'),
  'keys.update/429-rate-limited': rateLimited(update),
  'keys.update/500-internal': internal(update),

  'keys.delete/401-unauthorized': unauthorizedOrForbidden(remove),
  'keys.delete/404-not-found': notFound(remove, 'a hash of 64 zeros'),
  'keys.delete/429-rate-limited': rateLimited(remove),
  'keys.delete/500-internal': internal(remove),
} as const satisfies Record<`keys.${string}/${string}`, ErrorRow>;
