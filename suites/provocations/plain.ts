/**
 * How each documented error of the account, listing and management APIs is brought about.
 *
 * The rows that every operation has follow from `operations`; what only one of them refuses is listed here. A row without an entry does
 * not compile.
 */
import {
  answered,
  errorPathIds,
  get,
  ionet,
  manage,
  type PlainErrorId,
  type PlainProvocation,
  type Request,
  say,
  type Step,
  type StepContext,
} from '../../src/index.ts';
import { doneWell, madeFirst, madeSecond, noHash, noId, type Operation, operations } from './operations.ts';

type OperationName = keyof typeof operations;

/** What can go wrong with any operation, by the end of the row's id. */
const usual = {
  '401-unauthorized': (operation) => badly(operation, operation.well, 'unknown-key'),
  '403-forbidden': (operation) =>
    badly(operation, operation.well, operation.asCustomer ? 'incident:permission-required' : 'customer'),
  '404-not-found': (operation) =>
    badly(operation, () => absent(operation), operation.asCustomer ? 'customer' : 'management-key'),
  '429-rate-limited': (operation) => badly(operation, operation.well, 'managed-incident:platform-rate-limited'),
  '500-internal': (operation) => badly(operation, operation.well, 'managed-incident:internal-error'),
} satisfies Record<string, (operation: Operation) => PlainProvocation>;

type UsualId = `${OperationName}/${keyof typeof usual}`;
type ParticularId = Exclude<PlainErrorId, UsualId>;

const newByok = (body: Record<string, unknown>) => (context: StepContext) =>
  manage('POST', '/byok', { provider: ionet.slug, key: ionet.unknownKey, workspace_id: madeFirst(context), ...body });

const particular = {
  'byok.list/400-bad-request': bad('byok.list', () => get('/byok?limit=101')),
  'byok.create/400-bad-request': bad('byok.create', (context) =>
    manage('POST', '/byok', { provider: ionet.slug, workspace_id: madeFirst(context) }),
  ),
  'byok.create/400-default-workspace-deleted': bad(
    'byok.create',
    () => manage('POST', '/byok', { provider: ionet.slug, key: ionet.unknownKey }),
    'managed-incident:default-workspace-deleted',
  ),
  'byok.create/400-hashes-empty': bad('byok.create', newByok({ allowed_api_key_hashes: [] })),
  'byok.create/400-hashes-format': bad('byok.create', newByok({ allowed_api_key_hashes: ['ABC'] })),
  'byok.create/400-hashes-too-many': bad(
    'byok.create',
    newByok({ allowed_api_key_hashes: Array.from({ length: 101 }, hashNumber) }),
  ),
  'byok.create/400-hashes-unknown': bad('byok.create', newByok({ allowed_api_key_hashes: [noHash] })),
  'byok.update/400-bad-request': bad('byok.update', (context) =>
    manage('PATCH', `/byok/${madeSecond(context)}`, { allowed_api_key_hashes: [] }),
  ),

  'keys.list/400-bad-request': bad('keys.list', () => get('/keys?offset=-1')),
  'keys.create/400-bad-request': bad('keys.create', (context) =>
    manage('POST', '/keys', {
      name: context.label,
      workspace_id: madeFirst(context),
      expires_at: '2027-01-01T00:00:00+02:00',
    }),
  ),
  'keys.update/400-bad-request': bad('keys.update', (context) =>
    manage('PATCH', `/keys/${madeSecond(context)}`, { limit_reset: 'hourly' }),
  ),

  'guardrails.list/400-bad-request': bad('guardrails.list', () => get('/guardrails?limit=0')),
  'guardrails.create/400-bad-request': bad('guardrails.create', (context) =>
    manage('POST', '/guardrails', {
      name: context.label,
      workspace_id: madeFirst(context),
      allowed_providers: [],
    }),
  ),
  'guardrails.create/400-invalid-regex': bad('guardrails.create', (context) =>
    manage('POST', '/guardrails', {
      name: context.label,
      workspace_id: madeFirst(context),
      content_filters: [{ pattern: '(a+)+', action: 'block' }],
    }),
  ),
  'guardrails.create/400-default-workspace-deleted': bad(
    'guardrails.create',
    (context) => manage('POST', '/guardrails', { name: context.label, allowed_providers: [ionet.slug] }),
    'managed-incident:default-workspace-deleted',
  ),
  'guardrails.update/400-bad-request': bad('guardrails.update', (context) =>
    manage('PATCH', `/guardrails/${madeSecond(context)}`, { allowed_providers: [] }),
  ),
  'guardrails.assign-keys.add/400-bad-request': bad('guardrails.assign-keys.add', (context) =>
    manage('POST', `/guardrails/${madeSecond(context)}/assignments/keys`, { key_hashes: [] }),
  ),
  'guardrails.assign-keys.remove/400-bad-request': bad('guardrails.assign-keys.remove', (context) =>
    manage('POST', `/guardrails/${madeSecond(context)}/assignments/keys/remove`, { key_hashes: [] }),
  ),
  'guardrails.assign-members.add/400-bad-request': bad('guardrails.assign-members.add', (context) =>
    manage('POST', `/guardrails/${madeSecond(context)}/assignments/members`, { member_user_ids: [] }),
  ),
  'guardrails.assign-members.remove/400-bad-request': bad('guardrails.assign-members.remove', (context) =>
    manage('POST', `/guardrails/${madeSecond(context)}/assignments/members/remove`, { member_user_ids: [] }),
  ),

  'workspaces.create/400-bad-request': bad('workspaces.create', () =>
    manage('POST', '/workspaces', { name: '', slug: 'Not A Slug' }),
  ),
  'workspaces.update/400-bad-request': bad('workspaces.update', (context) =>
    manage('PATCH', `/workspaces/${madeFirst(context)}`, { name: '' }),
  ),
  'workspaces.delete/400-bad-request': {
    ...bad('keys.get', (context) => manage('DELETE', `/workspaces/${madeFirst(context)}`)),
  },

  'budgets.get/400-bad-request': bad('budgets.get', (context) =>
    get(`/workspaces/${madeFirst(context)}/budgets/hourly`),
  ),
  'budgets.put/400-bad-request': {
    ...bad('budgets.get', (context) =>
      manage('PUT', `/workspaces/${madeFirst(context)}/budgets/weekly`, { limit_usd: 600 }),
    ),
  },
  'budgets.delete/400-bad-request': bad('budgets.delete', (context) =>
    manage('DELETE', `/workspaces/${madeFirst(context)}/budgets/hourly`),
  ),

  'models/400-bad-request': bad('models', () => get('/models?limit=0'), 'customer'),

  'generation/401-unauthorized': record(ownRecord, 'unknown-key'),
  'generation/402-payment-required': record(ownRecord, 'incident:records-need-credits'),
  'generation/404-not-found': record(() => get('/generation?id=gen-0000000000-xxxxxxxxxxxxxxxxxxxx'), 'customer'),
  'generation/429-rate-limited': record(ownRecord, 'incident:platform-rate-limited'),
  'generation/500-internal': record(ownRecord, 'incident:internal-error'),
  'generation/502-bad-gateway': record(ownRecord, 'incident:bad-gateway'),
  'generation/524-edge-timeout': record(ownRecord, 'incident:edge-timeout'),
  'generation/529-overloaded': record(ownRecord, 'incident:records-overloaded'),
} satisfies Record<ParticularId, PlainProvocation>;

