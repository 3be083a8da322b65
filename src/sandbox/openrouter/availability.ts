export type AvailabilityCode =
  | 'model_not_found'
  | 'wrong_endpoint'
  | 'no_endpoints'
  | 'model_deprecated'
  | 'model_unavailable_upstream'
  | 'capacity_exhausted'
  | 'temporarily_unavailable'
  | 'region_restricted'
  | 'privacy_restricted'
  | 'constraint_filtered'
  | 'free_variant_ended';

export type ExcludedBy =
  | 'geo'
  | 'data_region'
  | 'data_policy:zdr'
  | 'data_policy:training'
  | 'max_price'
  | 'context_length'
  | 'require_parameters'
  | 'quantization'
  | 'allowed_providers';

/**
 * Why no endpoint could serve, for programs: https://openrouter.ai/docs/api_reference/errors-and-debugging (since 2026-08-19).
 * It stands in `error`, as the documentation has it; a fixture of a third party has it in `error.metadata`.
 */
export interface Availability {
  code: AvailabilityCode;
  retryable: boolean;
  /** Seconds. */
  retry_after?: number;
  requested_models: readonly string[];
  affected_providers?: readonly string[];
  excluded_by?: readonly ExcludedBy[];
  fallback_models?: readonly string[];
  constraint?: { field: string; detail: string };
  docs_url: string;
}
