import { HarnessError } from '../errors.ts';
import { ionet } from '../provider.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readAnswer } from '../exchange/answer.ts';
import type { IncidentName } from '../sandbox/incident.ts';
import { NotApplicable, type World } from '../targets/world.ts';

/** Propagation allowed for a change to a BYOK key: the guide says about a minute. */
const propagationMs = 120_000;

/**
 * States of the world, by name. Each returns the key to call with.
 *
 * Everything goes through OpenRouter's management API, in throw-away workspaces, so that it is the same for live and sandbox.
 * What no API sets is done backstage in the sandbox and does not apply elsewhere.
 */
const givens = {
  /** The customer's own set-up: a valid, prioritized key of the provider. */
  customer: async (world: World) => world.customerKey,
  'no-key': async () => null,
  'unknown-key': async () => `sk-or-v1-${'0'.repeat(64)}`,
  'management-key': async (world: World) => managementKey(world),
  'disabled-key': async (world: World) => {
    const { key, hash } = await newKey(world);
    await world.manage('PATCH', `/keys/${hash}`, { disabled: true });
    return refusing(world, key);
  },
  'key-limit-zero': async (world: World) =>
    refusing(world, (await newKey(world, { limit: 0, include_byok_in_limit: true })).key),
  'key-limit-tiny': async (world: World) => (await newKey(world, { limit: 0.001, include_byok_in_limit: true })).key,
  'no-credits': async (world: World) => backstage(world, 'An account without credits').keyWithoutCredits(),

  /** No key of the provider at all: OpenRouter's shared capacity serves and bills. */
  'byok-none': async (world: World) => (await newKey(world, await newWorkspace(world))).key,
  'byok-disabled': (world: World) => servingThen(world, { disabled: true }),
  'byok-fallback': (world: World) => servingThen(world, { is_fallback: true }),
  'byok-for-another-model': (world: World) =>
    servingThen(world, { allowed_models: ionet.models.filter((model) => model !== world.model) }),
  'byok-for-another-api-key': async (world: World) => {
    const other = await newKey(world);
    return servingThen(world, { allowed_api_key_hashes: [other.hash] });
  },
  'byok-in-another-workspace': async (world: World) => {
    const other = await newWorkspace(world);
    await serving(world);
    return (await newKey(world, other)).key;
  },
  /** The key of the provider stops being one the provider knows. */
  'byok-invalid': async (world: World) => servingThen(world, { key: refusedKey(world) }),
  'byok-invalid-always-used': async (world: World) => alwaysUsed(world, refusedKey(world)),
  'byok-forbidden-always-used': (world: World) => alwaysUsed(world, providerKey(world, 'forbidden')),
  'byok-exhausted-always-used': (world: World) => alwaysUsed(world, providerKey(world, 'exhausted'), 429),
  /** Two keys in order: the provider refuses the first, which was seen to be in force, and then to be refused. */
  'byok-first-refused-second-valid': async (world: World) => {
    const refused = refusedKey(world);
    const { key, byokId, workspace } = await serving(world);
    await world.manage('PATCH', `/byok/${byokId}`, { key: refused });
    await inForce(world, key, paidByCustomer(false));
    await newByok(world, workspace, providerKey(world, 'valid'));
    await inForce(world, key, paidByCustomer(true));
    return key;
  },
  /** A key of the provider added a moment ago; returned once it serves. */
  'byok-just-added': async (world: World) => (await added(world)).key,
  'past-byok-allowance': async (world: World) => {
    backstage(world, 'An account past its monthly BYOK allowance').exceedByokAllowance();
    return world.customerKey;
  },

  /** A guardrail of the key ignores the provider. */
  'provider-ignored': async (world: World) =>
    refusing(world, await guarded(world, { ignored_providers: [ionet.slug] })),
  /** A guardrail of the key allows other providers only. */
  'provider-not-allowed': async (world: World) =>
    refusing(world, await guarded(world, { allowed_providers: ['openai'] })),
  'guardrail-prompt-injection': (world: World) =>
    guarded(world, { content_filter_builtins: [{ slug: 'regex-prompt-injection', action: 'block' }] }),
  'guardrail-content-filter': (world: World) =>
    guarded(world, { content_filters: [{ pattern: 'ZZ-BLOCK-ME', action: 'block' }] }),
  'guardrail-sensitive-info': (world: World) =>
    guarded(world, { content_filter_builtins: [{ slug: 'email', action: 'block' }] }),
  /** A guardrail whose budget one small call uses up. */
  'guardrail-budget-spent': async (world: World) => {
    const rules = { limit_usd: 0.000001, reset_interval: 'daily', include_byok_in_budgets: true };
    return refusing(world, await guarded(world, rules));
  },
} satisfies Record<string, (world: World) => Promise<string | null>>;

