import { hashOf } from '../../sandbox/openrouter/api-keys.ts';
import type { World } from '../../sandbox/openrouter/world.ts';
import { ionet } from '../../provider.ts';
import { change, drop, set, where } from '../edit.ts';
import type { Family, Fault } from '../fault.ts';
import type { Endpoint } from '../../checks/check.ts';

const secret = ionet.unknownKey;
const isNoList = ['response.schema'] as const;

/** Every operation of an API answers with something that has not the documented shape. */
function misshapen(
  name: string,
  api: Endpoint,
  touches: Fault['touches'],
  edit: NonNullable<Fault['edit']>,
  says: string,
): Fault {
  return { name, says, trips: isNoList, touches, at: [api], edit };
}

/** Keys, guardrails, workspaces and budgets are managed otherwise than they say. */
export const management: Family = {
  name: 'management',
  faults: [
    {
      name: 'disabled-key-works',
      says: 'A disabled OpenRouter key is served.',
      trips: ['response.status-expected'],
      touches: ['errors/disabled-key'],
      state:
        () =>
        ({ state }) => {
          for (const key of state.apiKeys) key.disabled = false;
        },
    },
    {
      name: 'unknown-key-works',
      says: 'A key nobody issued is taken for the customer’s.',
      trips: ['response.status-expected'],
      touches: ['errors/unknown-key', 'errors/unknown-key-at-key'],
      at: ['chat', 'key'],
      state: () => knowing,
    },
    {
      name: 'inference-key-manages',
      says: 'An inference key may create keys.',
      trips: ['response.status-expected', 'error-path.status', 'error-path.form'],
      touches: ['keys-errors/create-403-forbidden', 'guardrails-errors/create-403-forbidden'],
      at: ['keys', 'guardrails'],
      state:
        () =>
        ({ state }, { method }) => {
          for (const key of state.apiKeys) key.management = method === 'POST' || key.name === 'Management';
        },
    },
    {
      name: 'management-key-buys-answers',
      says: 'A management key is served.',
      trips: ['response.status-expected', 'error-path.status', 'error-path.form'],
      touches: ['chat-errors/403-permission-denied [json]'],
      state:
        () =>
        ({ state }) => {
          for (const key of state.apiKeys) key.management = false;
        },
    },
    {
      name: 'provider-key-shown-in-list',
      says: 'The list of provider keys shows them whole.',
      trips: ['listing.has-own-key', 'response.no-secrets'],
      touches: ['setup/own-key-listed-masked'],
      at: ['byok'],
      edit: set('data.*.label', secret),
    },
    {
      name: 'provider-key-shown-when-read',
      says: 'A provider key that is read, created or changed is shown whole.',
      trips: ['response.no-secrets'],
      touches: [
        'byok-errors/get-404-not-found',
        'byok-errors/update-404-not-found',
        'byok-errors/create-403-forbidden',
      ],
      at: ['byok'],
      edit: (json) => {
        if (!Array.isArray(json['data'])) set('data.key', secret)(json);
      },
    },
    {
      name: 'key-shown-when-read',
      says: 'A key that is read is shown whole.',
      trips: ['response.no-secrets'],
      touches: ['keys-errors/get-404-not-found', 'keys-errors/list-401-unauthorized'],
      at: ['keys'],
      when: ({ method }) => method === 'GET',
      edit: (json) =>
        Array.isArray(json['data'])
          ? set('data.*.key', `sk-or-v1-${'ab12'.repeat(16)}`)(json)
          : set('data.key', `sk-or-v1-${'ab12'.repeat(16)}`)(json),
    },
    {
      name: 'creation-answered-with-200',
      says: 'What was created is answered with 200.',
      trips: ['response.status-expected'],
      touches: ['byok-errors/create-403-forbidden', 'workspaces-errors/create-403-forbidden'],
      at: ['byok', 'workspaces'],
      status: (status) => (status === 201 ? 200 : status),
    },
    {
      name: 'deletion-denied',
      says: 'A deletion that went well says that nothing was deleted.',
      trips: ['response.schema'],
      touches: [
        'byok-errors/delete-404-not-found',
        'keys-errors/delete-404-not-found',
        'guardrails-errors/delete-404-not-found',
        'budgets-errors/delete-404-not-found',
      ],
      at: 'everything',
      when: ({ method }) => method === 'DELETE',
      edit: change('deleted', () => false),
    },
    {
      name: 'absent-thing-found',
      says: 'What is not there is read with success.',
      trips: ['response.status-expected', 'error-path.status', 'error-path.form', 'response.no-in-band-error'],
      touches: ['guardrails-errors/get-404-not-found', 'workspaces-errors/get-404-not-found'],
      at: ['guardrails', 'workspaces'],
      status: (status) => (status === 404 ? 200 : status),
    },
    {
      name: 'bad-request-takes-effect',
      says: 'A budget below nothing is written with success.',
      trips: ['response.status-expected', 'error-path.status', 'error-path.form', 'response.no-in-band-error'],
      touches: ['budgets-errors/put-400-bad-request'],
      at: ['budgets'],
      status: (status) => (status === 400 ? 200 : status),
    },
    {
      name: 'stranger-told-invalid',
      says: 'An unknown key is told that its request is invalid.',
      trips: ['response.status-expected', 'error-path.status', 'response.error-code-is-status'],
      touches: ['workspaces-errors/list-401-unauthorized', 'byok-errors/list-401-unauthorized'],
      at: ['workspaces', 'byok'],
      status: (status) => (status === 401 ? 400 : status),
    },
    misshapen(
      'byok-list-without-count',
      'byok',
      ['setup/own-key-listed-masked'],
      drop('total_count'),
      'The list of provider keys does not count them.',
    ),
    misshapen(
      'byok-key-without-order',
      'byok',
      ['byok-errors/get-404-not-found'],
      drop('data.sort_order'),
      'A provider key does not say when it is tried.',
    ),
    misshapen(
      'keys-not-wrapped',
      'keys',
      ['keys-errors/list-401-unauthorized'],
      (json) => void ((json['keys'] = json['data']), delete json['data']),
      'The list of keys is not under `data`.',
    ),
    misshapen(
      'key-without-hash',
      'keys',
      ['keys-errors/get-404-not-found'],
      where(
        (json) => json['key'] === undefined,
        change('data.hash', () => null),
      ),
      'A key has no hash to name it by.',
    ),
    misshapen(
      'new-key-not-shown',
      'keys',
      ['keys-errors/create-403-forbidden'],
      drop('key'),
      'A new key is never shown, so that nobody can use it.',
    ),
    misshapen(
      'guardrail-without-name',
      'guardrails',
      ['guardrails-errors/get-404-not-found'],
      drop('data.name'),
      'A guardrail has no name.',
    ),
    misshapen(
      'guardrail-providers-as-text',
      'guardrails',
      ['guardrails-errors/get-404-not-found'],
      change('data.allowed_providers', (list: string[]) => list.join(',')),
      'The providers of a guardrail are one text.',
    ),
    misshapen(
      'guardrail-list-as-object',
      'guardrails',
      ['guardrails-errors/list-401-unauthorized'],
      set('data', {}),
      'The list of guardrails is an object.',
    ),
    misshapen(
      'assignments-uncounted',
      'guardrails',
      ['guardrails-errors/assign-keys-add-404-not-found'],
      drop('assigned_count'),
      'Assigning keys does not say how many were.',
    ),
    misshapen(
      'members-without-user',
      'guardrails',
      ['guardrails-errors/assign-members-all-401-unauthorized', 'guardrails-errors/assign-members-list-404-not-found'],
      change('data', (data: unknown) => (Array.isArray(data) ? [{ id: 'a', guardrail_id: 'b' }] : data)),
      'Assigned members are not named.',
    ),
    misshapen(
      'workspace-without-slug',
      'workspaces',
      ['workspaces-errors/get-404-not-found'],
      drop('data.slug'),
      'A workspace has no slug.',
    ),
    misshapen(
      'workspace-list-without-count',
      'workspaces',
      ['workspaces-errors/list-401-unauthorized'],
      drop('total_count'),
      'The list of workspaces does not count them.',
    ),
    misshapen(
      'budget-in-cents',
      'budgets',
      ['budgets-errors/get-404-not-found'],
      (json) => {
        drop('data.limit_usd')(json);
        set('data.limit_cents', 50_000)(json);
      },
      'A budget is told in cents.',
    ),
    misshapen(
      'budget-list-as-object',
      'budgets',
      ['budgets-errors/list-404-not-found'],
      set('data', { monthly: 1 }),
      'The list of budgets is an object.',
    ),
  ],
};

/** The key that the scenarios call unknown is the customer’s. */
function knowing({ state }: World): void {
  const [customer] = state.apiKeys;
  if (customer) state.apiKeys.push({ ...customer, hash: hashOf(`sk-or-v1-${'0'.repeat(64)}`) });
}
