import { z } from 'zod';
import { invalidRequest } from './api-error.ts';
import { hostOf, isNamed } from './catalogue.ts';
import type { Endpoint, Model } from './endpoint.ts';

const priceOf = ({ pricing }: Endpoint) => Number(pricing.prompt) + Number(pricing.completion);
const least = (model: Model, of: (endpoint: Endpoint) => number) => Math.min(...model.endpoints.map(of));
const most = (model: Model, of: (endpoint: Endpoint) => number) => Math.max(...model.endpoints.map(of));

/** What a sort puts first has the smallest number. Sorts by popularity and benchmarks leave the order: the sandbox has none. */
const sorts: Record<string, ((model: Model) => number) | null> = {
  'most-popular': null,
  'top-weekly': null,
  'intelligence-high-to-low': null,
  'coding-high-to-low': null,
  'agentic-high-to-low': null,
  'design-arena-elo-high-to-low': null,
  newest: (model) => -model.created,
  'pricing-low-to-high': (model) => least(model, priceOf),
  'pricing-high-to-low': (model) => -least(model, priceOf),
  'context-high-to-low': (model) => -model.contextLength,
  'throughput-high-to-low': (model) => -most(model, ({ throughput }) => throughput.p50),
  'latency-low-to-high': (model) => least(model, ({ latencyMs }) => latencyMs.p50),
};

const list = z
  .string()
  .transform((text) => text.split(',').filter(Boolean))
  .optional();

/** Query of GET /models, as far as the sandbox has anything to tell apart: https://openrouter.ai/openapi.yaml */
const modelQuery = z.object({
  sort: z
    .string()
    .refine((sort) => Object.hasOwn(sorts, sort))
    .optional(),
  providers: list,
  supported_parameters: list,
  output_modalities: list,
  q: z.string().optional(),
  zdr: z.literal('true').optional(),
});

/**
 * The models that a query asks for, in its order. Models that write text, unless it says otherwise.
 *
 * @throws ApiError 400
 */
export function selectModels(models: readonly Model[], query: URLSearchParams): Model[] {
  const parsed = modelQuery.safeParse(Object.fromEntries(query));
  if (!parsed.success) throw invalidRequest();
  const { sort, providers, supported_parameters: parameters, output_modalities: outputs, q, zdr } = parsed.data;
  const text = q?.toLowerCase() ?? '';
  const modalities = outputs ?? ['text'];
  const fits = (endpoint: Endpoint) =>
    (providers?.some((name) => isNamed(name, endpoint)) ?? true) &&
    (parameters?.every((name) => endpoint.supportedParameters.includes(name)) ?? true) &&
    (zdr === undefined || hostOf(endpoint).zeroDataRetention);
  const asksForEndpoints = providers !== undefined || parameters !== undefined || zdr !== undefined;
  const found = models.filter(
    (model) =>
      `${model.id} ${model.name}`.toLowerCase().includes(text) &&
      (modalities.includes('all') || modalities.some((modality) => model.outputModalities.includes(modality))) &&
      (!asksForEndpoints || model.endpoints.some(fits)),
  );
  const place = sort === undefined ? null : sorts[sort];
  return place ? found.toSorted((a, b) => place(a) - place(b)) : found;
}
