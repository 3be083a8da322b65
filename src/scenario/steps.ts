import type { Check, Expectation } from '../checks/check.ts';
import { type CheckId, checks as registry } from '../checks/checks.ts';
import { sameProvider } from '../checks/routing-evidence.ts';
import type { Skin } from '../contract/errors/row.ts';
import type { Call, Exchange } from '../exchange/exchange.ts';
import { HarnessError } from '../errors.ts';
import { ionet } from '../provider.ts';
import { NotApplicable } from '../targets/world.ts';
import type { GivenName } from './given.ts';
import type { Request, Step, StepContext } from './scenario.ts';

/** Options of a step that are about the way it is made rather than about its answer. */
interface Circumstances {
  given?: GivenName;
  leaveAfter?: number;
  /** Must be able to judge this step, beyond what every exchange is put through: a check of the registry by id, or one made for the scenario. */
  checks?: readonly (CheckId | Check)[];
}

/** A chat request with one user message. */
export function say(text: string, body: Record<string, unknown> = {}): Request {
  return chat([{ role: 'user', content: text }], body);
}

/** A chat request with the given messages. */
export function chat(messages: readonly unknown[], body: Record<string, unknown> = {}): Request {
  return { kind: 'inference', skin: 'chat', body: { messages, ...body } };
}

/** The same request, sent to another inference API in that API's words. */
export function through(skin: Skin, request: Request): Request {
  return request.kind === 'inference' ? { ...request, skin } : request;
}

/** A read of one of the other endpoints. */
export function get(path: string): Request {
  return { kind: 'plain', method: 'GET', path };
}

/** The endpoints that serve the model. */
export function endpointListing({ model }: StepContext): Request {
  return get(`/models/${model}/endpoints`);
}

/** Slug of a provider that serves the model beside the one under test, out of the model's endpoint listing. */
export function otherProviderOf(listing: Exchange | undefined): string {
  const other = endpointsIn(listing).find(({ provider_name }) => !isOwn(provider_name));
  if (other === undefined) throw new NotApplicable('No other provider serves the model.');
  return other.tag.split('/')[0] ?? other.tag;
}

/** Tag of the endpoint of the provider under test, out of the model's endpoint listing. */
export function ownTagOf(listing: Exchange | undefined): string {
  const own = endpointsIn(listing).find(({ provider_name }) => isOwn(provider_name));
  if (own === undefined) throw new NotApplicable(`${ionet.name} does not serve the model.`);
  return own.tag;
}

function endpointsIn(listing: Exchange | undefined): { tag: string; provider_name: string }[] {
  const { data } = (listing?.json ?? {}) as { data?: { endpoints?: { tag: string; provider_name: string }[] } };
  return data?.endpoints ?? [];
}

function isOwn(provider: string): boolean {
  return sameProvider(provider, ionet.name);
}

/** A call of the management API. */
export function manage(method: Call['method'], path: string, body?: unknown): Request {
  return { kind: 'plain', method, path, ...(body === undefined ? {} : { body }) };
}

/** The call succeeds, and what is expected of its answer holds. */
export function answered(request: Request, expect: Expectation = {}, circumstances: Circumstances = {}): Step {
  return step(request, { status: [200], ...expect }, circumstances);
}

/** The call is refused with one of the statuses, in the documented form. */
export function refused(
  request: Request,
  expect: Expectation & { status: readonly number[] },
  circumstances: Circumstances = {},
): Step {
  return step(request, expect, circumstances);
}

/** Served by the provider under test, proven by everything that says who served, and paid with the customer's key. */
export const onOwnKey: Expectation = { pinned: true, servedBy: ionet.name, isByok: true };

/** Served by the provider under test on OpenRouter's shared capacity. */
export const onSharedCapacity: Expectation = { pinned: true, servedBy: ionet.name, isByok: false };

/** `provider` preferences that pin the provider under test. */
export const pin = { only: [ionet.slug] } as const;

function step(
  request: Request,
  expect: Expectation,
  { given = 'customer', leaveAfter, checks = [] }: Circumstances,
): Step {
  const demanded = checks.map((check) => (typeof check === 'string' ? byId(check) : check));
  const routing =
    expect.pinned || expect.isByok !== undefined || expect.servedBy !== undefined || expect.notServedBy !== undefined;
  return {
    request,
    given,
    expect,
    checks: demanded,
    evidence: [
      ...new Set([...(routing ? (['generation'] as const) : []), ...demanded.flatMap((check) => check.needs ?? [])]),
    ],
    ...(leaveAfter !== undefined && { leaveAfter }),
  };
}

function byId(id: CheckId): Check {
  const found = registry.find((check) => check.id === id);
  if (found === undefined)
    throw new HarnessError('E_SUITE', `There is no check "${id}". "byok list checks" names them all.`);
  return found;
}
