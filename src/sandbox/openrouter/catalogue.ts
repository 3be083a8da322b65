import { hosts, models } from './catalogue-data.ts';

/** A company that serves models, as OpenRouter lists it. */
export interface Host {
  /** Display name. */
  name: string;
  slug: string;
  headquarters: string | null;
  datacenters: string[] | null;
  privacyPolicyUrl: string | null;
  termsOfServiceUrl: string | null;
  statusPageUrl: string | null;
  /** Keeps nothing of a request. */
  zeroDataRetention: boolean;
  /** May train on what it is sent. */
  trains: boolean;
}

/** One host's offer of one model. */
export interface Endpoint {
  host: string;
  /** Null: the tag is the bare slug. */
  quantization: string | null;
  contextLength: number;
  maxCompletionTokens: number | null;
  /** USD per token, as decimal text. */
  pricing: { prompt: string; completion: string; cacheRead?: string };
  supportedParameters: readonly string[];
  latencyMs: { p50: number; p75: number; p90: number; p99: number };
  throughput: { p50: number; p75: number; p90: number; p99: number };
  uptime: { last5m: number; last30m: number; last1d: number };
}

export interface Model {
  id: string;
  canonicalSlug: string;
  name: string;
  /** Name the hosts know it by. */
  upstreamId: string;
  created: number;
  description: string;
  huggingFaceId: string;
  contextLength: number;
  maxCompletionTokens: number | null;
  isModerated: boolean;
  modality: string;
  inputModalities: readonly string[];
  tokenizer: string;
  defaults: { temperature: number | null; topP: number | null };
  reasoning: {
    mandatory: boolean;
    efforts: readonly string[] | null;
    defaultEffort: string | null;
  };
  endpoints: readonly Endpoint[];
}

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
