import { ApiError } from './api-error.ts';
import type { Platform } from './platform.ts';

/** @throws ApiError when OpenRouter itself takes no request to any model */
export function checkPlatform({ isUnroutable, admitsRequests }: Platform): void {
  // The older of two documented rules; the newer gives 404: https://openrouter.ai/docs/api_reference/errors-and-debugging
  if (isUnroutable) {
    throw new ApiError(503, 'There is no available model provider that meets your routing requirements', {
      errorType: 'provider_overloaded',
    });
  }
  // Seen 2026-10-04.
  if (!admitsRequests) {
    throw new ApiError(429, 'Too many requests are waiting. Please retry shortly.', {
      errorType: 'rate_limit_exceeded',
      metadata: { limit_source: 'openrouter_admission_control', remedy_hint: 'Retry shortly.' },
    });
  }
}
