import type { Check, Expectation } from '../checks/check.ts';
import type { Call } from '../exchange/exchange.ts';
import { ionet } from '../provider.ts';
import type { GivenName } from './given.ts';
import type { Request, Step, StepContext } from './scenario.ts';

type Ask = Request | ((context: StepContext) => Request);

/** Options of a step that are about the way it is made rather than about its answer. */
interface Circumstances {
  given?: GivenName;
  leaveAfter?: number;
  checks?: readonly Check[];
}

/** A chat request with one user message. */
export function say(text: string, body: Record<string, unknown> = {}): Request {
  return chat([{ role: 'user', content: text }], body);
}

/** A chat request with the given messages. */
export function chat(messages: readonly unknown[], body: Record<string, unknown> = {}): Request {
  return { kind: 'chat', body: { messages, ...body } };
}

/** A read of one of the other endpoints. */
export function get(path: string): Request {
  return { kind: 'plain', method: 'GET', path };
}

/** A call of the management API. */
export function manage(method: Call['method'], path: string, body?: unknown): Request {
  return { kind: 'plain', method, path, ...(body === undefined ? {} : { body }) };
}

/** The call succeeds, and what is expected of its answer holds. */
export function answered(request: Ask, expect: Expectation = {}, { given, leaveAfter, checks = [] }: Circumstances = {}): Step {
  return {
    request,
    given: given ?? 'customer',
    expect: { status: [200], ...expect },
    checks,
    evidence: evidenceFor(expect, checks),
    ...(leaveAfter === undefined ? {} : { leaveAfter }),
  };
}

/** The call is refused with one of the statuses, in the documented form. */
export function refused(
  request: Ask,
  expect: Expectation & { status: readonly number[] },
  { given, checks = [] }: Circumstances = {},
): Step {
  return { request, given: given ?? 'customer', expect, checks, evidence: evidenceFor(expect, checks) };
}

/** Served by the provider under test, proven by everything that says who served, and paid with the customer's key. */
export const onOwnKey: Expectation = { pinned: true, servedBy: ionet.name, isByok: true };

/** Served by the provider under test on OpenRouter's shared capacity. */
export const onSharedCapacity: Expectation = { pinned: true, servedBy: ionet.name, isByok: false };

/** `provider` preferences that pin the provider under test. */
export const pin = { only: [ionet.slug] } as const;

function evidenceFor(expect: Expectation, checks: readonly Check[]): Step['evidence'] {
  const routing = expect.pinned || expect.isByok !== undefined || expect.servedBy !== undefined || expect.notServedBy !== undefined;
  return [...new Set([...(routing ? (['generation'] as const) : []), ...checks.flatMap((check) => check.needs ?? [])])];
}
