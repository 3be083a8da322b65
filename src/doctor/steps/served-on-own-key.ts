import { readAnswer } from '../../exchange/answer.ts';
import { ionet } from '../../provider.ts';
import { CouldNotSee } from '../could-not-see.ts';
import { byokKeysIn, ownKeyRecord } from '../management.ts';
import { pages } from '../pages.ts';
import { refusal } from '../refusal.ts';
import type { Looked, Step } from '../step.ts';
import { answeredAt, type World } from '../world.ts';

/** How long a change to a BYOK key may take: the guide says about a minute. */
export const propagationMs = 120_000;
/** Between two looks. */
export const longestPauseMs = 10_000;

export const servedOnOwnKey: Step = {
  id: 'served-on-own-key',
  asks: `A request pinned to ${ionet.name} is served on your key: \`is_byok\` is true.`,
  async look(world, waitedMs) {
    const exchange = await world.ask({
      method: 'POST',
      path: '/chat/completions',
      body: {
        model: world.model,
        messages: [{ role: 'user', content: 'Reply with exactly: ok' }],
        max_tokens: 16,
        provider: { only: [ionet.slug] },
      },
    });
    const answer = readAnswer(exchange);
    if (exchange.response?.status !== 200 || answer?.error != null) return refusal(exchange, world.model);
    switch (answer?.usage?.['is_byok']) {
      case true:
        return { answer: 'yes' };
      case false:
        return passedOver(world, answeredAt(exchange), waitedMs);
      default:
        throw new CouldNotSee('The answer has no usage.is_byok, so it does not tell whose key paid.');
    }
  },
};

/** The guide's silent fallback to shared capacity. */
async function passedOver(world: World, at: number, waitedMs: number): Promise<Looked> {
  const seen = world.keys.management === null ? null : await newestChange(world);
  const sinceMs = seen === null ? Infinity : at - seen.at;
  if (seen !== null && sinceMs < propagationMs) {
    return {
      answer: 'not-yet',
      why: `The ${ionet.name} key was ${seen.how} ${Math.round(sinceMs / 1_000)} s ago, and may take ${propagationMs / 1_000} s to be used. Ask again with --wait.`,
    };
  }
  const isSpread = seen?.isLast === true || waitedMs >= propagationMs - longestPauseMs;
  return {
    answer: 'no',
    cause: `OpenRouter served on its shared capacity (is_byok is false): ${causeOf(seen !== null, isSpread)}.`,
    remedy: `Check the key under BYOK, replace it if ${ionet.name} refuses it, and turn on "Always use for this provider" to see refusals.${isSpread ? '' : ' After a change, ask again with --wait.'}`,
    page: pages.byok,
    mayPass: true,
  };
}

/**
 * Nobody has seen a refusal: it is what is left when all else was looked at, and nothing may still be spreading. A request was served on
 * somebody else's key all the same, so that the answer is "no" and not "not yet" as long as nothing shows a change.
 */
function causeOf(isSettingSeen: boolean, isSpread: boolean): string {
  const refused = `${ionet.name} refuses the key that is set, because it is invalid, out of credits or over its limit`;
  if (isSettingSeen) {
    if (isSpread) return refused;
    return `either a change made in the last two minutes is still spreading (ask again with --wait), or ${refused}`;
  }
  const last = isSpread
    ? `or refused by ${ionet.name}`
    : `refused by ${ionet.name}, or changed in the last two minutes`;
  return `your ${ionet.name} key is missing, disabled, limited to something else, in another workspace, ${last}`;
}

interface Change {
  /** Milliseconds since the Unix epoch. */
  at: number;
  how: 'added' | 'changed';
  /** No later change can have been made unseen. */
  isLast: boolean;
}

/** The newest that can be seen to have happened to the provider's keys; null when there are none to be seen. */
async function newestChange(world: World): Promise<Change | null> {
  try {
    const keys = await byokKeysIn(world, (await ownKeyRecord(world)).workspace_id);
    const isLast = keys.every(({ updated_at }) => updated_at !== undefined);
    const changes = keys.flatMap(({ created_at, updated_at }): Change[] => [
      { at: Date.parse(created_at), how: 'added', isLast },
      ...(updated_at == null ? [] : [{ at: Date.parse(updated_at), how: 'changed' as const, isLast }]),
    ]);
    return changes.toSorted((a, b) => b.at - a.at)[0] ?? null;
  } catch (error) {
    if (error instanceof CouldNotSee) return null;
    throw error;
  }
}
