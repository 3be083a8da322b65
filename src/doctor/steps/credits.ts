import { z } from 'zod';
import { ownKeyRecord } from '../management.ts';
import { pages } from '../pages.ts';
import type { No, Step } from '../step.ts';
import { dataOf } from '../world.ts';

const balance = z.object({ total_credits: z.number(), total_usage: z.number() });

export const credits: Step = {
  id: 'credits',
  asks: 'The OpenRouter account has credits: the BYOK fee is taken from them.',
  async look(world) {
    await ownKeyRecord(world);
    const { total_credits, total_usage } = dataOf(await world.manage('/credits'), balance);
    if (total_credits > total_usage) return { answer: 'yes' };
    return noCredits;
  },
};

/** The guide's 402. */
export const noCredits: No = {
  answer: 'no',
  cause: 'The OpenRouter account has no credits, and without credits it sends nothing, not even on your own key.',
  remedy: 'Buy some credits at OpenRouter.',
  page: pages.credits,
};
