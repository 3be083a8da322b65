import type { Random } from '../random.ts';
import type { Attempt, Served } from './attempts.ts';
import type { Model } from './endpoint.ts';
import { charge, costOf, isPastAllowance } from './cost.ts';
import type { Cost } from './cost.ts';
import { keepGeneration } from './generation.ts';
import type { Generation } from './generation.ts';
import type { ApiKey } from './state.ts';
import type { Tally } from './tally.ts';
import type { World } from './world.ts';

/** An answer that has come to its end, one way or another. */
interface Settlement {
  id: string;
  caller: ApiKey;
  model: Model;
  attempts: readonly Attempt[];
  served: Served;
  startedAt: number;
  tally: Tally;
  ending: 'complete' | 'failed' | 'cancelled';
  client: Generation['client'];
  random: Random;
}

const nothing = { promptTokens: 0, completionTokens: 0, reasoningTokens: 0, cachedTokens: 0 };

/**
 * Writes bill and record. What ended in an error, or came to nothing, is free (zero completion insurance); what the client left is paid as far as it went: the provider is in
 * neither list of those that stop billing, https://openrouter.ai/docs/api_reference/streaming
 */
export function settle(world: World, settlement: Settlement): Cost {
  const { caller, served, tally, ending } = settlement;
  const endedAt = world.clock.now();
  const cost = costOf(served.candidate.endpoint, ending === 'failed' || tally.isFree ? nothing : tally.usage, {
    isByok: served.candidate.ownKey !== null,
    pastAllowance: isPastAllowance(caller, endedAt),
  });
  charge(caller, cost, endedAt);
  const generation = {
    ...settlement,
    endedAt,
    cost,
    firstTokenAt: served.firstTokenAt,
    usage: tally.usage,
    finishReason: ending === 'failed' ? 'error' : tally.finishReason,
    nativeFinishReason: tally.nativeFinishReason,
    cancelled: ending === 'cancelled',
  };
  keepGeneration(world, generation, settlement.random);
  return cost;
}
