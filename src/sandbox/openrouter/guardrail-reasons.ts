import { isNamed } from './catalogue.ts';
import type { Endpoint } from './endpoint.ts';
import type { Policy, Wish } from './wish.ts';

/** Why guardrails may exclude an endpoint. */
interface Reason {
  reason: string;
  label: string;
  excludes(endpoint: Endpoint): boolean;
}

export function guardrailReasons({ model }: Wish, { guardrails }: Policy): Reason[] {
  const isModel = (name: string) => name === model.id || name === model.canonicalSlug;
  const lists = (names: readonly string[], endpoint: Endpoint) => names.some((name) => isNamed(name, endpoint));
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
