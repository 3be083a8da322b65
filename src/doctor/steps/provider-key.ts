import { z } from 'zod';
import type { Exchange } from '../../exchange/exchange.ts';
import { ionet } from '../../provider.ts';
import { CouldNotSee } from '../could-not-see.ts';
import { pages } from '../pages.ts';
import type { Looked, No, Step } from '../step.ts';
import { dataOf, inWords, type World } from '../world.ts';

/** The listing works without balance, so a small request for an answer follows it. */
export const providerKey: Step = {
  id: 'provider-key',
  asks: `The ${ionet.name} key works and has balance.`,
  async look(world) {
    const list = await world.askProvider({ method: 'GET', path: '/models' });
    const refused = providerRefusal(list.response?.status);
    if (refused !== null) return refused;
    const ids = dataOf(list, z.array(listedModel)).flatMap(({ id, model_id }) => id ?? model_id ?? []);
    const model = ids.find((id) => lastPart(id) === lastPart(world.model)) ?? ids[0];
    if (model === undefined) throw new CouldNotSee(`${ionet.name} lists no model, so its balance was not tried.`);
    return judged(await say(world, model));
  },
};

// The listing of 2025 has `id`, that of 2026 `model_id`: https://io.net/docs/reference/ai-models/get-models-list
const listedModel = z.object({ id: z.string().optional(), model_id: z.string().optional() });

/** `glm-5.2` for `z-ai/glm-5.2` and for the provider's own `zai-org/GLM-5.2`. */
const lastPart = (id: string) => id.split('/').at(-1)?.toLowerCase();

function say(world: World, model: string): Promise<Exchange> {
  const body = { model, messages: [{ role: 'user', content: 'Reply with exactly: ok' }], max_tokens: 16 };
  return world.askProvider({ method: 'POST', path: '/chat/completions', body });
}

function judged(exchange: Exchange): Looked {
  const status = exchange.response?.status ?? 0;
  if (status === 200) return { answer: 'yes' };
  const refused = providerRefusal(status);
  if (refused !== null) return refused;
  throw new CouldNotSee(`${ionet.name} answered a small request with ${inWords(exchange)}.`);
}

/** What a refusal by the provider means, asked directly or through OpenRouter; null for a status that is not about the key. */
export function providerRefusal(status: unknown): No | null {
  const page = pages.guide;
  switch (status) {
    case 401:
      return {
        answer: 'no',
        cause: `${ionet.name} does not accept the key (401): it is invalid, expired or revoked.`,
        remedy: `Make a new key at ${ionet.name}, and put it in place of the old one under BYOK at OpenRouter.`,
        page,
      };
    case 402:
      return {
        answer: 'no',
        cause: `The ${ionet.name} account has no balance (402).`,
        remedy: `Add credits at ${ionet.name}.`,
        page,
      };
    case 403:
      return {
        answer: 'no',
        cause: `${ionet.name} refuses the key (403): it is out of credits, or may not use this model.`,
        remedy: `Add credits at ${ionet.name}, or allow the key this model there.`,
        page,
      };
    case 429:
      return {
        answer: 'no',
        cause: `${ionet.name} limits the key (429): its quota is used up, or it sent too much just now.`,
        remedy: `Wait for the limit to reset, or raise it at ${ionet.name}.`,
        page,
      };
    default:
      return null;
  }
}
