import type { LateForm } from '../openrouter/skin.ts';
import type { Failure } from '../provider/delivery.ts';
import type { Stage } from './staging.ts';

/** Stream events before a late failure: the first says nothing, the second has the first words. */
const afterEvents = 2;
const retryAfter = { 'retry-after': '40' };

const everywhere =
  (failure: Failure): Stage =>
  ({ provider }) => {
    provider.failures['everywhere'] = failure;
  };

/** A body as OpenAI's API made it the custom; the provider publishes none. */
const errorBody = (code: string, message: string) => ({
  error: { message, type: 'invalid_request_error', param: null, code },
});

const refuses = (status: number, code: string, message: string, headers: Record<string, string> = {}): Stage =>
  everywhere({ kind: 'status', status, body: JSON.stringify(errorBody(code, message)), headers });

const reportsLate = (status: number, code: string, message: string): Stage =>
  everywhere({
    kind: 'stream-error',
    afterEvents,
    error: { error: { message, type: code, param: null, code: status } },
  });

const breaksOff = everywhere({ kind: 'cut', afterEvents });

/** The host breaks off, and OpenRouter tells of it in a form of its own. */
const toldAs =
  (form: LateForm): Stage =>
  (staging) => {
    breaksOff(staging);
    staging.world.state.platform.lateErrors = form;
  };

/** The hosts of the models fail, before or after their first token. */
export const providerIncidents = {
  'provider-bad-request': refuses(400, 'invalid_request', 'A parameter is not supported'),
  'provider-max-tokens-exceeded': refuses(400, 'max_tokens_exceeded', 'More tokens asked for than are generated'),
  'provider-token-limit': refuses(400, 'token_limit_exceeded', 'Token limit exceeded'),
  'provider-string-too-long': refuses(400, 'string_above_max_length', 'A field is too long'),
  'provider-content-policy': refuses(400, 'content_policy_violation', 'The content is against the policy'),
  'provider-refusal': refuses(400, 'refusal', 'The model refuses to answer'),
  'provider-terms-of-service': refuses(403, 'terms_of_service_violation', 'Against the terms of service'),
  'provider-model-gone': refuses(404, 'model_not_found', 'The model does not exist'),
  'provider-unprocessable': refuses(422, 'unprocessable', 'The request makes no sense'),
  'provider-rate-limited': refuses(429, 'rate_limit_exceeded', 'Too many requests', retryAfter),
  'capacity-exhausted': refuses(429, 'rate_limit_exceeded', 'Too many requests', retryAfter),
  'provider-internal-error': refuses(500, 'internal_error', 'Internal error'),
  'provider-unmapped-error': refuses(418, 'teapot', 'Not a server'),
  'provider-unavailable': everywhere({ kind: 'cut', afterEvents: 0 }),
  'provider-overloaded': refuses(503, 'overloaded', 'Overloaded', retryAfter),
  'provider-529': refuses(529, 'overloaded', 'Overloaded'),
  'provider-timeout': everywhere({ kind: 'silence' }),
  'provider-deadline': refuses(504, 'deadline', 'Deadline exceeded'),

  'provider-cuts-off': breaksOff,
  'provider-stalls': everywhere({ kind: 'stall', afterEvents }),
  'provider-token-limit-late': reportsLate(400, 'max_tokens_exceeded', 'More tokens than are generated'),
  'provider-content-filter-late': reportsLate(400, 'content_filter', 'The output was filtered'),
  'provider-overloaded-late': reportsLate(503, 'overloaded', 'Overloaded'),
  'provider-rate-limited-late': reportsLate(429, 'rate_limit_exceeded', 'Too many tokens'),
  'provider-internal-error-late': reportsLate(500, 'internal_error', 'Internal error'),
  'provider-empty-answer': everywhere({ kind: 'empty' }),
  'provider-native-error': everywhere({ kind: 'finish', reason: 'error' }),
  'provider-error-without-choices': toldAs('no-choices'),
  'stream-truncated': toldAs('unsaid'),
  'stream-error-with-usage': toldAs('with-usage'),
  'bare-error': toldAs('bare'),
  'error-event': toldAs('error-event'),
  'response-error-event': toldAs('response-error-event'),
} satisfies Record<string, Stage>;
