import type { Exchange } from '../exchange/exchange.ts';
import type { Credential } from '../targets/target.ts';

/**
 * Whether a live answer says that the customer's money, patience or key is at an end, and nothing of a promise. A 401 says so when it is
 * OpenRouter's own: one of a provider names it, and a key made a moment ago is no business of the customer.
 */
export function isOutOfMeans({ response, json }: Exchange, { name }: Credential): boolean {
  if (response?.status !== 401) return response?.status === 402 || response?.status === 429;
  const { error } = (json ?? {}) as { error?: { metadata?: { provider_name?: unknown } } };
  return name === 'customer' && !error?.metadata?.provider_name;
}
