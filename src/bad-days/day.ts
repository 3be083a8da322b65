import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Verdict } from '../report/events.ts';
import type { Weather } from './proxy.ts';

/** What becomes of a case. */
export interface Ended {
  verdict: Verdict;
  /** Beside a case that could not run. */
  code?: string;
  /** In its reason or in one of its findings. */
  says: RegExp;
}

/** One thing that goes wrong between the harness and OpenRouter, or at OpenRouter, and how a live run has to end then. */
export interface BadDay {
  name: string;
  happens: string;
  /** What happens to requests; without it they are handed on. `terminate` sends SIGTERM to the run. */
  weather?(sandbox: Sandbox, terminate: () => void): Weather;
  /** How long the sandbox takes until a change to a provider key takes effect, in place of half a second. */
  propagationMs?: number;
  /** Where the harness is sent instead of to the proxy. */
  baseUrl?(): Promise<{ url: string; close(): Promise<void> }>;
  /** Beside target, base URL and report folder. */
  args: readonly string[];
  /** Loaded into the process, and into its threads, before anything else. */
  preload?: string;
  exitCode: number;
  /** The cases, in the order in which they are to end; the last stands for all that follow. */
  ends: readonly [Ended, ...Ended[]];
  /** Has to stand in what the run prints. */
  prints?: RegExp;
  /** Seconds after which it counts as hanging. */
  withinS: number;
  /** Bytes that the harness may have taken in. */
  takesAtMostBytes?: number;
  /** Calls for an answer of a model that the harness may have made. */
  asksAtMost?: number;
  /** The run cannot delete what it made: it has to name it, and `byok clean` has to delete it afterwards. */
  leaves?: true;
}
