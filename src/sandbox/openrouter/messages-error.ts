import type { ApiError } from './api-error.ts';
import type { ErrorType } from './error-type.ts';

/** Anthropic's words for what went wrong: https://openrouter.ai/docs/api_reference/errors-and-debugging */
const anthropicTypes: Partial<Record<ErrorType, string>> = {
  authentication: 'authentication_error',
  permission_denied: 'permission_error',
  payment_required: 'billing_error',
  not_found: 'not_found_error',
  image_not_found: 'not_found_error',
  rate_limit_exceeded: 'rate_limit_error',
  provider_overloaded: 'overloaded_error',
  timeout: 'timeout_error',
  provider_unavailable: 'api_error',
  server: 'api_error',
  unmapped: 'api_error',
};

/** An error as an event; without a request id, which only the body has. */
export function messagesErrorEvent({ message, errorType, availability, routing }: ApiError) {
  return {
    type: 'error',
    error: {
      type: anthropicTypes[errorType] ?? 'invalid_request_error',
      message,
      error_type: errorType,
      ...(availability && { availability }),
    },
    ...(routing !== undefined && { openrouter_metadata: routing }),
  };
}

/** Body of an error: https://openrouter.ai/openapi.yaml AnthropicMessagesErrorResponse */
export function messagesErrorBody(error: ApiError) {
  const { type, error: inner, ...after } = messagesErrorEvent(error);
  const { error_type: _, ...metadata } = error.metadata ?? {};
  return {
    type,
    error: inner,
    request_id: error.generationId,
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...after,
  };
}
