import type { Model } from './endpoint.ts';
import type { ProviderPreferences } from './preferences.ts';

/** What a request asks of the endpoint that is to serve it. */
export interface Wish {
  model: Model;
  /** Models as the request named them, the wanted one first. */
  requested: readonly string[];
  provider: ProviderPreferences;
  /** Names of the parameters sent, as in `supported_parameters`. */
  parameters: readonly string[];
  /** Estimated length of the prompt. */
  inputTokens: number;
  maxTokens: number | null;
  hasImages: boolean;
  /** Kinds of output asked for. */
  outputModalities: readonly string[];
  /** A tool must be called. */
  forcesTools: boolean;
  stopsReasoning: boolean;
}

/** What account and guardrails forbid, whatever the request says. Providers by slug. */
export interface Policy {
  allowedProviders: readonly string[] | null;
  ignoredProviders: readonly string[];
  zeroDataRetention: boolean;
  allowTraining: boolean;
  allowFreePublication: boolean;
  dataRegion: 'global' | 'europe';
  /** The caller is where no model is offered. */
  isRegionRestricted: boolean;
  guardrails: readonly {
    allowedProviders: readonly string[] | null;
    ignoredProviders: readonly string[];
    allowedModels: readonly string[] | null;
    ignoredModels: readonly string[];
  }[];
}
