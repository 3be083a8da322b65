import type { Model } from './endpoint.ts';
import type { ProviderPreferences } from './preferences.ts';

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
