import { z } from 'zod';

const names = z.array(z.string()).nullish();
const price = z.union([z.string(), z.number()]).optional();
const percentiles = z.object({
  p50: z.number().nullish(),
  p75: z.number().nullish(),
  p90: z.number().nullish(),
  p99: z.number().nullish(),
});
const sortBy = z.enum(['price', 'throughput', 'latency', 'exacto']);

/** The `provider` object of a request. An unknown field is refused: https://openrouter.ai/openapi.yaml ProviderPreferences. */
export const providerPreferences = z.strictObject({
  order: names,
  allow_fallbacks: z.boolean().nullish(),
  only: names,
  ignore: names,
  require_parameters: z.boolean().nullish(),
  data_collection: z.enum(['allow', 'deny']).nullish(),
  zdr: z.boolean().nullish(),
  enforce_distillable_text: z.boolean().nullish(),
  quantizations: z
    .array(z.enum(['int4', 'int8', 'fp4', 'mxfp4', 'nvfp4', 'fp6', 'fp8', 'mxfp8', 'fp16', 'bf16', 'fp32', 'unknown']))
    .nullish(),
  sort: z
    .union([sortBy, z.strictObject({ by: sortBy.nullish(), partition: z.enum(['model', 'none']).nullish() })])
    .nullish(),
  max_price: z
    .strictObject({ prompt: price, completion: price, request: price, image: price, audio: price })
    .optional(),
  preferred_min_throughput: z.union([z.number(), percentiles]).nullish(),
  preferred_max_latency: z.union([z.number(), percentiles]).nullish(),
});

export type ProviderPreferences = z.infer<typeof providerPreferences>;
