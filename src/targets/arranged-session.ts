import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { HarnessError } from '../errors.ts';
import { providerCredential } from '../cassettes/format.ts';
import type { Budget } from '../exchange/budget.ts';
import { createdAt, mayMake } from '../exchange/created-at.ts';
import type { Call } from '../exchange/exchange.ts';
import { inferenceHeaders } from '../exchange/inference-headers.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import { sendPatiently } from '../exchange/send-patiently.ts';
import { ionet } from '../provider.ts';
import type { Backstage } from '../sandbox/sandbox.ts';
import { manager, Unmanaged } from './manager.ts';
import type { Credential, OnWait, Session } from './target.ts';
import type { Arrange, World } from './world.ts';

export interface ArrangedSessionOptions {
  baseUrl: string;
  dispatcher: Dispatcher;
  clock: Clock;
  /** OpenRouter id; empty for a case about the account. */
  model: string;
  customerKey: string;
  managementKey: string | null;
  providerKeys: World['providerKeys'];
  /** The provider's own API, no trailing slash. Left out: nobody asks the provider itself. */
  providerUrl?: string | undefined;
  backstage?: World['backstage'];
  sandbox: boolean;
  /** See `World.mayBurden`. */
  mayBurden: boolean;
  /** Begins the name of everything made, see `Session.label`. */
  label: string;
  arrange: Arrange;
  budget?: Budget | undefined;
  onWait?: OnWait | undefined;
  /** See `Session.signal`. Closing the session takes no notice of it. */
  signal?: AbortSignal | undefined;
  /** In [0, 1). Present: calls that are turned away for a moment are made again. */
  random?: () => number;
  /** Told how many more, or fewer, things are in the account now than before. */
  onHolding?: ((more: number) => void) | undefined;
  /** Told of what could not be deleted in the end. Without it, closing the session throws. */
  onLeft?: (left: Leftover) => void;
  /** Called last, also after a failure. */
  release(): Promise<void>;
}

/** Something made in the account that is still there. */
export interface Leftover {
  /** Path to delete it by. */
  path: string;
  why: string;
}

/** Whoever waits for the end of a session does not wait as long as for an answer of a model. */
const cleanUpLimits = { headers: 20_000, total: 30_000 };

/** A small pinned call, as it is made until a change of the account shows. */
export function probeCall(model: string): Call {
  const messages = [{ role: 'user', content: 'Reply with exactly: ok' }];
  const body = { model, messages, max_tokens: 16, provider: { only: [ionet.slug] } };
  return { method: 'POST', path: '/chat/completions', headers: { ...inferenceHeaders }, body };
}

/** A session with a real server: states of the world are made through its management API and taken back in the end. */
export function arrangedSession(options: ArrangedSessionOptions): Session {
  const { baseUrl, dispatcher, clock, arrange, signal, onHolding } = options;
  const credentials = new Map<string, Promise<Credential>>();
  const made: string[] = [];
  let troubled = false;
  let names = 0;

  const sendOptions = { baseUrl, dispatcher, clock, budget: options.budget };
  const management = { ...sendOptions, managementKey: options.managementKey, random: options.random };
  const manage = manager({ ...management, signal });
  const remove = manager({ ...management, limits: cleanUpLimits });

  const adopt = (path: string) => {
    made.push(path);
    onHolding?.(1);
  };

  const world: World = {
    clock,
    ...(options.onWait && { onWait: options.onWait }),
    ...(signal && { signal }),
    model: options.model,
    customerKey: options.customerKey,
    managementKey: options.managementKey,
    providerKeys: options.providerKeys,
    mayBurden: options.mayBurden,
    ...(options.backstage && { backstage: troubling(options.backstage, () => (troubled = true)) }),
    name: (kind) => `${options.label}-${kind}-${++names}`,
    async manage(method, path, body) {
      signal?.throwIfAborted();
      // It may be there before the answer is here.
      const maybe = mayMake({ method, path }) ? 1 : 0;
      onHolding?.(maybe);
      try {
        const exchange = await manage(method, path, body);
        const created = createdAt(exchange);
        if (created !== null) adopt(created);
        return exchange.json;
      } finally {
        onHolding?.(-maybe);
      }
    },
    async probe(key, awaited) {
      signal?.throwIfAborted();
      const { headers, ...call } = probeCall(options.model);
      const asked = { ...call, headers: { ...headers, authorization: `Bearer ${key}` } };
      const patience = { random: options.random, expected: awaited, signal };
      const wire = await sendPatiently(asked, { ...sendOptions, ...(signal && { signal }) }, patience);
      signal?.throwIfAborted();
      return readExchange(wire);
    },
  };

  const { providerUrl, providerKeys } = options;
  return {
    baseUrl,
    dispatcher,
    clock,
    label: options.label,
    ...(providerUrl !== undefined &&
      providerKeys.valid !== undefined && {
        provider: { name: providerCredential, key: providerKeys.valid, baseUrl: providerUrl },
      }),
    sandbox: options.sandbox,
    ...(options.budget && { budget: options.budget }),
    ...(options.onWait && { onWait: options.onWait }),
    ...(options.random && { random: options.random }),
    ...(signal && { signal }),
    credential(given) {
      const known = credentials.get(given);
      if (known !== undefined) return known;
      const credential = arrange(given, world).then((key) => ({ name: given, key }));
      credentials.set(given, credential);
      return credential;
    },
    adopt,
    async close() {
      const left: Leftover[] = [];
      // Last first: a workspace cannot go before its keys.
      for (const path of made.reverse()) {
        await remove('DELETE', path).then(
          () => onHolding?.(-1),
          (error: unknown) => {
            if (isGone(error)) onHolding?.(-1);
            else left.push({ path, why: error instanceof Error ? error.message : String(error) });
          },
        );
      }
      await options.release();
      if (left.length === 0 || troubled) return;
      if (options.onLeft === undefined) {
        const paths = left.map(({ path }) => path).join(', ');
        throw new HarnessError('E_NETWORK', `Could not be deleted, please do it by hand: ${paths}`);
      }
      for (const one of left) options.onLeft(one);
    },
  };
}

/** Whether a thing could not be deleted because it was no longer there: the scenario had deleted it. */
function isGone(error: unknown): boolean {
  return error instanceof Unmanaged && error.status === 404;
}

/** After a staged trouble the sandbox may no longer be fit to take anything back; it goes as a whole. */
function troubling(stage: Backstage, onTrouble: () => void): Backstage {
  return {
    ...stage,
    incident(name) {
      onTrouble();
      stage.incident(name);
    },
  };
}
