import { ApiError } from './api-error.ts';
import type { Account } from './state.ts';

/** https://openrouter.ai/docs/api_reference/limits */
export const freeLimits = {
  perMinute: 20,
  perDay: {
    /** Of accounts that never bought ten credits. */
    fresh: 50,
    known: 1000,
  },
  creditsOfKnown: 10,
};

const minuteMs = 60_000;
const dayMs = 86_400_000;

/**
 * Counts a call to a free model. More keys do not help: the limit is the account's.
 *
 * @throws ApiError 429 past the limit of the minute or of the UTC day; texts and headers as seen up to 2026-10
 */
export function countFreeCall(account: Account, at: number): void {
  const today = Math.floor(at / dayMs) * dayMs;
  const calls = account.freeCalls.filter((time) => time >= today || time > at - minuteMs);
  const lastMinute = calls.filter((time) => time > at - minuteMs);
  const isKnown = account.totalCredits >= freeLimits.creditsOfKnown;
  const perDay = isKnown ? freeLimits.perDay.known : freeLimits.perDay.fresh;
  if (calls.filter((time) => time >= today).length >= perDay) {
    const which = isKnown
      ? 'free-models-per-day-high-balance. '
      : 'free-models-per-day. Add 10 credits to unlock 1000 free model requests per day';
    throw exceeded(which, 'openrouter_free_tier_daily', perDay, today + dayMs);
  }
  const [oldest] = lastMinute;
  if (oldest !== undefined && lastMinute.length >= freeLimits.perMinute) {
    throw exceeded('free-models-per-min. ', 'openrouter_free_models_per_min', freeLimits.perMinute, oldest + minuteMs);
  }
  account.freeCalls = [...calls, at];
}

/** @param resetAt epoch milliseconds, as `X-RateLimit-Reset` has them, while `Retry-After` counts seconds */
function exceeded(which: string, limitSource: string, limit: number, resetAt: number): ApiError {
  const headers = {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': String(Math.ceil(resetAt)),
  };
  return new ApiError(429, `Rate limit exceeded: ${which}`, {
    headers,
    metadata: { headers, limit_source: limitSource },
    errorType: 'rate_limit_exceeded',
    namesUser: true,
  });
}
