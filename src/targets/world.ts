import type { Clock } from '../clock.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Backstage } from '../sandbox/sandbox.ts';
import type { OnWait } from './target.ts';

/** The account the calls are made in, as far as it can be arranged. */
export interface World {
  clock: Clock;
  /** Present where pauses take real time. */
  onWait?: OnWait;
  /** See `Session.signal`. */
  signal?: AbortSignal;
  /** OpenRouter id of the model of the case; empty for a case about the account. */
  model: string;
  /** The customer's own inference key. */
  customerKey: string;
  /** null when nobody gave one. */
  managementKey: string | null;
  /** Keys of the provider itself, for bringing along. Absent when nobody gave them. */
  providerKeys: Partial<Record<'valid' | 'second' | 'forbidden' | 'exhausted', string>>;
  /** Whether the provider may be shown a key it refuses, which its listed uptime counts. */
  mayBurden: boolean;
  /** Absent outside our own process. */
  backstage?: Backstage;
  /** A new name for a thing of the given kind; says who made it. */
  name(kind: string): string;
  /** A management call; what it creates is deleted when the session ends. Rejects when it is not answered with 2xx. */
  manage(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
  /** A small pinned chat call with the given key, outside the recording; live it is made again after what passes, except for `awaited`. */
  probe(key: string, awaited: readonly number[]): Promise<Exchange>;
}

/** Brings about the named state of the world and returns the key to call with; null to call without one. */
export type Arrange = (given: string, world: World) => Promise<string | null>;

/** The state cannot be brought about with this target, for a reason that is nobody's fault. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}
