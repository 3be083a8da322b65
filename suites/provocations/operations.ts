/**
 * The operations of the other APIs, each as a call that goes well and the ways in which it can be asked badly.
 *
 * Whatever is created is made in a workspace of its own, so that the customer's set-up is never touched.
 */
import {
  answered,
  get,
  ionet,
  manage,
  type Exchange,
  type Request,
  type Scenario,
  type Step,
  type StepContext,
} from '../../src/index.ts';

/** Nobody's. */
export const noId = '00000000-0000-4000-8000-000000000000';
export const noHash = '0'.repeat(64);

const made = { status: [201] };

export interface Operation {
  /** What is made before, so that there is something to work on. */
  before: Scenario['steps'];
  /** The call going well, and with `change` laid over its body or query. */
  well: (context: StepContext) => Request;
  /** Statuses of the call going well. */
  status?: readonly number[];
  /** The same call for something that is not there. */
  absent?: Request;
  /** Made with the customer's inference key rather than with a management key. */
  asCustomer?: true;
}

/** The call going well, as a step. */
export function doneWell({ well, status = [200], asCustomer }: Operation): (context: StepContext) => Step {
  return (context) => answered(well(context), { status }, { given: asCustomer ? 'customer' : 'management-key' });
}

const workspace = ({ label }: StepContext) =>
  answered(manage('POST', '/workspaces', { name: label, slug: `${label}-errors` }), made, { given: 'management-key' });

function idOf(exchange: Exchange | undefined): string {
  const { data } = (exchange?.json ?? {}) as { data?: { id?: string; hash?: string } };
  return data?.hash ?? data?.id ?? noId;
}

/** Id of what the first step made: the workspace, for what is made in one. */
export const madeFirst = ({ earlier }: StepContext) => idOf(earlier[0]);
/** Id of what the second step made. */
export const madeSecond = ({ earlier }: StepContext) => idOf(earlier[1]);

/** In the workspace made first. */
const byok = (context: StepContext) =>
  manage('POST', '/byok', {
    provider: ionet.slug,
    key: ionet.unknownKey,
    name: context.label,
    workspace_id: madeFirst(context),
  });
const key = (context: StepContext) =>
  manage('POST', '/keys', { name: context.label, workspace_id: madeFirst(context), limit: 0 });
const guardrail = (context: StepContext) =>
  manage('POST', '/guardrails', {
    name: context.label,
    workspace_id: madeFirst(context),
    allowed_providers: [ionet.slug],
  });

const making = (request: (context: StepContext) => Request) => (context: StepContext) =>
  answered(request(context), made, { given: 'management-key' });

const withByok = [workspace, making(byok)];
const withKey = [workspace, making(key)];
const withGuardrail = [workspace, making(guardrail)];
const withGuardrailAndKey = [...withGuardrail, making(key)];
const thirdHash = ({ earlier }: StepContext) => idOf(earlier[2]);

