import type { ApiError } from './api-error.ts';
import { hostOf, isNamed } from './catalogue.ts';
import type { Endpoint } from './endpoint.ts';
import { guardrailReasons } from './guardrail-reasons.ts';
import type { ProviderPreferences } from './preferences.ts';
import * as refusals from './refusals.ts';
import type { Policy, Wish } from './wish.ts';

/** One step of routing: what it keeps, and what is said when that is nothing. */
interface FilterStep {
  name: string;
  keeps(endpoint: Endpoint): boolean;
  refusal(filtered: refusals.Filtered): ApiError;
}

/** The steps that a request has to go through, in their order. */
export function filterSteps(wish: Wish, policy: Policy): FilterStep[] {
  return [...providerSteps(wish, policy), ...dataSteps(wish, policy), ...wishSteps(wish)];
}

function providerSteps(wish: Wish, policy: Policy): FilterStep[] {
  const { model, provider } = wish;
  const reasons = guardrailReasons(wish, policy);
  const permitted = provider.only?.length
    ? { from: 'only' as const, names: provider.only }
    : provider.order?.length && provider.allow_fallbacks === false
      ? { from: 'order' as const, names: provider.order }
      : null;
  const { allowedProviders } = policy;
  const ignored = [...policy.ignoredProviders, ...(provider.ignore ?? [])];
  return [
    {
      name: 'Filter by Guardrails',
      keeps: (endpoint) => !reasons.some(({ excludes }) => excludes(endpoint)),
      refusal: () =>
        refusals.noneWithinGuardrails(
          wish,
          reasons
            .map(({ excludes, ...reason }) => ({ ...reason, count: model.endpoints.filter(excludes).length }))
            .filter(({ count }) => count > 0),
        ),
    },
    {
      name: 'Filter by Allowed Providers',
      keeps: (endpoint) => permitted === null || permitted.names.some((name) => isNamed(name, endpoint)),
      refusal: () => refusals.noAllowedProviders(wish, permitted?.names ?? [], permitted?.from ?? 'only'),
    },
    {
      name: 'Filter by Allowed Providers',
      keeps: ({ host }) => allowedProviders === null || allowedProviders.includes(host),
      refusal: () => refusals.noneOfAccount(wish, allowedProviders ?? []),
    },
    {
      name: 'Filter by Ignored Providers',
      keeps: (endpoint) => !ignored.some((name) => isNamed(name, endpoint)),
      refusal: ({ before }) => refusals.allIgnored(wish, before),
    },
  ];
}

/** Countries of hosts' datacenters that are in the European region. */
const europe = new Set(['DE', 'FI', 'FR', 'IE', 'NL', 'SE']);

function dataSteps(wish: Wish, policy: Policy): FilterStep[] {
  const { model, provider } = wish;
  const deniesTraining = !policy.allowTraining || provider.data_collection === 'deny';
  const deniesRetention = policy.zeroDataRetention || provider.zdr === true;
  const staysInEurope = policy.dataRegion === 'europe';
  return [
    {
      name: 'Filter by Data Policy',
      keeps: ({ publishes }) => policy.allowFreePublication || publishes !== true,
      refusal: (filtered) =>
        refusals.noneByPolicy(
          wish,
          `No endpoints found matching your data policy (Free model publication). Configure: ${refusals.privacySettings}`,
          filtered,
        ),
    },
    {
      name: 'Filter by Data Policy',
      keeps: (endpoint) => !deniesTraining || !hostOf(endpoint).trains,
      refusal: (filtered) =>
        refusals.noneByPolicy(
          wish,
          `No endpoints found matching your data policy (Paid model training). Configure: ${refusals.privacySettings}`,
          filtered,
          'data_policy:training',
        ),
    },
    {
      name: 'Filter by Data Policy',
      keeps: (endpoint) => !deniesRetention || hostOf(endpoint).zeroDataRetention,
      // Text of https://openrouter.ai/docs/api_reference/errors-and-debugging, `privacy_restricted`.
      refusal: (filtered) =>
        refusals.noneByPolicy(
          wish,
          `No endpoints for ${model.id} match your data policy (zero data retention). Adjust at ${refusals.privacySettings}.`,
          filtered,
          'data_policy:zdr',
        ),
    },
    {
      name: 'Filter by Data Region',
      keeps: (endpoint) =>
        !staysInEurope || hostOf(endpoint).datacenters?.some((country) => europe.has(country)) === true,
      refusal: (filtered) =>
        refusals.noneWithin(wish, `No endpoints found for ${model.id}.`, filtered, {
          excludedBy: 'data_region',
          constraint: { field: 'data_region', detail: 'europe' },
        }),
    },
  ];
}

