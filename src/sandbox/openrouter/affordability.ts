import { ApiError } from './api-error.ts';
import { limitRemaining } from './api-keys.ts';
import type { Candidate } from './route.ts';
import type { ApiKey } from './state.ts';

const credits = 'https://openrouter.ai/settings/credits';
const keys = 'https://openrouter.ai/settings/keys';

/**
 * The refusal of a request that could cost more than is left, before anybody is asked; null when it can be paid. Without
 * `max_tokens` the most that the endpoint generates is counted. Own keys cost no credits, but may count against the key's limit.
 *
 * Not documented; texts as seen 2025-11 to 2026-09.
 */
export function unaffordable(
  caller: ApiKey,
  { endpoint, ownKey }: Candidate,
  { inputTokens, maxTokens }: { inputTokens: number; maxTokens: number | null },
  at: number,
): ApiError | null {
  const { account } = caller;
  const ofKey = ownKey === null || caller.includeByokInLimit ? (limitRemaining(caller, at) ?? Infinity) : Infinity;
  const ofAccount = ownKey === null ? account.totalCredits - account.totalUsage - account.reservedUsd : Infinity;
  const budget = Math.min(ofKey, ofAccount);
  if (budget === Infinity) return null;
  const increase =
    ofKey < ofAccount
      ? `To increase, visit ${keys} and create a key with a higher monthly limit`
      : `To increase, visit ${credits} and add more credits`;
  const price = { prompt: Number(endpoint.pricing.prompt), completion: Number(endpoint.pricing.completion) };
  if (inputTokens * price.prompt > budget) {
    const most = Math.floor(budget / price.prompt);
    return refusal(`Prompt tokens limit exceeded: ${inputTokens} > ${most}. ${increase}`);
  }
  const wanted = maxTokens ?? endpoint.maxCompletionTokens ?? 0;
  const left = budget - inputTokens * price.prompt;
  if (wanted * price.completion <= left) return null;
  return refusal(
    `This request requires more credits, or fewer max_tokens. You requested up to ${wanted} tokens, but can only afford ` +
      `${Math.floor(left / price.completion)}. ${increase}`,
  );
}

const refusal = (message: string) =>
  new ApiError(402, message, {
    namesUser: true,
    metadata: {
      limit_source: 'openrouter_credits',
      remedy_hint: `Add credits at ${credits}, or lower max_tokens / prompt size to fit your remaining balance.`,
      provider_name: null,
      previous_errors: [{ code: 402, message }],
    },
  });
