import { badRequest, forbidden, internal, notFound, unauthorized, unauthorizedOrForbidden } from './api-rows.ts';
import { sandboxOnly } from './provocation.ts';
import type { ErrorRow } from './row.ts';
import { documented } from './source.ts';

const list = { endpoint: 'byok.list', operation: 'GET /byok' };
const create = { endpoint: 'byok.create', operation: 'POST /byok' };
const get = { endpoint: 'byok.get', operation: 'GET /byok/{id}' };
const update = { endpoint: 'byok.update', operation: 'PATCH /byok/{id}' };
const remove = { endpoint: 'byok.delete', operation: 'DELETE /byok/{id}' };

const filters = documented('guides/overview/auth/byok', 'Filters');

/** Errors of the operations on BYOK keys. */
export const byokKeyErrors = {
  'byok.list/400-bad-request': badRequest(
    list,
    'limit 101; provider "bogus"; offset -1; a workspace_id that is no uuid',
  ),
  'byok.list/401-unauthorized': unauthorizedOrForbidden(list),
  'byok.list/500-internal': internal(list),

  'byok.create/400-bad-request': badRequest(create, 'no key; an empty key; a provider that does not exist'),
  'byok.create/401-unauthorized': unauthorized(create),
  'byok.create/403-forbidden': forbidden(create),
  'byok.create/500-internal': internal(create),
  'byok.create/400-default-workspace-deleted': {
    ...badRequest(
      create,
      sandboxOnly('the default workspace of an account must not be deleted for a test'),
      'No workspace is named and the default one was deleted.',
    ),
    source: documented('guides/overview/auth/byok', 'Workspaces'),
  },
  'byok.create/400-hashes-empty': {
    ...badRequest(create, 'allowed_api_key_hashes []', 'The list of permitted API keys is empty.'),
    source: filters,
  },
  'byok.create/400-hashes-format': {
    ...badRequest(create, 'allowed_api_key_hashes ["ABC"]', 'A permitted API key is not given by its hash.'),
    source: filters,
  },
  'byok.create/400-hashes-too-many': {
    ...badRequest(create, '101 hashes', 'The list of permitted API keys is longer than 100.'),
    source: filters,
  },
  'byok.create/400-hashes-unknown': {
    ...badRequest(create, 'a hash of 64 zeros', 'A permitted API key is not one of the account.'),
    source: filters,
  },

  'byok.get/401-unauthorized': unauthorizedOrForbidden(get),
  'byok.get/404-not-found': notFound(get),
  'byok.get/500-internal': internal(get),

  'byok.update/400-bad-request': badRequest(update, 'allowed_api_key_hashes []'),
  'byok.update/401-unauthorized': unauthorizedOrForbidden(update),
  'byok.update/404-not-found': notFound(update),
  'byok.update/500-internal': internal(update),

  'byok.delete/401-unauthorized': unauthorizedOrForbidden(remove),
  'byok.delete/404-not-found': notFound(remove, 'deleting the same key twice'),
  'byok.delete/500-internal': internal(remove),
} as const satisfies Record<`byok.${string}/${string}`, ErrorRow>;
