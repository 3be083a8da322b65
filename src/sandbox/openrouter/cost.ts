import type { Endpoint } from './endpoint.ts';
import { spend, spentIn, tidyUsd } from './spend.ts';
import type { ApiKey } from './state.ts';
import type { TokenUsage } from './upstream-events.ts';

/**
 * What a calendar month may cost at list price on own keys before the fee is due, and the fee.
 * https://openrouter.ai/docs/guides/overview/auth/byok (since 2026-08-10; the provider's guide still counts requests)
 */
export const byokAllowanceUsd = 25_000;
const byokFee = 0.05;

export interface Cost {
  isByok: boolean;
  /** Credits of OpenRouter. */
  cost: number;
  /** List price of the tokens. */
  upstream: number;
  upstreamPrompt: number;
  upstreamCompletions: number;
}

export function costOf(
  { pricing }: Endpoint,
  usage: TokenUsage,
  { isByok, pastAllowance }: { isByok: boolean; pastAllowance: boolean },
): Cost {
  const cached = usage.cachedTokens * Number(pricing.cacheRead ?? pricing.prompt);
  const upstreamPrompt = tidyUsd((usage.promptTokens - usage.cachedTokens) * Number(pricing.prompt) + cached);
  const upstreamCompletions = tidyUsd(usage.completionTokens * Number(pricing.completion));
  const upstream = tidyUsd(upstreamPrompt + upstreamCompletions);
  const share = isByok ? (pastAllowance ? byokFee : 0) : 1;
  return { isByok, cost: tidyUsd(upstream * share), upstream, upstreamPrompt, upstreamCompletions };
}

export const isPastAllowance = ({ account }: ApiKey, at: number): boolean =>
  spentIn(account.byok, 'monthly', at) >= byokAllowanceUsd;

/** Writes a cost to the account and to the key that caused it. */
export function charge(caller: ApiKey, { isByok, cost, upstream }: Cost, at: number): void {
  const { account } = caller;
  account.totalUsage = tidyUsd(account.totalUsage + cost);
  spend(caller.credits, at, cost);
  if (!isByok) return;
  spend(caller.byok, at, upstream);
  spend(account.byok, at, upstream);
}
