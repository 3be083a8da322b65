import type { Means, Purse } from '../exchange/budget.ts';
import type { Limits } from '../profiles/profile.ts';
import type { Shard } from '../report/events.ts';
import type { Delivery } from '../targets/replay.ts';
import type { Mode, TargetName } from '../targets/target.ts';

/** Which part of the inventory runs. Empty lists mean all of it. */
export interface Selection {
  /** Globs over scenario ids: `*` stands for anything. */
  scenarios: string[];
  /** Suite names: `pinning` for `suites/pinning.suite.ts`. */
  suites: string[];
  modes: Mode[];
  /** OpenRouter ids. Never empty. */
  models: string[];
  /** Name of what has to hold. */
  profile: string;
  /** Titles of the cases of this machine, where several share a run; null: all of them. */
  part: ReadonlySet<string> | null;
}

/** Everything a run and its workers need. Holds keys: never write it anywhere. */
export interface RunSettings {
  target: TargetName;
  select: Selection;
  runId: string;
  fixtures: string;
  suites: string;
  /** Cases under way at the same moment, in each worker. */
  concurrency: number;
  delivery: Delivery;
  allowStale: boolean;
  /** Write cassettes of what the target answers. */
  record: boolean;
  /** Record although this is CI. */
  recordInCi: boolean;
  baseUrl: string;
  apiKey: string | null;
  managementKey: string | null;
  providerKey: string | null;
  /** The provider's own API. */
  providerUrl: string;
  /** The models are those the target lists for the provider. */
  discover: boolean;
  /** What a live run may take, as far as somebody said so. */
  limits: Partial<Limits>;
  /** Of a live run that is going to happen: the limits, and the prices to hold them by. */
  means: Means | null;
  /** Title of the one case that may show the provider keys it refuses, live; null: none does. */
  burden: string | null;
  /** Which of the machines that share the run this is. */
  shard: Shard | null;
  /** Path of the file that names known failures. */
  baseline: string | null;
  /** Path of the file that remembers runs; null: none does. */
  history: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    settings: RunSettings;
    /** Its first element is not 0 once no further case should begin, of which its waiters are notified. Shared by all workers. */
    stop: Int32Array<SharedArrayBuffer>;
    /** Its first element says how many things that a live run made are in the account now. */
    holding: Int32Array<SharedArrayBuffer>;
    /** What a live run has spent so far. Written by the worker, there is but one. */
    purse: Purse;
  }
}
