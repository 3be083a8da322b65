import { hosts, models } from './catalogue-data.ts';
import type { Endpoint, Host, Model } from './endpoint.ts';

/** The model with this id or dated slug. */
export function findModel(id: string): Model | undefined {
  return models.find((model) => model.id === id || model.canonicalSlug === id);
}

/** The host of an endpoint. */
export function hostOf(endpoint: Endpoint): Host {
  const host = hosts.find(({ slug }) => slug === endpoint.host);
  if (!host) throw new TypeError(`No host "${endpoint.host}" in the catalogue`);
  return host;
}

/** Slug of one endpoint in routing lists, e.g. `io-net/fp8`. */
export function tagOf(endpoint: Endpoint): string {
  return endpoint.quantization === null ? endpoint.host : `${endpoint.host}/${endpoint.quantization}`;
}

/** Display name, slug or tag, in any case: all three are accepted wherever a provider is named. */
export function isNamed(entry: string, endpoint: Endpoint): boolean {
  const wanted = entry.toLowerCase();
  return wanted === endpoint.host || wanted === tagOf(endpoint) || wanted === hostOf(endpoint).name.toLowerCase();
}
