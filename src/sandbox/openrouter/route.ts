import type { ApiError } from './api-error.ts';
import { hostOf, isNamed, tagOf } from './catalogue.ts';
import type { Endpoint, Model } from './catalogue.ts';
import { sortEndpoints } from './endpoint-order.ts';
import type { ProviderPreferences } from './preferences.ts';
import * as refusals from './refusals.ts';

/** What a request asks of the endpoint that is to serve it. */
export interface Wish {
  model: Model;
  provider: ProviderPreferences;
  /** Names of the parameters sent, as in `supported_parameters`. */
  parameters: readonly string[];
  /** Estimated length of the prompt. */
  inputTokens: number;
  maxTokens: number | null;
  hasImages: boolean;
}

/** What account and guardrails forbid, whatever the request says. Providers by slug. */
export interface Policy {
  allowedProviders: readonly string[] | null;
  ignoredProviders: readonly string[];
  zeroDataRetention: boolean;
  allowTraining: boolean;
  guardrails: readonly {
    allowedProviders: readonly string[] | null;
    ignoredProviders: readonly string[];
    allowedModels: readonly string[] | null;
    ignoredModels: readonly string[];
  }[];
}

/** A key the customer brought that holds for this request. */
export interface OwnKey {
  id: string;
  provider: string;
  secret: string;
  isFallback: boolean;
  alwaysUse: boolean;
  sortOrder: number;
}

/** One endpoint with the credential it is to be called with. */
export interface Candidate {
  endpoint: Endpoint;
  /** Null: OpenRouter's shared capacity. */
  ownKey: OwnKey | null;
}

export type Route = { candidates: Candidate[]; refusal?: never } | { candidates?: never; refusal: ApiError };

/**
 * The endpoints to try, in order.
 *
 * Policies come before own keys, so a key exempts nothing. Then, whatever `order` says: own keys, shared capacity,
 * fallback keys. https://openrouter.ai/docs/guides/overview/auth/byok and .../guides/routing/provider-selection
 *
 * @param random in [0, 1), for the load balancing among endpoints nobody ordered
 */
export function route(wish: Wish, policy: Policy, ownKeys: readonly OwnKey[], random: () => number): Route {
  const filtered = filterEndpoints(wish, policy);
  if ('refusal' in filtered) return filtered;
  const endpoints = sortEndpoints(filtered.endpoints, wish.provider, random);
  const withKey = (isFallback: boolean): Candidate[] =>
    endpoints.flatMap((endpoint) =>
      ownKeys
        .filter((key) => key.provider === endpoint.host && key.isFallback === isFallback)
        .toSorted((a, b) => a.sortOrder - b.sortOrder)
        .map((ownKey) => ({ endpoint, ownKey })),
    );
  const shared: Candidate[] = endpoints
    .filter(({ host }) => !ownKeys.some((key) => key.provider === host && key.alwaysUse && !key.isFallback))
    .map((endpoint) => ({ endpoint, ownKey: null }));
  const all = [...withKey(false), ...shared, ...withKey(true)];
  const isOrdered = (wish.provider.order?.length ?? 0) > 0;
  const keepsToFirst = wish.provider.allow_fallbacks === false && !isOrdered;
  return {
    candidates: keepsToFirst ? all.filter(({ endpoint }) => endpoint === all[0]?.endpoint) : all,
  };
}

type Filtered = { endpoints: Endpoint[] } | { refusal: ApiError };

