/** A provider that OpenRouter can reach on the customer's own key, as the harness needs to know it. */
export interface ProviderProfile {
  /** Slug used in `provider.only`, `provider.order` and as `provider` of a BYOK key. */
  slug: string;
  /** Display name, as in the `provider` field of an answer and `provider_name` of an endpoint. */
  name: string;
  /** Quantisation the endpoint tag ends in: `<slug>/<quantization>`. */
  quantization: string;
  /** The provider's own OpenAI-compatible API. */
  baseUrl: string;
  /** What the provider's own keys look like; used to keep them out of files. */
  keyPattern: RegExp;
  /** Environment variable for one such key. */
  keyVariable: string;
  /** Environment variable for another address of the provider's own API. */
  baseUrlVariable: string;
  /** Has the form of a key and is none. */
  unknownKey: string;
  /** Models the provider's BYOK guide lists, as OpenRouter ids. */
  models: readonly string[];
  /** The guide the promises come from. */
  guide: string;
}

/** Sources: OpenRouter's OpenAPI document (BYOKProviderSlug, ProviderName) and the io.net guide, both read 2026-11-23. */
export const ionet: ProviderProfile = {
  slug: 'io-net',
  name: 'Io Net',
  quantization: 'fp8',
  baseUrl: 'https://api.intelligence.io.solutions/api/v1',
  keyPattern: /io-v2-[A-Za-z0-9._-]{16,}/g,
  keyVariable: 'IONET_API_KEY',
  baseUrlVariable: 'IONET_BASE_URL',
  unknownKey: 'io-v2-byok-conformance-not-a-key',
  models: ['z-ai/glm-5.2', 'qwen/qwen3.6-27b'],
  guide: 'https://io.net/docs/guides/intelligence/integrations/openrouter-byok',
};