/** A state of the world, or a trouble that only the sandbox can stage. */
export type GivenName = keyof typeof givens | `${Staged}:${IncidentName}`;

/** Who then calls: the customer with the inference key, or with the management key. */
type Staged = 'incident' | 'managed-incident';

/** Brings about a state of the world and returns the key to call with. */
export async function arrange(given: string, world: World): Promise<string | null> {
  const [staged = '', incident = ''] = given.split(':');
  if (staged === 'incident' || staged === 'managed-incident') {
    backstage(world, 'Such a trouble').incident(incident as IncidentName);
    return staged === 'incident' ? world.customerKey : managementKey(world);
  }
  if (!isGiven(given))
    throw new HarnessError('E_SUITE', `There is no given "${given}". Known: ${Object.keys(givens).join(', ')}.`);
  return givens[given](world);
}

function isGiven(name: string): name is keyof typeof givens {
  return Object.hasOwn(givens, name);
}

/** Where a thing is made. */
type Workspace = { workspace_id: string };

async function newWorkspace(world: World): Promise<Workspace> {
  const name = world.name('workspace');
  const { data } = (await world.manage('POST', '/workspaces', { name, slug: name })) as { data: { id: string } };
  await refuseGlobalByok(world, data.id);
  return { workspace_id: data.id };
}

/** Should it ever be left behind, it can spend half a dollar, for an hour. */
async function newKey(world: World, options: Record<string, unknown> = {}): Promise<{ key: string; hash: string }> {
  const expiry = new Date(world.clock.now() + 3_600_000).toISOString();
  const made = (await world.manage('POST', '/keys', {
    name: world.name('key'),
    limit: 0.5,
    expires_at: expiry,
    ...options,
  })) as {
    key: string;
    data: { hash: string };
  };
  return { key: made.key, hash: made.data.hash };
}

async function newByok(world: World, workspace: Workspace, key: string): Promise<{ id: string }> {
  const made = (await world.manage('POST', '/byok', {
    provider: ionet.slug,
    key,
    name: world.name('byok'),
    ...workspace,
  })) as { data: { id: string } };
  return made.data;
}

async function managementKey(world: World): Promise<string> {
  if (world.managementKey === null)
    throw new HarnessError('E_CONFIG', 'This needs a management key: set OPENROUTER_MANAGEMENT_KEY.');
  return world.managementKey;
}

interface Served {
  key: string;
  byokId: string;
  workspace: Workspace;
  /** The new BYOK key was seen to pay. */
  pays: boolean;
}

/** A key of its own workspace, with a new, valid BYOK key beside it, after as much waiting as propagation may take. */
async function added(world: World): Promise<Served> {
  const workspace = await newWorkspace(world);
  const { key } = await newKey(world, workspace);
  const { id } = await newByok(world, workspace, providerKey(world, 'valid'));
  const { held } = await until(world, key, paidByCustomer(true));
  return { key, byokId: id, workspace, pays: held };
}

/** The same, and the BYOK key is known to pay: only then does it mean something when it no longer does. */
async function serving(world: World): Promise<Served> {
  const served = await added(world);
  if (served.pays) return served;
  throw new HarnessError(
    'E_TIMEOUT',
    `A new ${ionet.name} key did not pay within ${propagationMs / 1_000} s, so nothing can be shown by taking it away.`,
  );
}

/** The same, with the BYOK key changed afterwards and the change in force. */
async function servingThen(world: World, change: Record<string, unknown>): Promise<string> {
  const { key, byokId } = await serving(world);
  await world.manage('PATCH', `/byok/${byokId}`, change);
  await inForce(world, key, paidByCustomer(false));
  return key;
}

/** The same, with a key the provider refuses and "Always use for this provider" on. */
async function alwaysUsed(world: World, refused: string, status?: number): Promise<string> {
  const { key, byokId } = await serving(world);
  await alwaysUse(world, byokId);
  await world.manage('PATCH', `/byok/${byokId}`, { key: refused });
  return refusing(world, key, status);
}

/**
 * Turns the switch on. The specification of August 2026 has no field for it; OpenRouter's TypeScript SDK 1.3 (seen 2026-11-23) calls it
 * `is_required`. An API that does not know the field leaves it out of its answer.
 */
async function alwaysUse(world: World, byokId: string): Promise<void> {
  const { data } = (await world.manage('PATCH', `/byok/${byokId}`, { is_required: true })) as {
    data: { is_required?: boolean };
  };
  if (data.is_required !== true)
    backstage(world, 'Without a field for it, "Always use for this provider"').alwaysUse(byokId, true);
}

