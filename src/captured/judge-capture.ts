import { type Endpoint, type Expectation, type Finding, judge, type Subject } from '../checks/check.ts';
import { checks } from '../checks/checks.ts';
import { at, isAnswer, listAt, statusOf } from '../checks/reading.ts';
import { pathWithoutQuery, subjectOf } from '../checks/recognise.ts';
import { providersOf, recordOf, selectedEndpoints } from '../checks/routing-evidence.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import type { Entry, SkippedEntry } from './entry.ts';
import { collectLookups, evidenceFor, type Lookups } from './lookups.ts';
import type { OpenCapture } from './open-capture.ts';
import { masked, secretsOf } from './secrets.ts';

/** One captured exchange and what is to be said of it. */
export interface JudgedExchange {
  /** Place in its file, from 1; null in a file that holds nothing else. */
  number: number | null;
  at: string | null;
  method: string;
  /** Without the query. */
  path: string;
  endpoint: Endpoint;
  mode: 'json' | 'stream';
  status: number | null;
  /** An inference API answered with success, so that expectations of routing were put to the test. */
  isAnswer: boolean;
  findings: Finding[];
}

interface JudgedEntry {
  kind: 'judged';
  exchange: JudgedExchange;
  /** What must not be shown of it. */
  secrets: string[];
}

/** What the caller demands of every answer. */
export type RoutingExpectation = Pick<Expectation, 'servedBy' | 'isByok'>;

/** Judges what a capture holds, in its order, with what was looked up in it as evidence. */
export async function* judgeCapture(
  capture: OpenCapture,
  expected: RoutingExpectation,
): AsyncGenerator<JudgedEntry | SkippedEntry> {
  const lookups = await collectLookups(capture);
  for await (const entry of capture.entries()) {
    yield entry.kind === 'skipped' ? entry : judged(entry, lookups, expected);
  }
}

function judged(
  entry: Extract<Entry, { kind: 'exchange' }>,
  lookups: Lookups,
  expected: RoutingExpectation,
): JudgedEntry {
  const exchange = readExchange(masked(entry.wire));
  const plain = subjectOf(exchange, {
    evidence: evidenceFor(exchange, lookups),
    ...(entry.madeAt !== undefined && { madeAt: entry.madeAt }),
  });
  const subject = { ...plain, expect: { ...expected, ...(isPinned(plain, expected) && { pinned: true }) } };
  const { method, path } = exchange.call;
  return {
    kind: 'judged',
    exchange: {
      number: entry.number,
      at: entry.at,
      method,
      path: pathWithoutQuery(path),
      endpoint: subject.endpoint,
      mode: subject.streamed ? 'stream' : 'json',
      status: statusOf(subject) ?? null,
      isAnswer: isAnswer(subject),
      findings: judge(checks, subject),
    },
    secrets: [...entry.secrets, ...secretsOf(entry.wire)],
  };
}

/**
 * Whether the evidence of a pin is demanded. Ordinary traffic asks for none, and then what the answer says of its provider has to do;
 * but where nothing says who served, an expected provider is not proven.
 */
function isPinned(subject: Subject, { servedBy }: RoutingExpectation): boolean {
  if (servedBy === undefined) return false;
  if (providersOf(subject).length === 0) return true;
  return requestPins(subject) && selectedEndpoints(subject).length > 0 && recordOf(subject) !== undefined;
}

/** One provider is allowed, by `only` or by an `order` without fallbacks. */
function requestPins({ exchange }: Subject): boolean {
  const rules = at(exchange.call.body, 'provider');
  return (
    listAt(rules, 'only').length === 1 ||
    (listAt(rules, 'order').length === 1 && at(rules, 'allow_fallbacks') === false)
  );
}
