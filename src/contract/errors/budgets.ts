import { badRequest, internal, notFound, unauthorizedOrForbidden } from './api-rows.ts';
import { sandboxOnly } from './provocation.ts';
import type { ErrorRow } from './row.ts';

const list = { endpoint: 'budgets.list', operation: 'GET /workspaces/{id}/budgets' };
const get = { endpoint: 'budgets.get', operation: 'GET /workspaces/{id}/budgets/{interval}' };
const put = { endpoint: 'budgets.put', operation: 'PUT /workspaces/{id}/budgets/{interval}' };
const remove = { endpoint: 'budgets.delete', operation: 'DELETE /workspaces/{id}/budgets/{interval}' };

/** Errors of the operations on budgets of workspaces. */
export const budgetErrors = {
  'budgets.list/401-unauthorized': unauthorizedOrForbidden(list),
  'budgets.list/404-not-found': notFound(list),
  'budgets.list/500-internal': internal(list),

  'budgets.get/400-bad-request': badRequest(get, 'interval "yearly"'),
  'budgets.get/401-unauthorized': unauthorizedOrForbidden(get),
  'budgets.get/404-not-found': notFound(get),
  'budgets.get/500-internal': internal(get),

  'budgets.put/400-bad-request': {
    ...badRequest(
      put,
      sandboxOnly('writing budgets needs an Enterprise account'),
      'The limit is not positive, or a longer interval would not have the larger limit.',
    ),
    message: { pattern: /^Budget limits must be strictly decreasing/, level: 'observed' },
  },
  'budgets.put/401-unauthorized': unauthorizedOrForbidden(put),
  'budgets.put/404-not-found': notFound(put),
  'budgets.put/500-internal': internal(put),

  'budgets.delete/400-bad-request': badRequest(remove, 'interval "yearly"'),
  'budgets.delete/401-unauthorized': unauthorizedOrForbidden(remove),
  'budgets.delete/404-not-found': {
    ...notFound(remove, 'a random id of a workspace'),
    // By the specification a budget that was never set is 404, by the guide its deletion succeeds.
    says: 'The workspace does not exist; a missing budget alone may count as deleted.',
    status: [404, 200],
  },
  'budgets.delete/500-internal': internal(remove),
} as const satisfies Record<`budgets.${string}/${string}`, ErrorRow>;