/** A key that a guardrail is assigned to. */
async function guarded(world: World, rules: Record<string, unknown>): Promise<string> {
  const { key, hash } = await newKey(world);
  const { data } = (await world.manage('POST', '/guardrails', { name: world.name('guardrail'), ...rules })) as {
    data: { id: string };
  };
  await world.manage('POST', `/guardrails/${data.id}/assignments/keys`, { key_hashes: [hash] });
  return key;
}

/** How a change of keys or rules shows. Any other status may have to do with something else, and pass. */
const refusals = [401, 402, 403, 404];

/** The same key once it is refused, with one of these statuses or with the one that is given. */
async function refusing(world: World, key: string, status?: number): Promise<string> {
  const awaited = status === undefined ? refusals : [status];
  await inForce(world, key, ({ response }) => awaited.includes(response?.status ?? 0), awaited);
  return key;
}

/**
 * A BYOK key without a workspace serves every workspace, so nothing could be shown in a throw-away one. Without a workspace the list is
 * that of the default one, and whether either shows the keys for all is not documented: so both are read.
 */
async function refuseGlobalByok(world: World, workspaceId: string): Promise<void> {
  const all: { workspace_id: string | null; disabled: boolean }[] = [];
  for (const where of ['', `&workspace_id=${workspaceId}`]) {
    const { data } = (await world.manage('GET', `/byok?provider=${ionet.slug}${where}`)) as { data: typeof all };
    all.push(...data);
  }
  if (all.some((byok) => byok.workspace_id === null && !byok.disabled)) {
    throw new HarnessError(
      'E_CONFIG',
      `The account has a ${ionet.name} key for all workspaces, which would serve in the throw-away workspace too. Move it to one workspace.`,
    );
  }
}

const paidByCustomer = (yes: boolean) => (exchange: Exchange) => {
  const isByok = readAnswer(exchange)?.usage?.['is_byok'];
  return exchange.response?.status === 200 && isByok === yes;
};

/**
 * Waits for a change to take effect. One that answers still show not to be in force after that long is left to the checks: a disabled key
 * that goes on being served is what they look for. Being turned away for a moment, or getting no answer, says nothing.
 *
 * @throws HarnessError E_TIMEOUT when no answer shows whether it is in force
 */
async function inForce(
  world: World,
  key: string,
  holds: (exchange: Exchange) => boolean,
  awaited?: readonly number[],
): Promise<void> {
  const { held, last } = await until(world, key, holds, awaited);
  const status = last.response?.status;
  if (held || (status !== undefined && status < 500 && status !== 408 && status !== 429)) return;
  const found = status ?? [last.end.how, last.end.code].filter(Boolean).join(' ');
  throw new HarnessError(
    'E_TIMEOUT',
    `${propagationMs / 1_000} s after a change of keys or rules ${last.call.method} ${last.call.path} still ended in ${found}, so whether the change took effect could not be seen.`,
  );
}

/** Probes until it shows, or as long as propagation may take; whether it did, and the last answer. */
async function until(
  world: World,
  key: string,
  holds: (exchange: Exchange) => boolean,
  awaited: readonly number[] = [],
): Promise<{ held: boolean; last: Exchange }> {
  const deadline = world.clock.now() + propagationMs;
  for (let pause = 1_000; ; pause = Math.min(pause * 2, 10_000)) {
    const last = await world.probe(key, awaited);
    if (holds(last)) return { held: true, last };
    if (world.clock.now() + pause > deadline) return { held: false, last };
    world.onWait?.('a change of keys or rules to take effect', pause);
    await world.clock.sleep(pause, world.signal);
  }
}

function providerKey(world: World, which: keyof World['providerKeys']): string {
  const key = world.providerKeys[which];
  if (key !== undefined) return key;
  if (which === 'valid')
    throw new HarnessError('E_CONFIG', `This needs a key of ${ionet.name} to bring along: set ${ionet.keyVariable}.`);
  throw new NotApplicable(
    `A ${ionet.name} key that is ${which} has to be prepared at ${ionet.name}; the sandbox has one.`,
  );
}

/** A key that the provider refuses, where it may be shown one. */
function refusedKey({ mayBurden }: World): string {
  if (mayBurden) return ionet.unknownKey;
  throw new NotApplicable(
    `This shows ${ionet.name} a key it refuses, which its listed uptime counts: live one case of a run may, and it is not this one.`,
  );
}

function backstage(world: World, what: string): NonNullable<World['backstage']> {
  if (world.backstage === undefined) throw new NotApplicable(`${what} can only be brought about in the sandbox.`);
  return world.backstage;
}
