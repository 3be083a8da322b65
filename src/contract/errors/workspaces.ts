import { badRequest, forbidden, internal, notFound, unauthorized, unauthorizedOrForbidden } from './api-rows.ts';
import { sandboxOnly } from './provocation.ts';
import type { ErrorRow } from './row.ts';

const list = { endpoint: 'workspaces.list', operation: 'GET /workspaces' };
const create = { endpoint: 'workspaces.create', operation: 'POST /workspaces' };
const get = { endpoint: 'workspaces.get', operation: 'GET /workspaces/{id}' };
const update = { endpoint: 'workspaces.update', operation: 'PATCH /workspaces/{id}' };
const remove = { endpoint: 'workspaces.delete', operation: 'DELETE /workspaces/{id}' };

/** Errors of the operations on workspaces. */
export const workspaceErrors = {
  'workspaces.list/401-unauthorized': unauthorizedOrForbidden(list),
  'workspaces.list/500-internal': internal(list),

  'workspaces.create/400-bad-request': badRequest(create, 'no name; a slug with capitals'),
  'workspaces.create/401-unauthorized': unauthorized(create),
  'workspaces.create/403-forbidden': forbidden(create),
  'workspaces.create/500-internal': internal(create),

  'workspaces.get/401-unauthorized': unauthorizedOrForbidden(get),
  'workspaces.get/404-not-found': notFound(get),
  'workspaces.get/500-internal': internal(get),

  'workspaces.update/400-bad-request': badRequest(update, 'an empty name; a slug with capitals'),
  'workspaces.update/401-unauthorized': unauthorized(update),
  'workspaces.update/403-forbidden': forbidden(update),
  'workspaces.update/404-not-found': notFound(update),
  'workspaces.update/500-internal': internal(update),

  'workspaces.delete/400-bad-request': badRequest(
    remove,
    'deleting a workspace that still has an API key',
    'The workspace still has active API keys.',
  ),
  'workspaces.delete/401-unauthorized': unauthorized(remove),
  'workspaces.delete/403-forbidden': {
    ...forbidden(remove, sandboxOnly('the default workspace of an account must not be deleted for a test')),
    says: 'The default workspace cannot be deleted by this account.',
  },
  'workspaces.delete/404-not-found': notFound(remove),
  'workspaces.delete/500-internal': internal(remove),
} as const satisfies Record<`workspaces.${string}/${string}`, ErrorRow>;
