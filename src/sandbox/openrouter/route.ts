import type { ApiError } from './api-error.ts';
import { filterEndpoints } from './endpoint-filter.ts';
import { sortEndpoints } from './endpoint-order.ts';
import type { Endpoint, Model } from './endpoint.ts';
import type { Policy, Wish } from './wish.ts';

/** A key the customer brought that holds for this request. */
export interface OwnKey {
  id: string;
  provider: string;
  secret: string;
  isFallback: boolean;
  alwaysUse: boolean;
  sortOrder: number;
}

/** One endpoint with the credential it is to be called with. */
export interface Candidate {
  model: Model;
  endpoint: Endpoint;
  /** Null: OpenRouter's shared capacity. */
  ownKey: OwnKey | null;
}

/** Where a request can go; with a refusal it goes nowhere all the same. */
export interface Route {
  candidates: Candidate[];
  refusal?: ApiError;
}

/**
 * The endpoints to try, in order.
 *
 * Policies come before own keys, so a key exempts nothing. Then, whatever `order` says: own keys, shared capacity,
 * fallback keys. https://openrouter.ai/docs/guides/overview/auth/byok and .../guides/routing/provider-selection
 *
 * @param random in [0, 1), for the load balancing among endpoints nobody ordered
 */
export function route(wish: Wish, policy: Policy, ownKeys: readonly OwnKey[], random: () => number): Route {
  const { model } = wish;
  const filtered = filterEndpoints(wish, policy);
  if ('refusal' in filtered) return { candidates: [], refusal: filtered.refusal };
  const endpoints = sortEndpoints(filtered.endpoints, wish.provider, random);
  const withKey = (isFallback: boolean): Candidate[] =>
    endpoints.flatMap((endpoint) =>
      ownKeys
        .filter((key) => key.provider === endpoint.host && key.isFallback === isFallback)
        .toSorted((a, b) => a.sortOrder - b.sortOrder)
        .map((ownKey) => ({ model, endpoint, ownKey })),
    );
  const shared: Candidate[] = endpoints
    .filter(({ host }) => !ownKeys.some((key) => key.provider === host && key.alwaysUse && !key.isFallback))
    .map((endpoint) => ({ model, endpoint, ownKey: null }));
  const all = [...withKey(false), ...shared, ...withKey(true)];
  const isOrdered = (wish.provider.order?.length ?? 0) > 0;
  const keepsToFirst = wish.provider.allow_fallbacks === false && !isOrdered;
  return {
    candidates: keepsToFirst ? all.filter(({ endpoint }) => endpoint === all[0]?.endpoint) : all,
  };
}
