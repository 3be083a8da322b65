import { type Failed, allFailed } from './all-failed.ts';
import { providerError } from './provider-error.ts';
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
  /** Models as the request named them. */
  requested: readonly string[];
  bodyFor(candidate: Candidate): unknown;
  gone: AbortSignal;
  /** Filled as the walk goes. */
  attempts: Attempt[];
  /** Told when an endpoint has accepted the request, before its first token. */
  onAccepted(): void;
}

/**
 * Asks one endpoint after the other until one sends its first token; after that there is no going back.
 *
 * @throws ApiError when there is no endpoint left
 */
export async function walkCandidates(world: World, walk: Walk): Promise<Served> {
  const failed: Failed[] = [];
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
      const answer = await callUpstream(world, candidate, walk.bodyFor(candidate), walk.gone);
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
      const refusal = providerError(error, candidate);
      note(error.status ?? refusal.status, null);
      failed.push({ candidate, error: refusal, retryAfter: error.retryAfter });
    }
  }
  throw allFailed(failed, walk.requested);
}

async function* startingWith(
  first: UpstreamEvent,
  rest: AsyncGenerator<UpstreamEvent, void>,
): AsyncGenerator<UpstreamEvent, void> {
  yield first;
  yield* rest;
}