function filterEndpoints(wish: Wish, policy: Policy): Filtered {
  const { model, provider } = wish;
  const funnel: refusals.Step[] = [{ step: 'Initial Endpoints', endpoint_count: model.endpoints.length }];
  let left = [...model.endpoints];
  const refuse = (refusal: ApiError): Filtered => ({ refusal });
  const step = (name: string, keep: (endpoint: Endpoint) => boolean): boolean => {
    left = left.filter(keep);
    if (left.length > 0) funnel.push({ step: name, endpoint_count: left.length });
    return left.length === 0;
  };

  if (left.length === 0) return refuse(refusals.noEndpoints(model));

  const reasons = guardrailReasons(wish, policy);
  if (step('Filter by Guardrails', (endpoint) => !reasons.some(({ excludes }) => excludes(endpoint)))) {
    const counted = reasons.map(({ excludes, ...reason }) => ({
      ...reason,
      count: model.endpoints.filter(excludes).length,
    }));
    return refuse(
      refusals.noneWithinGuardrails(
        model.endpoints.length,
        counted.filter(({ count }) => count > 0),
      ),
    );
  }

  const permitted = provider.only?.length
    ? { from: 'only' as const, names: provider.only }
    : provider.order?.length && provider.allow_fallbacks === false
      ? { from: 'order' as const, names: provider.order }
      : null;
  if (
    permitted &&
    step('Filter by Allowed Providers', (endpoint) => permitted.names.some((name) => isNamed(name, endpoint)))
  ) {
    return refuse(refusals.noAllowedProviders(model, model.endpoints, permitted.names, permitted.from));
  }
  const { allowedProviders } = policy;
  if (allowedProviders && step('Filter by Allowed Providers', ({ host }) => allowedProviders.includes(host))) {
    return refuse(refusals.noneOfAccount(model.endpoints, allowedProviders));
  }
  const ignored = [...policy.ignoredProviders, ...(provider.ignore ?? [])];
  if (step('Filter by Ignored Providers', (endpoint) => !ignored.some((name) => isNamed(name, endpoint)))) {
    return refuse(refusals.allIgnored());
  }
  const denyTraining = !policy.allowTraining || provider.data_collection === 'deny';
  if (denyTraining && step('Filter by Data Policy', (endpoint) => !hostOf(endpoint).trains)) {
    return refuse(refusals.noneForTraining(funnel));
  }
  const retentionless = policy.zeroDataRetention || provider.zdr === true;
  if (retentionless && step('Filter by Data Policy', (endpoint) => hostOf(endpoint).zeroDataRetention)) {
    return refuse(refusals.noneWithoutRetention(model, funnel));
  }
  const quantizations: readonly string[] | null | undefined = provider.quantizations;
  if (
    quantizations?.length &&
    step('Filter by Quantization', ({ quantization }) => quantizations.includes(quantization ?? 'unknown'))
  ) {
    return refuse(refusals.noneWithin(model, 'Filter by Quantization', funnel));
  }
  if (provider.max_price && step('Filter by Max Price', (endpoint) => isAffordable(endpoint, provider.max_price))) {
    return refuse(refusals.noneWithin(model, 'Filter by Max Price', funnel));
  }
  if (wish.hasImages && !model.inputModalities.includes('image')) return refuse(refusals.noneWithImages());
  if (
    provider.require_parameters === true &&
    step('Filter by Parameters', (endpoint) => wish.parameters.every((name) => supports(endpoint, name)))
  ) {
    return refuse(refusals.noneWithParameters());
  }
  // Prose says an unsupported `tools` is ignored when no endpoint has it; live traffic shows a 404 (2026-06-17).
  if (
    wish.parameters.includes('tools') &&
    step('Filter by Tool Compatibility', (endpoint) => supports(endpoint, 'tools'))
  ) {
    return refuse(refusals.noneWithTools());
  }
  const formatted = left.filter((endpoint) => supports(endpoint, 'response_format'));
  if (wish.parameters.includes('response_format') && formatted.length > 0) left = formatted;
  return withinLengths(wish, left);
}

function withinLengths(wish: Wish, endpoints: Endpoint[]): Filtered {
  const { inputTokens, maxTokens } = wish;
  const longEnough = endpoints.filter(
    ({ maxCompletionTokens }) => maxTokens === null || maxTokens <= (maxCompletionTokens ?? Infinity),
  );
  if (longEnough.length === 0) return { refusal: refusals.noneLongEnough(wish.model.endpoints) };
  const wideEnough = longEnough.filter(({ contextLength }) => inputTokens + (maxTokens ?? 0) <= contextLength);
  if (wideEnough.length > 0) return { endpoints: wideEnough };
  const widest = Math.max(...longEnough.map(({ contextLength }) => contextLength));
  return { refusal: refusals.contextExceeded(widest, inputTokens, maxTokens) };
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

interface Reason {
  reason: string;
  label: string;
  excludes(endpoint: Endpoint): boolean;
}

function guardrailReasons({ model }: Wish, { guardrails }: Policy): Reason[] {
  const isModel = (name: string) => name === model.id || name === model.canonicalSlug;
  const lists = (names: readonly string[], endpoint: Endpoint) =>
    names.some((name) => isNamed(name, endpoint) || name === tagOf(endpoint));
  return guardrails.flatMap((guardrail): Reason[] => [
    {
      reason: 'provider-not-allowed-by-guardrail',
      label: 'Provider not in allowlist (guardrail)',
      excludes: (endpoint) => guardrail.allowedProviders !== null && !lists(guardrail.allowedProviders, endpoint),
    },
    {
      reason: 'provider-ignored-by-guardrail',
      label: 'Provider ignored (guardrail)',
      excludes: (endpoint) => lists(guardrail.ignoredProviders, endpoint),
    },
    {
      reason: 'model-not-allowed-by-guardrail',
      label: 'Model not in allowlist (guardrail)',
      excludes: () => guardrail.allowedModels !== null && !guardrail.allowedModels.some(isModel),
    },
    {
      reason: 'model-ignored-by-guardrail',
      label: 'Model ignored (guardrail)',
      excludes: () => guardrail.ignoredModels.some(isModel),
    },
  ]);
}
