import { errorCatalogue } from '../errors/catalogue.ts';
import type { ErrorRow } from '../errors/row.ts';
import { type Difference, setDifferences } from './difference.ts';
import type { Specification } from './specification.ts';

/** The specification's operation behind each endpoint of the catalogue. */
const operations: Readonly<Record<string, string>> = {
  chat: 'POST /chat/completions',
  responses: 'POST /responses',
  messages: 'POST /messages',
  completions: 'POST /completions',
  generation: 'GET /generation',
  key: 'GET /key',
  credits: 'GET /credits',
  models: 'GET /models',
  'model-single': 'GET /model/{author}/{slug}',
  'model-endpoints': 'GET /models/{author}/{slug}/endpoints',
  providers: 'GET /providers',
  'endpoints-zdr': 'GET /endpoints/zdr',
  'byok.list': 'GET /byok',
  'byok.create': 'POST /byok',
  'byok.get': 'GET /byok/{id}',
  'byok.update': 'PATCH /byok/{id}',
  'byok.delete': 'DELETE /byok/{id}',
  'keys.list': 'GET /keys',
  'keys.create': 'POST /keys',
  'keys.get': 'GET /keys/{hash}',
  'keys.update': 'PATCH /keys/{hash}',
  'keys.delete': 'DELETE /keys/{hash}',
  'guardrails.list': 'GET /guardrails',
  'guardrails.create': 'POST /guardrails',
  'guardrails.get': 'GET /guardrails/{id}',
  'guardrails.update': 'PATCH /guardrails/{id}',
  'guardrails.delete': 'DELETE /guardrails/{id}',
  'guardrails.assign-keys.list': 'GET /guardrails/{id}/assignments/keys',
  'guardrails.assign-keys.add': 'POST /guardrails/{id}/assignments/keys',
  'guardrails.assign-keys.remove': 'POST /guardrails/{id}/assignments/keys/remove',
  'guardrails.assign-keys.all': 'GET /guardrails/assignments/keys',
  'guardrails.assign-members.list': 'GET /guardrails/{id}/assignments/members',
  'guardrails.assign-members.add': 'POST /guardrails/{id}/assignments/members',
  'guardrails.assign-members.remove': 'POST /guardrails/{id}/assignments/members/remove',
  'guardrails.assign-members.all': 'GET /guardrails/assignments/members',
  'workspaces.list': 'GET /workspaces',
  'workspaces.create': 'POST /workspaces',
  'workspaces.get': 'GET /workspaces/{id}',
  'workspaces.update': 'PATCH /workspaces/{id}',
  'workspaces.delete': 'DELETE /workspaces/{id}',
  'budgets.list': 'GET /workspaces/{id}/budgets',
  'budgets.get': 'GET /workspaces/{id}/budgets/{interval}',
  'budgets.put': 'PUT /workspaces/{id}/budgets/{interval}',
  'budgets.delete': 'DELETE /workspaces/{id}/budgets/{interval}',
};

/** What the specification and the documented rows of the catalogue say differently about which statuses an operation has. */
export function statusDifferences(specification: Specification): Difference[] {
  return Object.entries(expectedStatuses()).flatMap(([endpoint, expected]) => {
    const operation = operations[endpoint] ?? endpoint;
    const actual = specification.errorStatuses(operation);
    if (actual === undefined) {
      return { path: operation, what: 'gone', expected: 'an operation', actual: 'absent' } as const;
    }
    return setDifferences(operation, expected, actual);
  });
}

/** The first, that is the documented, status of each row, by endpoint; those inside a 200 are no statuses. */
function expectedStatuses(): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  const rows: ErrorRow[] = Object.values(errorCatalogue);
  for (const { endpoint, alsoOn = [], observedOnly, status } of rows) {
    if (observedOnly === true || status[0] === 200) continue;
    for (const at of [endpoint, ...alsoOn]) (found[at] ??= new Set()).add(String(status[0]));
  }
  return Object.fromEntries(Object.entries(found).map(([endpoint, statuses]) => [endpoint, [...statuses].sort()]));
}
