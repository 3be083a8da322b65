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

export const servedOnOwnKey: Step = {
  id: 'served-on-own-key',
  asks: `A request pinned to ${ionet.name} is served on your key: \`is_byok\` is true.`,
  async look(world) {
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
        return passedOver(world, answeredAt(exchange));
      default:
        throw new CouldNotSee('The answer has no usage.is_byok, so it does not tell whose key paid.');
    }
  },
};

/** The guide's silent fallback to shared capacity. */
async function passedOver(world: World, at: number): Promise<Looked> {
  const since = world.keys.management === null ? null : await newest(world);
  if (since !== null && at - since < propagationMs)
    return {
      answer: 'not-yet',
      why: `The ${ionet.name} key was added ${Math.round((at - since) / 1_000)} s ago, and may take ${propagationMs / 1_000} s to be used. Ask again with --wait.`,
    };
  return {
    answer: 'no',
    cause:
      since === null
        ? `OpenRouter served on its shared capacity (is_byok is false): your ${ionet.name} key is missing, disabled, limited to something else, in another workspace, or refused by ${ionet.name}.`
        : `OpenRouter served on its shared capacity (is_byok is false): ${ionet.name} refuses the key that is set, because it is invalid, out of credits or over its limit.`,
    remedy: `Check the key under BYOK, replace it if ${ionet.name} refuses it, and turn on "Always use for this provider" to see refusals. After a change, ask again with --wait.`,
    page: pages.byok,
    mayPass: true,
  };
}

/** When the newest key of the provider was added, in milliseconds since the Unix epoch; null when there is none to be seen. */
async function newest(world: World): Promise<number | null> {
  try {
    const keys = await byokKeysIn(world, (await ownKeyRecord(world)).workspace_id);
    return keys.length === 0 ? null : Math.max(...keys.map(({ created_at }) => Date.parse(created_at)));
  } catch (error) {
    if (error instanceof CouldNotSee) return null;
    throw error;
  }
}
