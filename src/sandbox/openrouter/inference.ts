import type { Random } from '../random.ts';
import { ApiError } from './api-error.ts';
import { walkCandidates } from './attempts.ts';
import type { Attempt } from './attempts.ts';
import { hostOf } from './catalogue.ts';
import type { Endpoint, Model } from './endpoint.ts';
import type { Generation } from './generation.ts';
import { startKeepAlive } from './keep-alive.ts';
import type { Outgoing } from './outgoing.ts';
import type { Candidate, Route } from './route.ts';
import { routingMetadata } from './routing-metadata.ts';
import { settle } from './settlement.ts';
import type { AnswerHead, Skin } from './skin.ts';
import type { ApiKey } from './state.ts';
import { Tally } from './tally.ts';
import { UpstreamFailure } from './upstream-events.ts';
import type { World } from './world.ts';

/** A request that has been through routing, whichever API it came through. */
export interface Inference {
  caller: ApiKey;
  /** Model as the request named it. */
  requested: string;
  model: Model;
  route: Route;
  bodyFor(endpoint: Endpoint): unknown;
  /** Reasoning is paid for but not shown. */
  hidesReasoning: boolean;
  wantsMetadata: boolean;
  estimatedInputTokens: number;
  client: Generation['client'];
  random: Random;
}

/**
 * Serves a request: asks the endpoints in turn, passes on what comes, and writes the bill.
 *
 * @throws ApiError while nothing has been sent yet; afterwards errors go out inside the answer
 */
export async function infer(world: World, inference: Inference, skin: Skin, outgoing: Outgoing): Promise<void> {
  const { model, random } = inference;
  const candidates = inference.route.candidates ?? [];
  const startedAt = world.clock.now();
  const created = Math.floor(startedAt / 1000);
  const attempts: Attempt[] = [];
  const headFor = (candidate: Candidate | undefined): AnswerHead => ({
    id,
    created,
    model: model.id,
    provider: candidate ? hostOf(candidate.endpoint).name : '',
  });
  const id = `gen-${created}-${random.alphanumeric(20)}`;
  const begin = () => outgoing.begin(200, { ...skin.headers, 'x-generation-id': id });
  const keepAlive = startKeepAlive(world.clock, skin.keepAlive, outgoing, begin);
  const send = async (pieces: readonly string[]) => {
    for (const piece of pieces) await outgoing.write(piece, random);
  };
  const routing = (served: Candidate | null) =>
    inference.wantsMetadata ? routingMetadata({ ...inference, candidates, attempts, served }) : undefined;

  try {
    if (inference.route.refusal) throw inference.route.refusal;
    const walk = { ...inference, candidates, gone: outgoing.gone, attempts, onAccepted: keepAlive.start };
    const served = await walkCandidates(world, walk);
    keepAlive.beat();
    const tally = new Tally(inference.estimatedInputTokens);
    const head = headFor(served.candidate);
    const soFar = { ...inference, id, startedAt, attempts, served, tally };
    try {
      for await (const event of served.events) {
        const answered = tally.take(event);
        const isShown = answered && !(answered.kind === 'reasoning' && inference.hidesReasoning);
        if (isShown) await send(skin.event(head, answered));
      }
    } catch (error) {
      settle(world, { ...soFar, ending: outgoing.gone.aborted ? 'cancelled' : 'failed' });
      if (!(error instanceof UpstreamFailure)) throw error;
      const broken = brokenOff(error);
      broken.routing = routing(served.candidate);
      await send(skin.fail(head, broken));
      outgoing.end();
      return;
    }
    const cost = settle(world, { ...soFar, ending: 'complete' });
    const { finishReason, nativeFinishReason, usage } = tally;
    await send(
      skin.finish(head, {
        finishReason: finishReason ?? 'stop',
        nativeFinishReason: nativeFinishReason ?? 'stop',
        usage,
        cost,
        routing: routing(served.candidate),
        completedAt: Math.floor(world.clock.now() / 1000),
      }),
    );
    outgoing.end();
  } catch (error) {
    if (outgoing.gone.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    error.routing = routing(null);
    error.generationId = id;
    if (!outgoing.begun) throw error;
    await send(skin.fail(headFor(attempts.at(-1)?.candidate), error));
    outgoing.end();
  } finally {
    keepAlive.stop();
  }
}

/** Nothing can be undone after the first token: https://openrouter.ai/docs/api_reference/streaming */
function brokenOff({ status }: UpstreamFailure): ApiError {
  switch (status) {
    case 429:
      return new ApiError(429, 'Rate limit exceeded', { metadata: { error_type: 'rate_limit_exceeded' } });
    case 408:
      return new ApiError(408, 'Operation timed out. Please try again later.', { metadata: { error_type: 'timeout' } });
    default:
      return new ApiError(502, 'Provider disconnected unexpectedly', {
        metadata: { error_type: 'provider_unavailable' },
      });
  }
}
