import type { Dispatcher } from 'undici';
import type { Clock } from '../../clock.ts';
import type { Interfere } from '../interference.ts';
import type { Random } from '../random.ts';
import type { State } from './state.ts';

/** Where the hosts of the catalogue can be reached. */
export interface Upstream {
  dispatcher: Dispatcher;
  /** Base URL of a host's OpenAI-compatible API. */
  baseUrl(host: string): string;
  /** OpenRouter's own key for a host: shared capacity. */
  sharedKey(host: string): string;
  /** What the provider billed to the customer's own keys. */
  ledger(): { charged_usd: number; requests: number };
}

/** What every part of the OpenRouter side works with. */
export interface World {
  state: State;
  clock: Clock;
  random: Random;
  /** Randomness of one request, so that requests beside each other do not change each other. */
  randomFor(subject: string): Random;
  upstream: Upstream;
  /** Milliseconds until a new or changed BYOK key holds for requests. */
  propagationMs: number;
  /** Deviates on purpose; absent from an honest sandbox. */
  interfere?: Interfere;
}
