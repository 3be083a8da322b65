import type { Origin, TargetName } from '../targets/target.ts';
import type { Verdict } from './events.ts';

/** Latency and cost of one model in one run. */
export interface ModelFigures {
  /** Milliseconds to the first content of a stream; null when nothing streamed. */
  firstContentP50Ms: number | null;
  firstContentP95Ms: number | null;
  /** US dollars, credits and the customer's own key together. */
  costUsd: number;
  /** What the provider charged the customer's own key, where the answers let one work it out. */
  tokenPrices?: TokenPrices;
}

/** US dollars per token. */
export interface TokenPrices {
  promptUsd: number;
  completionUsd: number;
}

/** What one finished run leaves behind for later runs to be compared with. Lists of them are kept oldest first. */
export interface HistoryEntry {
  runId: string;
  /** When the run began, ISO 8601, UTC. */
  at: string;
  target: TargetName;
  /** Present for a live run. */
  baseUrl?: string;
  /** With its version, e.g. `gate@1`. */
  profile: string;
  harnessVersion: string;
  /** `YYYY-MM-DD`. */
  contractVersion: string;
  /** Null when nothing was replayed. */
  recordedFrom: Origin['recordedFrom'] | null;
  counts: Record<Verdict, number>;
  /** Null where nothing can be spent. */
  spend: { openRouterUsd: number; providerUsd: number } | null;
  /** By model. */
  models: Record<string, ModelFigures>;
  /** By title: `pinning/only-pins z-ai/glm-5.2 [stream]`. */
  verdicts: Record<string, Verdict>;
}
