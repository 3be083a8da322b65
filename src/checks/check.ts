import type { ErrorRow } from '../contract/errors/row.ts';
import type { Level } from '../contract/requirement.ts';
import type { RequirementId } from '../contract/requirements.ts';
import type { Exchange } from '../exchange/exchange.ts';

/** The API an exchange spoke to, recognised from its path. */
export type Endpoint =
  | 'chat'
  | 'completions'
  | 'responses'
  | 'messages'
  | 'generation'
  | 'key'
  | 'credits'
  | 'models'
  | 'model-single'
  | 'model-endpoints'
  | 'endpoints-zdr'
  | 'providers'
  | 'byok'
  | 'keys'
  | 'guardrails'
  | 'workspaces'
  | 'budgets'
  | 'other';

/** Further exchanges a check may need beside the one it judges; the harness collects them around the call. */
export type EvidenceName =
  | 'generation'
  | 'key-before'
  | 'key-after'
  | 'credits-before'
  | 'credits-after'
  | 'endpoints'
  | 'ledger-before'
  | 'ledger-after'
  /** What the provider lists when it is asked itself. */
  | 'direct-models'
  /** What the provider answers to the same request when it is asked itself. */
  | 'direct';

/** What a scenario demands of one answer. Empty for traffic that somebody captured. */
export interface Expectation {
  /** Any of these HTTP statuses. */
  status?: readonly number[];
  /** The error message must match; a breach is as binding as the check that reads it says. */
  message?: RegExp;
  /** The documented failure that must be seen: what it says is no breach of what holds otherwise. */
  errorPath?: { id: string; row: ErrorRow };
  /** Display name of the provider that must have served, e.g. `Io Net`. */
  servedBy?: string;
  /** Display name of a provider that must not have served. */
  notServedBy?: string;
  /** Whose key paid: `true` the customer's, `false` shared capacity. */
  isByok?: boolean;
  /** The request pins a provider, so every piece of routing evidence must be present and agree. */
  pinned?: boolean;
}

/** What a check looks at: one exchange, what was expected of it, and what was collected around it. */
export interface Subject {
  endpoint: Endpoint;
  /** The request asked for an event stream. */
  streamed: boolean;
  exchange: Exchange;
  expect: Expectation;
  evidence: Partial<Record<EvidenceName, Exchange>>;
  /** Day of the exchange (`YYYY-MM-DD` or its beginning) when it is known to be an old one: forms have changed. Left out: now. */
  madeAt?: string;
}

/** One breach, before the check that found it has put its name to it. */
export interface Breach {
  expected: string;
  actual: string;
  /** JSON pointer, header name or stream event, e.g. `/usage/cost`, `header content-type`, `event 3 /choices/0`. */
  where: string;
  /** Less binding than the check's own level, for forms on which the sources disagree. */
  level?: Level;
}

/** A breach with its check's name and weight. */
export interface Finding {
  check: string;
  level: Level;
  expected: string;
  actual: string;
  where: string;
}

/** A named pure function from an exchange to findings. It never throws for what a server sent. */
export interface Check {
  /** `subject.expectation`, stable, e.g. `usage.is-byok-true`. */
  id: string;
  level: Level;
  /** One sentence: what holds when the check is silent. */
  holds: string;
  /** The promises it covers. */
  covers: readonly RequirementId[];
  needs?: readonly EvidenceName[];
  /** Whether there is anything to judge. Left out: always. */
  applies?(subject: Subject): boolean;
  judge(subject: Subject): Breach[];
}

/** Runs those of `checks` that apply and returns what they found, in the order of the checks. */
export function judge(checks: readonly Check[], subject: Subject): Finding[] {
  return checks
    .filter((check) => check.applies?.(subject) ?? true)
    .flatMap((check) =>
      check.judge(subject).map(({ expected, actual, where, level }) => ({
        check: check.id,
        level: level ?? check.level,
        expected,
        actual,
        where,
      })),
    );
}
