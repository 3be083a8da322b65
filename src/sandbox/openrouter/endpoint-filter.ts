import type { ApiError } from './api-error.ts';
import { hostOf, isNamed } from './catalogue.ts';
import type { Endpoint } from './endpoint.ts';
import { guardrailReasons } from './guardrail-reasons.ts';
import type { ProviderPreferences } from './preferences.ts';
import * as refusals from './refusals.ts';
import type { Policy, Wish } from './wish.ts';

type Filtered = { endpoints: Endpoint[] } | { refusal: ApiError };

/** The endpoints that the request and all policies leave, or the refusal that says which step left none. */
export function filterEndpoints(wish: Wish, policy: Policy): Filtered {
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
