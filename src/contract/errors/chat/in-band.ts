import { sandboxOnly } from '../provocation.ts';
import type { ErrorRow } from '../row.ts';
import { onResponsesAndMessages } from '../skins.ts';
import { documented } from '../source.ts';

const errors = 'api_reference/errors-and-debugging';
const midStream = documented(errors, 'Streaming error formats: Mid-stream errors');
const breaks = sandboxOnly('a provider has to break in the middle of an answer');

/** Errors inside an answer of POST /chat/completions whose status is 200. */
export const chatInBand = {
  'chat/200-choice-error': {
    endpoint: 'chat',
    says: 'A provider broke off; the choice carries the error beside what had been generated.',
    status: [200],
    errorType: ['provider_unavailable', 'provider_overloaded', 'timeout', 'rate_limit_exceeded', 'server'],
    form: 'choice',
    source: documented(errors, 'Skin-specific error formats: Chat Completions'),
    provocation: breaks,
  },
  'chat/200-ms-disconnect': {
    endpoint: 'chat',
    says: 'The provider hung up after the first token.',
    status: [200],
    errorType: ['provider_unavailable'],
    form: 'mid-stream',
    source: midStream,
    provocation: breaks,
  },
  'chat/200-ms-timeout': {
    endpoint: 'chat',
    says: 'The provider fell silent after the first token until the read deadline.',
    status: [200],
    errorType: ['timeout'],
    form: 'mid-stream',
    source: midStream,
    provocation: breaks,
  },
  'chat/200-ms-token-limit': {
    endpoint: 'chat',
    says: 'The limit of tokens or the context window was reached in the middle of the stream.',
    status: [200],
    errorType: ['max_tokens_exceeded', 'context_length_exceeded'],
    form: 'mid-stream',
    source: midStream,
    provocation: sandboxOnly('providers report the limit as finish reason `length`, not as an error'),
  },
  'chat/200-ms-content-filter': {
    endpoint: 'chat',
    says: 'Generated text was flagged after some of it had been streamed.',
    status: [200],
    errorType: ['content_policy_violation'],
    form: 'mid-stream',
    source: midStream,
    provocation: sandboxOnly('offensive content must not be asked of a provider'),
  },
  'chat/200-ms-overload': {
    endpoint: 'chat',
    says: 'The provider reported overload after the first token.',
    status: [200],
    errorType: ['provider_overloaded'],
    form: 'mid-stream',
    source: midStream,
    provocation: breaks,
  },
  'chat/200-ms-rate-limit': {
    endpoint: 'chat',
    says: 'The provider limited the rate after the first token.',
    status: [200],
    errorType: ['rate_limit_exceeded'],
    form: 'mid-stream',
    source: midStream,
    provocation: breaks,
  },
  'chat/200-ms-500-masked': {
    endpoint: 'chat',
    says: 'An internal failure after the first token; message and provider code are masked.',
    status: [200],
    errorType: ['server'],
    form: 'mid-stream',
    source: midStream,
    provocation: breaks,
  },
  'chat/200-no-content': {
    endpoint: 'chat',
    says: 'The answer is empty, as while a model is starting; nothing is charged for it.',
    status: [200],
    form: 'silent',
    alsoOn: onResponsesAndMessages,
    source: documented(errors, 'When no content is generated'),
    provocation: sandboxOnly('a model has to be starting up'),
  },
} as const satisfies Record<`chat/200-${string}`, ErrorRow>;
