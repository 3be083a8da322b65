import { ApiError } from './api-error.ts';
import type { ExcludedBy } from './availability.ts';
import type { Endpoint } from './endpoint.ts';
import { unavailable } from './unserved.ts';
import type { Wish } from './wish.ts';

// Texts and metadata as seen in traffic up to October 2026. The step names are OpenRouter's own. Where no text is on record the
// plainest one stands in.

export interface Step {
  step: string;
  endpoint_count: number;
}

/** What a step of routing has done when it left nothing. */
export interface Filtered {
  /** Name of the step. */
  step: string;
  /** What was left before it. */
  before: readonly Endpoint[];
  /** The steps so far. */
  funnel: readonly Step[];
}

export const privacySettings = 'https://openrouter.ai/settings/privacy';

const slugs = (endpoints: readonly Endpoint[]): string[] => [...new Set(endpoints.map(({ host }) => host))];

export const noEndpoints = ({ model, requested }: Wish): ApiError =>
  unavailable({ code: 'no_endpoints', message: `No endpoints found for ${model.id}.`, requested });

/** `provider.only` (or `order` without fallbacks) and the providers of the model have nothing in common. */
export function noAllowedProviders(
  { model, requested }: Wish,
  names: readonly string[],
  from: 'only' | 'order',
): ApiError {
  const available = slugs(model.endpoints);
  return unavailable({
    code: 'no_endpoints',
    message:
      `No allowed providers are available for the selected model. Providers serving ${model.canonicalSlug}: ` +
      `${available.join(', ')}, but your request's provider.${from} preference permits only: ${names.join(', ')}.`,
    requested,
    affected: available,
    metadata: {
      available_providers: available,
      requested_providers: names,
      failed_routing_step: 'Filter by Allowed Providers',
    },
  });
}

/** The account's own list leaves none: the same first sentence, although the request is not the cause. */
export const noneOfAccount = ({ model, requested }: Wish, allowed: readonly string[]): ApiError =>
  unavailable({
    code: 'constraint_filtered',
    message: 'No allowed providers are available for the selected model.',
    requested,
    affected: slugs(model.endpoints),
    excludedBy: 'allowed_providers',
    metadata: {
      available_providers: slugs(model.endpoints),
      requested_providers: allowed,
      failed_routing_step: 'Filter by Allowed Providers',
    },
  });

/** A pinned provider that cannot answer as long as asked for looks like one that is not allowed. */
export const noneLongEnough = ({ model, requested, maxTokens }: Wish, before: readonly Endpoint[]): ApiError =>
  unavailable({
    code: 'constraint_filtered',
    message: 'No allowed providers are available for the selected model.',
    requested,
    affected: slugs(before),
    excludedBy: 'context_length',
    constraint: { field: 'max_tokens', detail: `no endpoint generates ${maxTokens} tokens` },
    metadata: { available_providers: slugs(model.endpoints), failed_routing_step: 'Filter by Max Tokens' },
  });

export const allIgnored = ({ requested }: Wish, before: readonly Endpoint[]): ApiError =>
  unavailable({
    code: 'no_endpoints',
    message: `All providers have been ignored. To change your default ignored providers, visit: ${privacySettings}`,
    requested,
    affected: slugs(before),
    metadata: { failed_routing_step: 'Filter by Ignored Providers' },
  });

export interface Ineligibility {
  reason: string;
  label: string;
  count: number;
}

export function noneWithinGuardrails({ model, requested }: Wish, reasons: readonly Ineligibility[]): ApiError {
  const total = model.endpoints.length;
  const lines = reasons.map(
    ({ label, count }) =>
      `${label}: ${count} endpoint${count === 1 ? '' : 's'} excluded; configurable at ${privacySettings}`,
  );
  return unavailable({
    code: 'constraint_filtered',
    message:
      `0 endpoints out of ${total} requested are available matching your guardrail restrictions and data policy. ` +
      `We removed them for the following reasons (an endpoint may have matched multiple reasons):\n${lines.join('\n')}`,
    requested,
    affected: slugs(model.endpoints),
    excludedBy: 'allowed_providers',
    metadata: {
      input_endpoint_count: total,
      ineligibility_reasons: reasons.map(({ reason, count }) => ({ reason, count, configure_url: privacySettings })),
      routing_funnel: [{ step: 'Initial Endpoints', endpoint_count: total }],
      failed_routing_step: 'Filter by Guardrails',
    },
  });
}

/** A policy on data leaves none. */
export const noneByPolicy = (
  { requested }: Wish,
  message: string,
  { step, before, funnel }: Filtered,
  excludedBy?: ExcludedBy,
): ApiError =>
  unavailable({
    code: 'privacy_restricted',
    message,
    requested,
    affected: slugs(before),
    ...(excludedBy && { excludedBy }),
    metadata: { routing_funnel: funnel, failed_routing_step: step },
  });

/** A wish of the request leaves none. */
export const noneWithin = (
  { requested }: Wish,
  message: string,
  { step, before, funnel }: Filtered,
  cause: { excludedBy?: ExcludedBy; constraint?: { field: string; detail: string } },
): ApiError =>
  unavailable({
    code: 'constraint_filtered',
    message,
    requested,
    affected: slugs(before),
    ...cause,
    metadata: { routing_funnel: funnel, failed_routing_step: step },
  });

export const notInRegion = ({ model, requested }: Wish): ApiError =>
  unavailable({
    code: 'region_restricted',
    message: `${model.id} is not available in your region.`,
    requested,
    affected: slugs(model.endpoints),
    excludedBy: 'geo',
  });

/** Seen as a failed check of OpenRouter's own: no provider is named. */
export const cannotStopReasoning = (): ApiError =>
  new ApiError(400, 'Reasoning is mandatory for this endpoint and cannot be disabled.', {
    metadata: { provider_name: null },
    errorType: 'invalid_request',
  });

export function contextExceeded(contextLength: number, input: number, output: number | null): ApiError {
  const parts = [`${input} of text input`, ...(output === null ? [] : [`${output} in the output`])];
  return new ApiError(
    400,
    `This endpoint's maximum context length is ${contextLength} tokens. However, you requested about ` +
      `${input + (output ?? 0)} tokens (${parts.join(', ')}). Please reduce the length of either one, or use the ` +
      'context-compression plugin to compress your prompt automatically.',
    { metadata: { provider_name: null }, errorType: 'context_length_exceeded' },
  );
}