export const operations = {
  key: { before: [], well: () => get('/key'), asCustomer: true },
  credits: { before: [], well: () => get('/credits') },
  models: { before: [], well: () => get('/models?limit=5'), asCustomer: true },
  'model-endpoints': {
    before: [],
    well: () => get(`/models/${ionet.models[0]}/endpoints`),
    absent: get('/models/acme/fake/endpoints'),
    asCustomer: true,
  },
  'model-single': {
    before: [],
    well: () => get(`/model/${ionet.models[0]}`),
    absent: get('/model/acme/fake'),
    asCustomer: true,
  },
  providers: { before: [], well: () => get('/providers'), asCustomer: true },
  'endpoints-zdr': { before: [], well: () => get('/endpoints/zdr'), asCustomer: true },

  'byok.list': { before: [], well: () => get(`/byok?provider=${ionet.slug}`) },
  'byok.create': { before: [workspace], well: byok, status: [201] },
  'byok.get': {
    before: withByok,
    well: (context) => get(`/byok/${madeSecond(context)}`),
    absent: get(`/byok/${noId}`),
  },
  'byok.update': {
    before: withByok,
    well: (context) => manage('PATCH', `/byok/${madeSecond(context)}`, { disabled: true }),
    absent: manage('PATCH', `/byok/${noId}`, { disabled: true }),
  },
  'byok.delete': {
    before: withByok,
    well: (context) => manage('DELETE', `/byok/${madeSecond(context)}`),
    absent: manage('DELETE', `/byok/${noId}`),
  },

  'keys.list': { before: [], well: () => get('/keys') },
  'keys.create': { before: [workspace], well: key, status: [201] },
  'keys.get': {
    before: withKey,
    well: (context) => get(`/keys/${madeSecond(context)}`),
    absent: get(`/keys/${noHash}`),
  },
  'keys.update': {
    before: withKey,
    well: (context) => manage('PATCH', `/keys/${madeSecond(context)}`, { disabled: true }),
    absent: manage('PATCH', `/keys/${noHash}`, { disabled: true }),
  },
  'keys.delete': {
    before: withKey,
    well: (context) => manage('DELETE', `/keys/${madeSecond(context)}`),
    absent: manage('DELETE', `/keys/${noHash}`),
  },

  'guardrails.list': { before: [], well: () => get('/guardrails') },
  'guardrails.create': { before: [workspace], well: guardrail, status: [201] },
  'guardrails.get': {
    before: withGuardrail,
    well: (context) => get(`/guardrails/${madeSecond(context)}`),
    absent: get(`/guardrails/${noId}`),
  },
  'guardrails.update': {
    before: withGuardrail,
    well: (context) => manage('PATCH', `/guardrails/${madeSecond(context)}`, { description: 'changed' }),
    absent: manage('PATCH', `/guardrails/${noId}`, { description: 'changed' }),
  },
  'guardrails.delete': {
    before: withGuardrail,
    well: (context) => manage('DELETE', `/guardrails/${madeSecond(context)}`),
    absent: manage('DELETE', `/guardrails/${noId}`),
  },
  'guardrails.assign-keys.list': {
    before: withGuardrail,
    well: (context) => get(`/guardrails/${madeSecond(context)}/assignments/keys`),
    absent: get(`/guardrails/${noId}/assignments/keys`),
  },
  'guardrails.assign-keys.add': {
    before: withGuardrailAndKey,
    well: (context) =>
      manage('POST', `/guardrails/${madeSecond(context)}/assignments/keys`, { key_hashes: [thirdHash(context)] }),
    absent: manage('POST', `/guardrails/${noId}/assignments/keys`, { key_hashes: [noHash] }),
  },
  'guardrails.assign-keys.remove': {
    before: withGuardrailAndKey,
    well: (context) =>
      manage('POST', `/guardrails/${madeSecond(context)}/assignments/keys/remove`, {
        key_hashes: [thirdHash(context)],
      }),
    absent: manage('POST', `/guardrails/${noId}/assignments/keys/remove`, { key_hashes: [noHash] }),
  },
  'guardrails.assign-keys.all': { before: [], well: () => get('/guardrails/assignments/keys') },
  'guardrails.assign-members.list': {
    before: withGuardrail,
    well: (context) => get(`/guardrails/${madeSecond(context)}/assignments/members`),
    absent: get(`/guardrails/${noId}/assignments/members`),
  },
  'guardrails.assign-members.add': {
    before: [...withGuardrail, answered(get('/key'))],
    well: (context) =>
      manage('POST', `/guardrails/${madeSecond(context)}/assignments/members`, {
        member_user_ids: [creatorOf(context)],
      }),
    absent: manage('POST', `/guardrails/${noId}/assignments/members`, { member_user_ids: ['user_nobody'] }),
  },
  'guardrails.assign-members.remove': {
    before: [...withGuardrail, answered(get('/key'))],
    well: (context) =>
      manage('POST', `/guardrails/${madeSecond(context)}/assignments/members/remove`, {
        member_user_ids: [creatorOf(context)],
      }),
    absent: manage('POST', `/guardrails/${noId}/assignments/members/remove`, { member_user_ids: ['user_nobody'] }),
  },
  'guardrails.assign-members.all': { before: [], well: () => get('/guardrails/assignments/members') },

  'workspaces.list': { before: [], well: () => get('/workspaces') },
  'workspaces.create': {
    before: [],
    well: ({ label }) => manage('POST', '/workspaces', { name: label, slug: `${label}-created` }),
    status: [201],
  },
  'workspaces.get': {
    before: [workspace],
    well: (context) => get(`/workspaces/${madeFirst(context)}`),
    absent: get(`/workspaces/${noId}`),
  },
  'workspaces.update': {
    before: [workspace],
    well: (context) => manage('PATCH', `/workspaces/${madeFirst(context)}`, { name: `${context.label}-renamed` }),
    absent: manage('PATCH', `/workspaces/${noId}`, { name: 'renamed' }),
  },
  'workspaces.delete': {
    before: [workspace],
    well: (context) => manage('DELETE', `/workspaces/${madeFirst(context)}`),
    absent: manage('DELETE', `/workspaces/${noId}`),
  },

  'budgets.list': {
    before: [workspace],
    well: (context) => get(`/workspaces/${madeFirst(context)}/budgets`),
    absent: get(`/workspaces/${noId}/budgets`),
  },
  'budgets.get': {
    before: [workspace, putBudget('monthly')],
    well: (context) => get(`/workspaces/${madeFirst(context)}/budgets/monthly`),
    absent: get(`/workspaces/${noId}/budgets/monthly`),
  },
  'budgets.put': {
    before: [workspace],
    well: (context) => manage('PUT', `/workspaces/${madeFirst(context)}/budgets/monthly`, { limit_usd: 500 }),
    absent: manage('PUT', `/workspaces/${noId}/budgets/monthly`, { limit_usd: 500 }),
  },
  'budgets.delete': {
    before: [workspace, putBudget('monthly')],
    well: (context) => manage('DELETE', `/workspaces/${madeFirst(context)}/budgets/monthly`),
    absent: manage('DELETE', `/workspaces/${noId}/budgets/monthly`),
  },
} satisfies Record<string, Operation>;

function putBudget(interval: string): (context: StepContext) => Step {
  return (context) =>
    answered(
      manage('PUT', `/workspaces/${madeFirst(context)}/budgets/${interval}`, { limit_usd: 500 }),
      {},
      { given: 'management-key' },
    );
}

function creatorOf({ earlier }: StepContext): string {
  const { data } = (earlier[2]?.json ?? {}) as { data?: { creator_user_id?: string | null } };
  return data?.creator_user_id ?? 'user_unknown';
}
