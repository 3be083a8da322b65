import type { Random } from '../random.ts';
import { ApiError } from './api-error.ts';
import { walkCandidates } from './attempts.ts';
import type { Attempt, Served } from './attempts.ts';
import { hostOf } from './catalogue.ts';
import type { Endpoint, Model } from './catalogue.ts';
import { charge, costOf, isPastAllowance } from './cost.ts';
import { keepGeneration } from './generation.ts';
import type { Generation } from './generation.ts';
import { startKeepAlive } from './keep-alive.ts';
import type { Outgoing } from './outgoing.ts';
import type { Candidate } from './route.ts';
import { routingMetadata } from './routing-metadata.ts';
import type { AnswerEvent, AnswerHead, Skin } from './skin.ts';
import type { ApiKey } from './state.ts';
import { UpstreamFailure } from './upstream-events.ts';
import type { TokenUsage, UpstreamEvent } from './upstream-events.ts';
import type { World } from './world.ts';

/** A request that routing has found endpoints for, whichever API it came through. */
export interface Inference {
  caller: ApiKey;
  /** Model as the request named it. */
  requested: string;
  model: Model;
  candidates: readonly Candidate[];
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
    inference.wantsMetadata ? routingMetadata({ ...inference, attempts, served }) : undefined;

  try {
    const walk = { ...inference, gone: outgoing.gone, attempts, onAccepted: keepAlive.start };
    const served = await walkCandidates(world, walk);
    keepAlive.beat();
    const tally = new Tally(inference.estimatedInputTokens);
    const head = headFor(served.candidate);
    const settle = (ending: { cancelled: boolean; failed: boolean }) =>
      settleBill(world, { ...inference, id, startedAt, attempts, served, tally, ...ending });
    try {
      for await (const event of served.events) {
        const answered = tally.take(event);
        const isShown = answered && !(answered.kind === 'reasoning' && inference.hidesReasoning);
        if (isShown) await send(skin.event(head, answered));
      }
    } catch (error) {
      settle({ cancelled: outgoing.gone.aborted, failed: true });
      if (!(error instanceof UpstreamFailure)) throw error;
      const broken = brokenOff(error);
      broken.routing = routing(served.candidate);
      await send(skin.fail(head, broken));
      outgoing.end();
      return;
    }
    const cost = settle({ cancelled: false, failed: false });
    const { finishReason, nativeFinishReason, usage } = tally;
    await send(
      skin.finish(head, {
        finishReason: finishReason ?? 'stop',
        nativeFinishReason: nativeFinishReason ?? 'stop',
        usage,
        cost,
        routing: routing(served.candidate),
      }),
    );
    outgoing.end();
  } catch (error) {
    if (outgoing.gone.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    error.routing = routing(null);
    if (!outgoing.begun) throw error;
    await send(skin.fail(headFor(attempts.at(-1)?.candidate), error));
    outgoing.end();
  } finally {
    keepAlive.stop();
  }
}

/** Counts while an answer passes by. */
class Tally {
  finishReason: string | null = null;
  nativeFinishReason: string | null = null;
  usage: TokenUsage;
  #called = false;

  /** Until the host has counted, the estimate of the prompt and one token for every piece. */
  constructor(estimatedInputTokens: number) {
    this.usage = { promptTokens: estimatedInputTokens, completionTokens: 0, reasoningTokens: 0, cachedTokens: 0 };
  }

  /** What of the event belongs to the answer. */
  take(event: UpstreamEvent): AnswerEvent | null {
    switch (event.kind) {
      case 'usage':
        this.usage = event.usage;
        return null;
      case 'finish':
        this.nativeFinishReason = event.reason;
        this.finishReason = finishReasonOf(event.reason, this.#called);
        return { kind: 'finish', finishReason: this.finishReason, nativeFinishReason: event.reason };
      case 'tool-call':
        this.#called = true;
        break;
      case 'reasoning':
        this.usage.reasoningTokens += 1;
        break;
      case 'content':
        break;
    }
    this.usage.completionTokens += 1;
    return event;
  }
}

const finishReasons = ['tool_calls', 'stop', 'length', 'content_filter'];

/** Hosts name their reasons as they like; a tool call is `tool_calls` even when the host calls it `stop`. */
function finishReasonOf(native: string, called: boolean): string {
  if (called && native === 'stop') return 'tool_calls';
  return finishReasons.includes(native) ? native : 'stop';
}

type Settlement = Inference & {
  id: string;
  startedAt: number;
  attempts: readonly Attempt[];
  served: Served;
  tally: Tally;
  cancelled: boolean;
  failed: boolean;
};

/** Writes the bill and the record. What ended in an error is free; what the client left is paid as far as it went. */
function settleBill(world: World, settlement: Settlement) {
  const { caller, served, tally, cancelled, failed } = settlement;
  const { candidate, firstTokenAt } = served;
  const endedAt = world.clock.now();
  const isByok = candidate.ownKey !== null;
  const pastAllowance = isPastAllowance(caller, endedAt);
  const isFree = failed && !cancelled;
  const free = { promptTokens: 0, completionTokens: 0, reasoningTokens: 0, cachedTokens: 0 };
  const cost = costOf(candidate.endpoint, isFree ? free : tally.usage, { isByok, pastAllowance });
  charge(caller, cost, endedAt);
  const { finishReason, nativeFinishReason, usage } = tally;
  keepGeneration(
    world,
    {
      ...settlement,
      firstTokenAt,
      endedAt,
      usage,
      cost,
      finishReason: isFree ? 'error' : finishReason,
      nativeFinishReason,
    },
    settlement.random,
  );
  return cost;
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
