import type { Random } from '../random.ts';
import { ApiError } from './api-error.ts';
import { walkCandidates } from './attempts.ts';
import type { Attempt } from './attempts.ts';
import { hostOf } from './catalogue.ts';
import type { PipelineStage } from './content-filters.ts';
import type { Model } from './endpoint.ts';
import type { Generation } from './generation.ts';
import { startKeepAlive } from './keep-alive.ts';
import type { Outgoing } from './outgoing.ts';
import { lateError } from './provider-error.ts';
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
  /** Models as the request named them, the wanted one first. */
  requested: readonly string[];
  /** The models those are. */
  models: readonly Model[];
  /** `strategy` of the router metadata. */
  strategy: string;
  /** What guardrails found in it. */
  pipeline: readonly PipelineStage[];
  route: Route;
  bodyFor(candidate: Candidate): unknown;
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
  const { random } = inference;
  const { candidates } = inference.route;
  const startedAt = world.clock.now();
  const secondsNow = () => Math.floor(world.clock.now() / 1000);
  const created = secondsNow();
  const attempts: Attempt[] = [];
  const headFor = (candidate: Candidate | undefined): AnswerHead => ({
    id,
    created,
    model: candidate?.model.id ?? inference.requested[0] ?? '',
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
    const soFar = { ...inference, model: served.candidate.model, id, startedAt, attempts, served, tally };
    try {
      for await (const event of served.events) {
        const answered = tally.take(event);
        const isShown = answered && !(answered.kind === 'reasoning' && inference.hidesReasoning);
        if (isShown) await send(skin.event(head, answered));
      }
    } catch (error) {
      const late = error instanceof UpstreamFailure ? lateError(error) : null;
      if (late && skin.shortens?.(late)) {
        tally.finishReason = 'length';
      } else {
        const cost = settle(world, { ...soFar, ending: outgoing.gone.aborted ? 'cancelled' : 'failed' });
        if (!late) throw error;
        late.routing = routing(served.candidate);
        late.generationId = id;
        const form = world.state.platform.lateErrors;
        if (form !== 'unsaid') await send(skin.fail(head, late, { form, usage: tally.usage, cost }));
        outgoing.end();
        return;
      }
    }
    const cost = settle(world, { ...soFar, ending: 'complete' });
    const { finishReason, nativeFinishReason, usage } = tally;
    await send(
      skin.finish(head, {
        finishReason,
        nativeFinishReason,
        usage,
        cost,
        routing: routing(served.candidate),
        completedAt: secondsNow(),
      }),
    );
    outgoing.end();
  } catch (error) {
    if (outgoing.gone.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    error.routing = routing(null);
    error.generationId = id;
    const isShortened = skin.shortens?.(error) ?? false;
    if (!outgoing.begun) {
      if (!isShortened) throw error;
      begin();
    }
    const last = attempts.at(-1)?.candidate;
    const head = headFor(last);
    const empty = { ...emptyOutcome(last?.ownKey != null), routing: error.routing, completedAt: secondsNow() };
    await send(isShortened ? skin.finish(head, empty) : skin.fail(head, error));
    outgoing.end();
  } finally {
    keepAlive.stop();
  }
}

/** Of an answer that reached its limit before its first token: nobody counted anything, and nobody is charged. */
const emptyOutcome = (isByok: boolean) => ({
  finishReason: 'length',
  nativeFinishReason: null,
  usage: { promptTokens: 0, completionTokens: 0, reasoningTokens: 0, cachedTokens: 0 },
  cost: { isByok, cost: 0, upstream: 0, upstreamPrompt: 0, upstreamCompletions: 0 },
});
