import { ApiError } from './api-error.ts';
import { hostOf } from './catalogue.ts';
import type { Endpoint, Model } from './endpoint.ts';
import type { Candidate } from './route.ts';
import { callUpstream } from './upstream-call.ts';
import { UpstreamFailure } from './upstream-events.ts';
import type { UpstreamEvent } from './upstream-events.ts';
import type { World } from './world.ts';

/** One endpoint that was asked. */
export interface Attempt {
  candidate: Candidate;
  status: number;
  startedAt: number;
  /** Until the first token, or until it failed. */
  latencyMs: number;
  upstreamId: string | null;
}

/** An endpoint has begun to answer. */
export interface Served {
  candidate: Candidate;
  upstreamId: string | null;
  firstTokenAt: number;
  /** From the first token on. */
  events: AsyncGenerator<UpstreamEvent, void>;
}

export interface Walk {
  candidates: readonly Candidate[];
  model: Model;
  bodyFor(endpoint: Endpoint): unknown;
  gone: AbortSignal;
  /** Filled as the walk goes. */
  attempts: Attempt[];
  /** Told when an endpoint has accepted the request, before its first token. */
  onAccepted(): void;
}

/**
 * Asks one endpoint after the other until one sends its first token; after that there is no going back.
 *
 * @throws ApiError the last refusal, when there is no endpoint left
 */
export async function walkCandidates(world: World, walk: Walk): Promise<Served> {
  const errors: ApiError[] = [];
  for (const candidate of walk.candidates) {
    const startedAt = world.clock.now();
    const note = (status: number, upstreamId: string | null) =>
      walk.attempts.push({
        candidate,
        status,
        startedAt,
        latencyMs: Math.round(world.clock.now() - startedAt),
        upstreamId,
      });
    try {
      const answer = await callUpstream(world, candidate, walk.bodyFor(candidate.endpoint), walk.gone);
      walk.onAccepted();
      const first = await answer.events.next();
      if (first.done) throw new UpstreamFailure(null, '');
      note(200, answer.id);
      return {
        candidate,
        upstreamId: answer.id,
        firstTokenAt: world.clock.now(),
        events: startingWith(first.value, answer.events),
      };
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      const refusal = providerError(error, candidate, walk.model);
      note(error.status ?? refusal.status, null);
      errors.push(refusal);
    }
  }
  throw lastOf(errors, walk.model);
}

async function* startingWith(
  first: UpstreamEvent,
  rest: AsyncGenerator<UpstreamEvent, void>,
): AsyncGenerator<UpstreamEvent, void> {
  yield first;
  yield* rest;
}

function lastOf(errors: readonly ApiError[], model: Model): ApiError {
  const last = errors.at(-1);
  if (!last) {
    return new ApiError(404, `No endpoints found for ${model.id}.`, {
      metadata: { routing_funnel: [{ step: 'Add BYOK Endpoints', endpoint_count: 0 }] },
    });
  }
  if (errors.length === 1) return last;
  const earlier = errors.slice(0, -1).map(({ status, message }) => ({ code: status, message }));
  return new ApiError(last.status, last.message, { metadata: { ...last.metadata, previous_errors: earlier } });
}

/**
 * The form in which a host's refusal reaches the client: the host's status, except that its 500 becomes 502, and its body as
 * `raw`. Seen 2026-02 to 2026-09; on shared capacity a 429 says so instead of showing the body.
 */
function providerError({ status, raw }: UpstreamFailure, { endpoint, ownKey }: Candidate, model: Model): ApiError {
  const isByok = ownKey !== null;
  const who = { provider_name: hostOf(endpoint).name, is_byok: isByok };
  if (status === 429) return rateLimited(raw, who, model);
  if (status === 408) {
    return new ApiError(408, 'Operation timed out. Please try again later.', {
      metadata: { ...who, error_type: 'timeout' },
    });
  }
  const broken = status === null || status >= 500;
  return new ApiError(status === null || status === 500 ? 502 : status, 'Provider returned error', {
    metadata: { raw, ...who, ...(broken && { provider_error_code: String(status ?? 502) }) },
  });
}

function rateLimited(raw: string, who: { provider_name: string; is_byok: boolean }, model: Model): ApiError {
  const settings = 'https://openrouter.ai/settings/integrations';
  const metadata = who.is_byok
    ? {
        raw,
        ...who,
        limit_source: 'upstream_provider_byok',
        remedy_hint: 'Wait for the limit of your own provider key to reset, or raise it with the provider.',
      }
    : {
        raw: `${model.id} is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits: ${settings}`,
        ...who,
        limit_source: 'upstream_provider_shared_pool',
        remedy_hint: `Retry shortly, add your own provider key (${settings}), or route to another provider with provider routing: https://openrouter.ai/docs/features/provider-routing`,
      };
  return new ApiError(429, 'Provider returned error', { metadata });
}
