import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import type { Budget } from '../exchange/budget.ts';
import type { WireExchange } from '../exchange/exchange.ts';

export type TargetName = 'replay' | 'sandbox' | 'live';
export type Mode = 'json' | 'stream';

/** One run of one scenario: for one model (or none, when it is about the account) and one mode (or none, for plain reads). */
export interface CaseRef {
  /** `family/subject-expectation` */
  scenario: string;
  /** OpenRouter id, or null for a scenario about the account. */
  model: string | null;
  mode: Mode | null;
}

/** Where recorded exchanges come from. Shown wherever they are. */
export interface Origin {
  recordedFrom: 'sandbox' | 'live';
  /** ISO 8601, UTC. */
  recordedAt: string;
}

/** The API key a call is made with, and the name a recording knows it by. */
export interface Credential {
  /** Given that made it, e.g. `customer`, `byok-disabled`. */
  name: string;
  /** null: the call is made without a key. */
  key: string | null;
  /** The only API the key is for, no trailing slash. Left out: the session's. */
  baseUrl?: string;
}

/** Told of a pause that is about to be made, and of what it is made for, in words. */
export type OnWait = (what: string, ms: number) => void;

/** Everything one case needs to talk to its target. */
export interface Session {
  /** No trailing slash. */
  baseUrl: string;
  dispatcher: Dispatcher;
  clock: Clock;
  /** Present for a replay. */
  origin?: Origin;
  /** Begins the name of everything made in this session, and of nothing else: at most 36 of lower case, digits and dashes. */
  label: string;
  /** Present where calls cost something. */
  budget?: Budget;
  /** In [0, 1). Present where calls that are turned away for a moment are made again. */
  random?: () => number;
  /** Present where pauses take real time. */
  onWait?: OnWait;
  /** The answers are the sandbox's, directly or as recorded: everything can be staged there, and the provider's ledger be read. */
  sandbox?: boolean;
  /** Brings about a state of the world and returns the key to call with. Made at most once per name and session. */
  credential(given: string): Promise<Credential>;
  /** For asking the provider itself. Absent when nobody gave a key. */
  provider?: Credential & { key: string; baseUrl: string };
  /**
   * Aborted, with the error that the case is to end with, once nobody waits for it any more: then pauses end, and so do calls that cannot
   * have made anything. Present where either takes long.
   */
  signal?: AbortSignal;
  /** Told of a thing that a scenario made at this path, to delete it in the end. */
  adopt?(path: string): void;
  /** Told of every exchange the scenario made, in order. */
  keep?(exchange: WireExchange, credential: Credential): void;
  /** Frees everything. On `done` a replay refuses unused recordings and a recorder writes its cassette; on `failed` neither. */
  close(outcome: 'done' | 'failed'): Promise<void>;
}

/** Where exchanges come from. */
export interface Target {
  name: TargetName;
  open(ref: CaseRef, onWait?: OnWait): Promise<Session>;
  close(): Promise<void>;
}
