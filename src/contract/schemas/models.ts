import { array, boolean, count, data, integer, nullable, number, object, string, text, type Schema } from './shape.ts';

const architecture = object({
  modality: nullable(string),
  input_modalities: array(string),
  output_modalities: array(string),
});

/** US dollars per token, as strings. */
const pricing = object(
  { prompt: string, completion: string },
  {
    request: string,
    image: string,
    input_cache_read: string,
    input_cache_write: string,
    discount: number,
  },
);

/** Null without authentication; a plain number in older answers. */
const percentiles = {
  ...object({ p50: number, p75: number, p90: number, p99: number }),
  type: ['object', 'number', 'null'],
};

/** Source: PublicEndpoint. Provider names and quantisations are open sets. */
const endpoint = object(
  {
    name: string,
    model_id: text,
    model_name: string,
    provider_name: text,
    tag: text,
    context_length: count,
    max_completion_tokens: nullable(count),
    max_prompt_tokens: nullable(count),
    quantization: nullable(string),
    pricing,
    supported_parameters: array(string),
    supports_implicit_caching: boolean,
    uptime_last_5m: nullable(number),
    uptime_last_30m: nullable(number),
    uptime_last_1d: nullable(number),
    latency_last_30m: percentiles,
    throughput_last_30m: percentiles,
  },
  { status: integer },
);

/** GET /models/{author}/{slug}/endpoints */
export const modelEndpoints: Schema = data(
  object({
    id: text,
    name: string,
    created: integer,
    description: string,
    architecture,
    endpoints: array(endpoint),
  }),
);

/** Source: Model. */
const model = object(
  {
    id: text,
    canonical_slug: text,
    name: string,
    created: integer,
    context_length: nullable(count),
    architecture,
    pricing,
    top_provider: object(
      { is_moderated: boolean },
      { context_length: nullable(count), max_completion_tokens: nullable(count) },
    ),
    supported_parameters: array(string),
    default_parameters: nullable(object({})),
    per_request_limits: nullable(object({})),
    links: object({ details: text }),
    supported_voices: nullable(array(string)),
  },
  {
    description: string,
    reasoning: object({ mandatory: boolean }, { supported_efforts: nullable(array(nullable(string))) }),
    expiration_date: nullable(string),
    hugging_face_id: nullable(string),
    knowledge_cutoff: nullable(string),
  },
);

/** GET /models: the whole list, or a page with `links.next`. */
export const modelList: Schema = object({
  data: array(model),
  total_count: count,
  links: object({ next: nullable(string) }),
});

/** GET /model/{author}/{slug} */
export const modelSingle: Schema = data(model);

/** GET /endpoints/zdr: endpoints that keep no data. */
export const zdrEndpoints: Schema = data(array(endpoint));

/** GET /providers */
export const providerList: Schema = data(
  array(
    object(
      { name: text, slug: text, privacy_policy_url: nullable(string) },
      {
        terms_of_service_url: nullable(string),
        status_page_url: nullable(string),
        headquarters: nullable(string),
        datacenters: nullable(array(string)),
      },
    ),
  ),
);
