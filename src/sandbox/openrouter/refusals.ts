import { ApiError } from './api-error.ts';
import type { Endpoint, Model } from './endpoint.ts';

// Texts and metadata as seen in traffic up to October 2026. The step names are OpenRouter's own.

export interface Step {
  step: string;
  endpoint_count: number;
}

const privacySettings = 'https://openrouter.ai/settings/privacy';

const slugs = (endpoints: readonly Endpoint[]): string[] => [...new Set(endpoints.map(({ host }) => host))];

export const noEndpoints = (model: Model): ApiError => new ApiError(404, `No endpoints found for ${model.id}.`);

/** `provider.only` (or `order` without fallbacks) and the providers of the model have nothing in common. */
export function noAllowedProviders(
  model: Model,
  endpoints: readonly Endpoint[],
  requested: readonly string[],
  from: 'only' | 'order',
): ApiError {
  return new ApiError(
    404,
    `No allowed providers are available for the selected model. Providers serving ${model.canonicalSlug}: ` +
      `${slugs(endpoints).join(', ')}, but your request's provider.${from} preference permits only: ${requested.join(', ')}.`,
    {
      metadata: {
        available_providers: slugs(endpoints),
        requested_providers: requested,
        failed_routing_step: 'Filter by Allowed Providers',
      },
    },
  );
}

/** The account's own list leaves none: the same first sentence, although the request is not the cause. */
export const noneOfAccount = (endpoints: readonly Endpoint[], allowed: readonly string[]): ApiError =>
  new ApiError(404, 'No allowed providers are available for the selected model.', {
    metadata: {
      available_providers: slugs(endpoints),
      requested_providers: allowed,
      failed_routing_step: 'Filter by Allowed Providers',
    },
  });

/** A pinned provider that cannot answer as long as asked for looks like one that is not allowed. */
export const noneLongEnough = (endpoints: readonly Endpoint[]): ApiError =>
  new ApiError(404, 'No allowed providers are available for the selected model.', {
    metadata: {
      available_providers: slugs(endpoints),
      failed_routing_step: 'Filter by Max Tokens',
    },
  });

export const allIgnored = (): ApiError =>
  new ApiError(
    404,
    `All providers have been ignored. To change your default ignored providers, visit: ${privacySettings}`,
    { metadata: { failed_routing_step: 'Filter by Ignored Providers' } },
  );

export interface Ineligibility {
  reason: string;
  label: string;
  count: number;
}

export function noneWithinGuardrails(total: number, reasons: readonly Ineligibility[]): ApiError {
  const lines = reasons.map(
    ({ label, count }) =>
      `${label}: ${count} endpoint${count === 1 ? '' : 's'} excluded; configurable at ${privacySettings}`,
  );
  return new ApiError(
    404,
    `0 endpoints out of ${total} requested are available matching your guardrail restrictions and data policy. ` +
      `We removed them for the following reasons (an endpoint may have matched multiple reasons):\n${lines.join('\n')}`,
    {
      metadata: {
        input_endpoint_count: total,
        ineligibility_reasons: reasons.map(({ reason, count }) => ({
          reason,
          count,
          configure_url: privacySettings,
        })),
        routing_funnel: [{ step: 'Initial Endpoints', endpoint_count: total }],
        failed_routing_step: 'Filter by Guardrails',
      },
    },
  );
}

export const noneForTraining = (funnel: readonly Step[]): ApiError =>
  new ApiError(
    404,
    `No endpoints found matching your data policy (Paid model training). Configure: ${privacySettings}`,
    { metadata: { routing_funnel: funnel, failed_routing_step: 'Filter by Data Policy' } },
  );

/** Text of https://openrouter.ai/docs/api_reference/errors-and-debugging, `privacy_restricted`. */
export const noneWithoutRetention = (model: Model, funnel: readonly Step[]): ApiError =>
  new ApiError(
    404,
    `No endpoints for ${model.id} match your data policy (zero data retention). Adjust at ${privacySettings}.`,
    { metadata: { routing_funnel: funnel, failed_routing_step: 'Filter by Data Policy' } },
  );

const learnMore =
  'To learn more about provider routing, visit: https://openrouter.ai/docs/guides/routing/provider-selection';

export const noneWithParameters = (): ApiError =>
  new ApiError(404, `No endpoints found that can handle the requested parameters. ${learnMore}`, {
    metadata: { failed_routing_step: 'Filter by Parameters' },
  });

export const noneWithTools = (): ApiError =>
  new ApiError(404, `No endpoints found that support tool use. ${learnMore}`, {
    metadata: { failed_routing_step: 'Filter by Tool Compatibility' },
  });

export const noneWithImages = (): ApiError =>
  new ApiError(404, 'No endpoints found that support image input', {
    metadata: { failed_routing_step: 'Filter by Image Support' },
  });

/** Price and quantisation have no text of their own on record. */
export const noneWithin = (model: Model, step: string, funnel: readonly Step[]): ApiError =>
  new ApiError(404, `No endpoints found for ${model.id}.`, {
    metadata: { routing_funnel: funnel, failed_routing_step: step },
  });

export function contextExceeded(contextLength: number, input: number, output: number | null): ApiError {
  const parts = [`${input} of text input`, ...(output === null ? [] : [`${output} in the output`])];
  return new ApiError(
    400,
    `This endpoint's maximum context length is ${contextLength} tokens. However, you requested about ` +
      `${input + (output ?? 0)} tokens (${parts.join(', ')}). Please reduce the length of either one, or use the ` +
      'context-compression plugin to compress your prompt automatically.',
    { metadata: { provider_name: null } },
  );
}
