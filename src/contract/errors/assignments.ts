import { badRequest, internal, notFound, unauthorizedOrForbidden } from './api-rows.ts';
import { sandboxOnly } from './provocation.ts';
import type { ErrorRow } from './row.ts';

const ofGuardrail = '/guardrails/{id}/assignments';
const keys = {
  list: { endpoint: 'guardrails.assign-keys.list', operation: `GET ${ofGuardrail}/keys` },
  add: { endpoint: 'guardrails.assign-keys.add', operation: `POST ${ofGuardrail}/keys` },
  remove: { endpoint: 'guardrails.assign-keys.remove', operation: `POST ${ofGuardrail}/keys/remove` },
  all: { endpoint: 'guardrails.assign-keys.all', operation: 'GET /guardrails/assignments/keys' },
};
const members = {
  list: { endpoint: 'guardrails.assign-members.list', operation: `GET ${ofGuardrail}/members` },
  add: { endpoint: 'guardrails.assign-members.add', operation: `POST ${ofGuardrail}/members` },
  remove: { endpoint: 'guardrails.assign-members.remove', operation: `POST ${ofGuardrail}/members/remove` },
  all: { endpoint: 'guardrails.assign-members.all', operation: 'GET /guardrails/assignments/members' },
};

/** Beside each stands the call going well, and assigning a guardrail to a member would change what that person's other calls may do. */
const onMembers = (row: ErrorRow): ErrorRow => ({
  ...row,
  provocation: sandboxOnly('every member of a real account is somebody at work'),
});

/** Errors of the operations that assign guardrails to keys and to members. */
export const assignmentErrors = {
  'guardrails.assign-keys.list/401-unauthorized': unauthorizedOrForbidden(keys.list),
  'guardrails.assign-keys.list/404-not-found': notFound(keys.list),
  'guardrails.assign-keys.list/500-internal': internal(keys.list),

  'guardrails.assign-keys.add/400-bad-request': badRequest(keys.add, 'key_hashes as a text; no key_hashes'),
  'guardrails.assign-keys.add/401-unauthorized': unauthorizedOrForbidden(keys.add),
  'guardrails.assign-keys.add/404-not-found': notFound(keys.add),
  'guardrails.assign-keys.add/500-internal': internal(keys.add),

  'guardrails.assign-keys.remove/400-bad-request': badRequest(keys.remove, 'key_hashes as a text; no key_hashes'),
  'guardrails.assign-keys.remove/401-unauthorized': unauthorizedOrForbidden(keys.remove),
  'guardrails.assign-keys.remove/404-not-found': notFound(keys.remove),
  'guardrails.assign-keys.remove/500-internal': internal(keys.remove),

  'guardrails.assign-keys.all/401-unauthorized': unauthorizedOrForbidden(keys.all),
  'guardrails.assign-keys.all/500-internal': internal(keys.all),

  'guardrails.assign-members.list/401-unauthorized': unauthorizedOrForbidden(members.list),
  'guardrails.assign-members.list/404-not-found': notFound(members.list),
  'guardrails.assign-members.list/500-internal': internal(members.list),

  'guardrails.assign-members.add/400-bad-request': onMembers(
    badRequest(members.add, 'member_user_ids as a text; no member_user_ids'),
  ),
  'guardrails.assign-members.add/401-unauthorized': onMembers(unauthorizedOrForbidden(members.add)),
  'guardrails.assign-members.add/404-not-found': onMembers(notFound(members.add)),
  'guardrails.assign-members.add/500-internal': internal(members.add),

  'guardrails.assign-members.remove/400-bad-request': onMembers(
    badRequest(members.remove, 'member_user_ids as a text; no member_user_ids'),
  ),
  'guardrails.assign-members.remove/401-unauthorized': onMembers(unauthorizedOrForbidden(members.remove)),
  'guardrails.assign-members.remove/404-not-found': onMembers(notFound(members.remove)),
  'guardrails.assign-members.remove/500-internal': internal(members.remove),

  'guardrails.assign-members.all/401-unauthorized': unauthorizedOrForbidden(members.all),
  'guardrails.assign-members.all/500-internal': internal(members.all),
} as const satisfies Record<`guardrails.assign-${string}/${string}`, ErrorRow>;
