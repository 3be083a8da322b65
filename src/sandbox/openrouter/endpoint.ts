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
  /** Publishes what it is sent. */
  publishes?: true;
  latencyMs: { p50: number; p75: number; p90: number; p99: number };
  throughput: { p50: number; p75: number; p90: number; p99: number };
  uptime: { last5m: number; last30m: number; last1d: number };
}

/** A model, or its free variant, which counts as one. */
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
  outputModalities: readonly string[];
  tokenizer: string;
  defaults: { temperature: number | null; topP: number | null };
  reasoning: {
    mandatory: boolean;
    efforts: readonly string[] | null;
    defaultEffort: string | null;
  };
  endpoints: readonly Endpoint[];
}
