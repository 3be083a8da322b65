import type { EvidenceName, Subject } from '../checks/check.ts';
import { sameProvider } from '../checks/routing-evidence.ts';
import { HarnessError } from '../errors.ts';
import { readAnswer } from '../exchange/answer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { ionet } from '../provider.ts';
import type { CaseRef, Credential, Session } from '../targets/target.ts';
import { callOf } from './call.ts';
import { type Caller, exchangeOf } from './caller.ts';
import { isOutOfMeans } from './out-of-means.ts';
import { askDirectly, listedByProvider } from './direct.ts';

type Evidence = Subject['evidence'];

/** What has to be read before the call: the state it is going to change. */
export async function collectBefore(
  names: readonly EvidenceName[],
  ref: CaseRef,
  credential: Credential,
  caller: Caller,
): Promise<Evidence> {
  return {
    ...(names.includes('direct-models') && { 'direct-models': await listedByProvider(ref, caller) }),
    ...(await collect(
      names,
      { 'key-before': '/key', 'credits-before': '/credits', 'ledger-before': '/sandbox/ledger' },
      ref,
      credential,
      caller,
    )),
  };
}

/** What has to be read after the call: the state it changed, and its generation record. */
export async function collectAfter(
  names: readonly EvidenceName[],
  ref: CaseRef,
  credential: Credential,
  caller: Caller,
  { exchange, before }: { exchange: Exchange; before: Evidence },
): Promise<Evidence> {
  const succeeded = exchange.response?.status === 200;
  const generation = names.includes('generation') && succeeded ? generationId(exchange) : undefined;
  const models = names.includes('direct') && succeeded ? before['direct-models'] : undefined;
  return {
    ...(models !== undefined && { direct: await askDirectly(exchange.call, models, ref, caller) }),
    ...(generation !== undefined && { generation: await generationRecord(generation, ref, credential, caller) }),
    ...(names.includes('key-after') && {
      'key-after': await changed('/key', before['key-before'], ref, credential, caller),
    }),
    ...(await collect(
      names,
      {
        'credits-after': '/credits',
        'ledger-after': '/sandbox/ledger',
        endpoints: `/models/${ref.model}/endpoints`,
      },
      ref,
      credential,
      caller,
    )),
  };
}

/** Parameters that the provider's endpoint of the model lists. */
export async function lists(ref: CaseRef, caller: Caller): Promise<string[]> {
  const customer = await caller.session.credential('customer');
  const exchange = await read(`/models/${ref.model}/endpoints`, ref, customer, caller);
  const endpoints = (
    exchange.json as
      | { data?: { endpoints?: { provider_name?: string; supported_parameters?: string[] }[] } }
      | undefined
  )?.data?.endpoints;
  const own = endpoints?.find(({ provider_name = '' }) => sameProvider(provider_name, ionet.name));
  if (own === undefined) {
    throw new HarnessError(
      'E_BLOCKED',
      `GET /models/${ref.model}/endpoints lists no endpoint of ${ionet.name}, so nobody can say what it supports.`,
    );
  }
  return own.supported_parameters ?? [];
}

async function collect(
  names: readonly EvidenceName[],
  paths: Partial<Record<EvidenceName, string>>,
  ref: CaseRef,
  credential: Credential,
  caller: Caller,
): Promise<Evidence> {
  const evidence: Evidence = {};
  for (const name of names) {
    const path = paths[name];
    if (path === undefined || !available(name, caller.session)) continue;
    const reader = name.startsWith('credits') ? await caller.session.credential('management-key') : credential;
    evidence[name] = await read(path, ref, reader, caller);
  }
  return evidence;
}

/** The provider's ledger can only be looked at in the sandbox. */
function available(name: EvidenceName, session: Session): boolean {
  return !name.startsWith('ledger') || session.sandbox === true;
}

function generationId(exchange: Exchange): string | undefined {
  return exchange.response?.headers['x-generation-id'] ?? readAnswer(exchange)?.id ?? undefined;
}

/** Read again until it is no longer what it was; nobody says how soon a key's usage is counted. */
async function changed(
  path: string,
  before: Exchange | undefined,
  ref: CaseRef,
  credential: Credential,
  caller: Caller,
): Promise<Exchange> {
  const { clock, signal } = caller.session;
  const deadline = clock.now() + 60_000;
  for (let pause = 1_000; ; pause = Math.min(pause * 2, 10_000)) {
    const now = await read(path, ref, credential, caller);
    if (now.text !== before?.text || clock.now() + pause > deadline) return now;
    caller.session.onWait?.(`GET ${path} to change`, pause);
    await clock.sleep(pause, signal);
  }
}

/** The record appears some time after the answer, mostly within three seconds; until then it is 404. */
async function generationRecord(id: string, ref: CaseRef, credential: Credential, caller: Caller): Promise<Exchange> {
  const pause = 3_000;
  const { clock, signal, onWait, origin } = caller.session;
  // What was recorded is there.
  if (origin === undefined) {
    onWait?.('the generation record', pause);
    await clock.sleep(pause, signal);
  }
  return read(`/generation?id=${encodeURIComponent(id)}`, ref, credential, caller, [404]);
}

/** @throws HarnessError E_BLOCKED when the customer's means came to an end meanwhile: then the evidence is not missing, it cannot be seen */
async function read(
  path: string,
  ref: CaseRef,
  credential: Credential,
  caller: Caller,
  whileStatus: number[] = [],
): Promise<Exchange> {
  const call = callOf({ kind: 'plain', method: 'GET', path }, ref, credential);
  const exchange = await exchangeOf(call, credential, caller, { whileStatus });
  if (!caller.session.sandbox && isOutOfMeans(exchange, credential)) {
    throw new HarnessError('E_BLOCKED', `GET ${path} was turned away with ${exchange.response?.status}.`);
  }
  return exchange;
}
