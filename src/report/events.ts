import type { Finding } from '../checks/check.ts';
import type { Mode, Origin, TargetName } from '../targets/target.ts';

export type Verdict = 'pass' | 'fail' | 'warn' | 'known' | 'not-applicable' | 'could-not-run';

/** What a reader needs to know of one exchange. Secrets are already replaced. */
export interface StepSummary {
  /** Place in the scenario, e.g. `1 POST /chat/completions`. */
  step: string;
  /** Name of the given the call was made under, e.g. `customer`. */
  given: string;
  status: number | null;
  /** How the exchange ended, e.g. `complete`. */
  end: string;
  provider?: string;
  isByok?: boolean;
  generationId?: string;
  /** `cf-ray` or `request-id`, for a support ticket. */
  requestId?: string;
  /** US dollars taken from OpenRouter credits. */
  costUsd?: number;
  /** US dollars that the provider charges the customer's own key, at list price. */
  providerCostUsd?: number;
  promptTokens?: number;
  completionTokens?: number;
  /** Milliseconds to the first content; streams only. */
  firstContentMs?: number;
  /** Reproduces the request; the key stands as `$OPENROUTER_API_KEY`. */
  curl: string;
  exchange?: ExchangeView;
}

/** When a piece of a stream arrived, in milliseconds since the request was sent, and how many bytes it had. */
export type ChunkMark = [ms: number, bytes: number];

/** An exchange for a reader to look at: what went out and what came back, without secrets, long texts without their middle. */
export interface ExchangeView {
  method: string;
  path: string;
  /** Names in lower case. */
  requestHeaders: Record<string, string>;
  /** JSON. */
  requestBody?: string;
  responseHeaders: Record<string, string>;
  responseBody: string;
  /** Of the whole body. */
  responseBytes: number;
  /** From sending the request to the response headers; null when none came. */
  headersMs: number | null;
  totalMs: number;
  /** Streams only. In a long one a mark stands for several pieces. */
  chunks?: ChunkMark[];
  /** What the connection said when it broke. */
  endMessage?: string;
}

export interface CaseFinding extends Finding {
  /** Which step it was found in: `StepSummary.step`. */
  step: string;
}

/** Something that had to be waited for: a new key that does not serve yet, a record that is not written yet. */
export interface Wait {
  /** In words, e.g. `a new Io Net key to pay`. */
  what: string;
  ms: number;
}

/** What a run took, givens and waiting included, as the answers said. */
export interface Spend {
  /** Sent to the target, repeated ones and the management API's included. */
  requests: number;
  /** US dollars taken from OpenRouter credits. */
  openRouterUsd: number;
  /** US dollars the provider charges the customer's own key, at list price. */
  providerUsd: number;
  /** US dollars set aside for answers that did not say what they cost: what they can have cost at most. */
  unknownUsd: number;
}

export interface CaseId {
  scenario: string;
  family: string;
  /** null for a scenario about the account. */
  model: string | null;
  /** null for plain reads. */
  mode: Mode | null;
}

/** Where something can be read. */
export interface Source {
  url: string;
  section: string;
  /** Day it was read, `YYYY-MM-DD`. */
  read: string;
}

/** A promise the checks hold the services to, as the contract of this harness version has it. */
export interface KnownRequirement {
  id: string;
  level: 'must' | 'should' | 'observed';
  /** In one sentence. */
  statement: string;
  source: Source;
}

/** A documented way for a call to fail, as the catalogue of this harness version has it. */
export interface KnownErrorPath {
  id: string;
  /** The API operation, e.g. `chat`, `byok.create`. */
  endpoint: string;
  /** Seen in traffic only. */
  observedOnly: boolean;
  how: 'live' | 'sandbox-only' | 'excluded';
  /** Why it cannot be provoked live, or by nobody. */
  because?: string;
  source?: Source;
}

export interface Shard {
  /** From 1. */
  index: number;
  count: number;
}

/** The run began. First line of `events.ndjson`. */
export interface RunStarted {
  type: 'run-started';
  format: 1;
  runId: string;
  /** ISO 8601, UTC. */
  at: string;
  target: TargetName;
  /** Null for a replay. */
  baseUrl: string | null;
  /** What has to hold, with its version: `gate@1`; `all` for the whole inventory. */
  profile: string;
  /** This machine's part of a run that several share. */
  shard?: Shard;
  /** Digest of the baseline that known failures were excused by. */
  baseline?: string;
  /** How recordings were delivered, where not as fast as could be. */
  delivery?: 'timed' | 'refragment';
  /** Tells runs of the same cases from others: a digest of every case planned, those of other shards included. */
  inventory: string;
  models: string[];
  harnessVersion: string;
  /** Date of the contract the checks encode, `YYYY-MM-DD`. */
  contractVersion: string;
  hostname: string;
  /** How the run was started, for the re-run commands: `byok` and its arguments. */
  command: string[];
  /** Every error path the harness knows, so that a report can say which of them the run looked at. */
  errorPaths: KnownErrorPath[];
  /** What the scenarios prove, so that a report can say it and where it is promised. */
  requirements?: KnownRequirement[];
}

/** A suite was read and these cases will run. */
export interface CasesPlanned {
  type: 'cases-planned';
  /** Relative to the project. */
  file: string;
  cases: CaseId[];
}

/** A case ended. */
export interface CaseFinished extends CaseId {
  type: 'case-finished';
  /** One sentence: what the scenario proves. */
  says: string;
  requirements: string[];
  /** The documented error path it provoked: `KnownErrorPath.id`. */
  errorPath?: string;
  /** Where the scenario stands, relative to the project. */
  file: string;
  line: number;
  verdict: Verdict;
  /** Why it could not run or does not apply. */
  reason?: string;
  /** Stable code beside a `could-not-run` reason, e.g. `E_NETWORK`. */
  code?: string;
  findings: CaseFinding[];
  steps: StepSummary[];
  /** What was seen where sources disagree; nobody's fault. */
  notes: string[];
  /** The profile does not ask for it: it is shown, and never makes a run red. */
  beyondProfile?: true;
  /** Longer than a second each. */
  waits?: Wait[];
  /** Wall-clock milliseconds. */
  durationMs: number;
  attempts: number;
  /** What went wrong at first, when `attempts` is above one. */
  firstAttempt?: { reason?: string; findings: CaseFinding[] };
  /** Present in a replay. */
  origin?: Origin;
}

/** Something outside any case went wrong: a suite that does not load, a hook, an unhandled error. */
export interface Problem {
  type: 'problem';
  code: string;
  message: string;
  file?: string;
}

/** The run ended. Missing when it was killed. */
export interface RunFinished {
  type: 'run-finished';
  at: string;
  interrupted: boolean;
  durationMs: number;
  /** Present where something can be spent: live. */
  spend?: Spend;
}

/** One line of `events.ndjson`. */
export type RunEvent = RunStarted | CasesPlanned | CaseFinished | Problem | RunFinished;
