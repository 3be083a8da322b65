import { badRequest, forbidden, internal, notFound, unauthorized, unauthorizedOrForbidden } from './api-rows.ts';
import { sandboxOnly } from './provocation.ts';
import type { ErrorRow } from './row.ts';
import { documented, specified } from './source.ts';

const list = { endpoint: 'guardrails.list', operation: 'GET /guardrails' };
const create = { endpoint: 'guardrails.create', operation: 'POST /guardrails' };
const get = { endpoint: 'guardrails.get', operation: 'GET /guardrails/{id}' };
const update = { endpoint: 'guardrails.update', operation: 'PATCH /guardrails/{id}' };
const remove = { endpoint: 'guardrails.delete', operation: 'DELETE /guardrails/{id}' };

/** Errors of the operations on guardrails themselves. */
export const guardrailErrors = {
  'guardrails.list/400-bad-request': badRequest(list, 'limit 101; a workspace_id that is no uuid'),
  'guardrails.list/401-unauthorized': unauthorizedOrForbidden(list),
  'guardrails.list/500-internal': internal(list),

  'guardrails.create/400-bad-request': badRequest(create, 'allowed_providers []; a name of 201 characters'),
  'guardrails.create/401-unauthorized': unauthorized(create),
  'guardrails.create/403-forbidden': forbidden(create),
  'guardrails.create/500-internal': internal(create),
  'guardrails.create/400-invalid-regex': {
    ...badRequest(
      create,
      'a content filter with the pattern (a+)+',
      'The pattern of a content filter could take for ever: lookaround, backreference, nested quantifier.',
    ),
    message: { pattern: /invalid_regex_pattern|pattern|regex/i, level: 'observed' },
    source: documented('guides/features/guardrails', 'Content filters'),
  },
  'guardrails.create/400-default-workspace-deleted': {
    ...badRequest(
      create,
      sandboxOnly('the default workspace of an account must not be deleted for a test'),
      'No workspace is named and the default one was deleted.',
    ),
    source: specified('POST /guardrails: workspace_id'),
  },

  'guardrails.get/401-unauthorized': unauthorizedOrForbidden(get),
  'guardrails.get/404-not-found': notFound(
    get,
    'a random id; the default guardrail of a workspace before it was first written',
  ),
  'guardrails.get/500-internal': internal(get),

  'guardrails.update/400-bad-request': badRequest(
    update,
    "allowed_providers []; a new name for a workspace's default guardrail",
  ),
  'guardrails.update/401-unauthorized': unauthorizedOrForbidden(update),
  'guardrails.update/404-not-found': notFound(update),
  'guardrails.update/500-internal': internal(update),

  'guardrails.delete/401-unauthorized': unauthorizedOrForbidden(remove),
  'guardrails.delete/404-not-found': notFound(remove),
  'guardrails.delete/500-internal': internal(remove),
} as const satisfies Record<`guardrails.${string}/${string}`, ErrorRow>;