const learnMore =
  'To learn more about provider routing, visit: https://openrouter.ai/docs/guides/routing/provider-selection';

function wishSteps(wish: Wish): FilterStep[] {
  const { model, provider, parameters, outputModalities } = wish;
  const quantizations: readonly string[] = provider.quantizations ?? [];
  const none = `No endpoints found for ${model.id}.`;
  const insists = provider.require_parameters === true;
  return [
    {
      name: 'Filter by Quantization',
      keeps: ({ quantization }) => quantizations.length === 0 || quantizations.includes(quantization ?? 'unknown'),
      refusal: (filtered) =>
        refusals.noneWithin(wish, none, filtered, {
          excludedBy: 'quantization',
          constraint: { field: 'quantizations', detail: quantizations.join(', ') },
        }),
    },
    {
      name: 'Filter by Max Price',
      keeps: (endpoint) => isAffordable(endpoint, provider.max_price),
      refusal: (filtered) =>
        refusals.noneWithin(wish, none, filtered, {
          excludedBy: 'max_price',
          constraint: { field: 'max_price', detail: JSON.stringify(provider.max_price) },
        }),
    },
    {
      name: 'Filter by Image Support',
      keeps: () => !wish.hasImages || model.inputModalities.includes('image'),
      refusal: (filtered) => refusals.noneWithin(wish, 'No endpoints found that support image input', filtered, {}),
    },
    {
      name: 'Filter by Output Modalities',
      keeps: () => outputModalities.every((modality) => model.outputModalities.includes(modality)),
      refusal: (filtered) =>
        refusals.noneWithin(
          wish,
          `No endpoints found that support the requested output modalities: ${outputModalities.join(', ')}`,
          filtered,
          {},
        ),
    },
    {
      name: 'Filter by Parameters',
      keeps: (endpoint) => !insists || parameters.every((parameter) => supports(endpoint, parameter)),
      refusal: (filtered) =>
        refusals.noneWithin(
          wish,
          `No endpoints found that can handle the requested parameters. ${learnMore}`,
          filtered,
          { excludedBy: 'require_parameters', constraint: { field: 'parameters', detail: parameters.join(', ') } },
        ),
    },
    // Prose says an unsupported `tools` is ignored when no endpoint has it; live traffic shows a 404 (2026-06-17).
    {
      name: 'Filter by Tool Compatibility',
      keeps: (endpoint) => !parameters.includes('tools') || supports(endpoint, 'tools'),
      refusal: (filtered) =>
        refusals.noneWithin(wish, `No endpoints found that support tool use. ${learnMore}`, filtered, {
          excludedBy: 'require_parameters',
        }),
    },
    {
      name: 'Filter by Tool Compatibility',
      keeps: (endpoint) => !wish.forcesTools || supports(endpoint, 'tool_choice'),
      refusal: (filtered) =>
        refusals.noneWithin(
          wish,
          `No endpoints found that support the provided 'tool_choice' value. ${learnMore}`,
          filtered,
          { excludedBy: 'require_parameters' },
        ),
    },
  ];
}

const tokenLimits = ['max_tokens', 'max_completion_tokens'];

function supports(endpoint: Endpoint, parameter: string): boolean {
  // Both names of the limit mean the same and endpoints list one of them.
  const names = tokenLimits.includes(parameter) ? tokenLimits : [parameter];
  return names.some((name) => endpoint.supportedParameters.includes(name));
}

/** `max_price` counts USD per million tokens, the listing USD per token. */
function isAffordable({ pricing }: Endpoint, limit: ProviderPreferences['max_price']): boolean {
  const within = (price: string, most: string | number | undefined) =>
    most === undefined || Number(price) * 1e6 <= Number(most) * (1 + 1e-9);
  return within(pricing.prompt, limit?.prompt) && within(pricing.completion, limit?.completion);
}