/** Every row of these APIs. */
export const plainProvocations: Partial<Record<PlainErrorId, PlainProvocation>> = {
  ...Object.fromEntries(errorPathIds.flatMap((id) => (isUsual(id) ? [[id, usualProvocation(id)]] : []))),
  ...particular,
};

function isUsual(id: string): id is UsualId {
  const [operation = '', name = ''] = id.split('/');
  return operation in operations && name in usual;
}

function usualProvocation(id: UsualId): PlainProvocation {
  const [operation, name] = id.split('/') as [OperationName, keyof typeof usual];
  return usual[name](operations[operation]);
}

function badly(
  operation: Operation,
  request: (context: StepContext) => Request,
  given: NonNullable<PlainProvocation['given']>,
): PlainProvocation {
  return { before: operation.before, well: doneWell(operation), badly: request, given };
}

function bad(
  name: OperationName,
  request: (context: StepContext) => Request,
  given: NonNullable<PlainProvocation['given']> = 'management-key',
): PlainProvocation {
  return badly(operations[name], request, given);
}

function absent(operation: Operation): Request {
  return operation.absent ?? get(`/nowhere/${noId}`);
}

/** The generation record of an answer, first read well. */
function record(
  request: (context: StepContext) => Request,
  given: NonNullable<PlainProvocation['given']>,
): PlainProvocation {
  return {
    before: [(): Step => answered(say('Reply with exactly: ok', { model: ionet.models[0] }))],
    well: (context) => ({ ...answered(ownRecord(context)), whileStatus: [404] }),
    badly: request,
    given,
  };
}

function ownRecord({ earlier }: StepContext): Request {
  return get(`/generation?id=${(earlier[0]?.json as { id?: string } | undefined)?.id ?? 'gen-none'}`);
}

function hashNumber(_: unknown, index: number): string {
  return index.toString(16).padStart(64, '0');
}
