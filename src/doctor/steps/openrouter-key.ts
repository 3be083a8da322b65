import { z } from 'zod';
import { findKeyRecord } from '../management.ts';
import { pages } from '../pages.ts';
import type { No, Step } from '../step.ts';
import { dataOf, type World } from '../world.ts';

const current = z.object({
  limit_remaining: z.number().nullish(),
  limit_reset: z.string().nullish(),
  is_management_key: z.boolean().optional(),
});

export const openRouterKey: Step = {
  id: 'openrouter-key',
  asks: 'The OpenRouter key works and has not reached its limit.',
  async look(world) {
    const exchange = await world.ask({ method: 'GET', path: '/key' });
    if (exchange.response?.status === 401)
      return no(await whyRefused(world), 'Make a new key, and set OPENROUTER_API_KEY to it.');
    const key = dataOf(exchange, current);
    if (key.is_management_key === true)
      return no(
        'OPENROUTER_API_KEY is a management key, which cannot ask for answers.',
        'Set OPENROUTER_API_KEY to an ordinary key, and OPENROUTER_MANAGEMENT_KEY to this one.',
      );
    if (key.limit_remaining != null && key.limit_remaining <= 0) return limitReached(key.limit_reset ?? 'total');
    return { answer: 'yes' };
  },
};

/** The refusal looks the same for every reason; the account's owner can see which it is. */
async function whyRefused(world: World): Promise<string> {
  const anyReason = 'OpenRouter does not accept the key (401): it is mistyped, deleted, disabled or expired.';
  if (world.keys.management === null) return anyReason;
  const record = await findKeyRecord(world);
  if (record === null)
    return 'OpenRouter does not accept the key (401): it is mistyped, deleted, or of another account.';
  if (record.disabled) return 'The OpenRouter key is disabled.';
  return record.expires_at == null ? anyReason : `The OpenRouter key has expired: ${record.expires_at}.`;
}

/** @param period `daily`, `weekly`, `monthly`, or `total` for a limit that is not reset */
export function limitReached(period: string): No {
  return no(`The OpenRouter key has reached its ${period} limit.`, 'Raise the limit of the key.');
}

const no = (cause: string, remedy: string): No => ({ answer: 'no', cause, remedy, page: pages.keys });
