import { isNamed } from './catalogue.ts';
import type { Endpoint } from './endpoint.ts';
import type { ProviderPreferences } from './preferences.ts';

/**
 * Endpoints in the order in which to try them: as `order` says, else as `sort` says, else balanced by price.
 * https://openrouter.ai/docs/guides/routing/provider-selection
 *
 * @param random in [0, 1)
 */
export function sortEndpoints(
  endpoints: readonly Endpoint[],
  preferences: ProviderPreferences,
  random: () => number,
): Endpoint[] {
  const order = preferences.order ?? [];
  if (order.length > 0) {
    const place = (endpoint: Endpoint) => order.findIndex((name) => isNamed(name, endpoint));
    const listed = endpoints.filter((endpoint) => place(endpoint) !== -1);
    const others = endpoints.filter((endpoint) => place(endpoint) === -1);
    return [...listed.toSorted((a, b) => place(a) - place(b)), ...balance(others, random)];
  }
  const sort = typeof preferences.sort === 'string' ? preferences.sort : preferences.sort?.by;
  if (sort == null) return balance(endpoints, random);
  return endpoints.toSorted((a, b) => rank(a, sort) - rank(b, sort));
}

function rank(endpoint: Endpoint, sort: 'price' | 'throughput' | 'latency' | 'exacto'): number {
  switch (sort) {
    case 'price':
      return priceOf(endpoint);
    case 'latency':
      return endpoint.latencyMs.p50;
    case 'throughput':
    case 'exacto':
      return -endpoint.throughput.p50;
  }
}

/** Never quite zero: a free endpoint has a weight, too. */
const priceOf = ({ pricing }: Endpoint): number => Math.max(Number(pricing.prompt) + Number(pricing.completion), 1e-12);

/** Draws one after the other, each with the weight of its inverse squared price. */
function balance(endpoints: readonly Endpoint[], random: () => number): Endpoint[] {
  const left = [...endpoints];
  const drawn: Endpoint[] = [];
  while (left.length > 0) {
    const weights = left.map((endpoint) => priceOf(endpoint) ** -2);
    let at = random() * weights.reduce((sum, weight) => sum + weight, 0);
    const found = weights.findIndex((weight) => (at -= weight) < 0);
    drawn.push(...left.splice(found === -1 ? left.length - 1 : found, 1));
  }
  return drawn;
}
