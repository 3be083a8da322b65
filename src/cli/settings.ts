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
}

declare module 'vitest' {
  interface ProvidedContext {
    settings: RunSettings;
    /** Its first element is not 0 once no further case should begin. Shared by all workers. */
    stop: Int32Array<SharedArrayBuffer>;
  }
}
