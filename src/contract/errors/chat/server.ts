import { sandboxOnly } from '../provocation.ts';
import type { ErrorRow } from '../row.ts';
import { onAll, onResponses, onResponsesAndCompletions, onResponsesAndMessages } from '../skins.ts';
import { documented, specified } from '../source.ts';

const errors = 'api_reference/errors-and-debugging';
const broken = sandboxOnly('OpenRouter or a provider has to break');

/** 5xx of POST /chat/completions. */
export const chatServerErrors = {
  'chat/500-server': {
    endpoint: 'chat',
    says: 'OpenRouter failed; message and details are masked.',
    // Once keep-alive blanks have been sent, the same body comes under 200.
    status: [500, 200],
    errorType: ['server'],
    form: 'envelope',
    alsoOn: onAll,
    source: specified('POST /chat/completions 500'),
    provocation: broken,
  },
  'chat/500-unmapped': {
    endpoint: 'chat',
    says: 'A provider failed in a way that has no type of its own; masked like every 500.',
    status: [500],
    errorType: ['unmapped', 'server'],
    form: 'envelope',
    alsoOn: onResponsesAndMessages,
    source: documented(errors, 'Typed error codes: Generic'),
    provocation: broken,
  },
  'chat/502-provider-unavailable': {
    endpoint: 'chat',
    says: 'The provider is down, or its answer is invalid or empty.',
    status: [502],
    errorType: ['provider_unavailable'],
    message: { pattern: /^Provider returned error/, level: 'observed' },
    form: 'envelope',
    alsoOn: onResponsesAndCompletions,
    source: specified('POST /chat/completions 502'),
    provocation: broken,
  },
  'chat/503-overloaded': {
    endpoint: 'chat',
    says: 'Every attempted provider is overloaded or unreachable for the moment.',
    status: [503, 529],
    errorType: ['provider_overloaded'],
    availability: { code: ['temporarily_unavailable'] },
    headers: { allowed: ['retry-after'] },
    form: 'envelope',
    alsoOn: onAll,
    source: specified('POST /chat/completions 503'),
    provocation: broken,
  },
  'chat/503-no-provider': {
    endpoint: 'chat',
    says: 'No provider meets the routing requirements, by the older list of codes.',
    // The availability codes of August 2026 make it 404.
    status: [503, 404],
    errorType: ['provider_overloaded', 'not_found'],
    availability: { code: ['no_endpoints', 'constraint_filtered'] },
    headers: { allowed: ['retry-after'] },
    form: 'envelope',
    alsoOn: onResponsesAndCompletions,
    source: documented(errors, 'Error codes'),
    provocation: sandboxOnly('the newer page gives 404 to the same request'),
  },
  'chat/504-timeout': {
    endpoint: 'chat',
    says: 'The provider did not answer in time.',
    // The specification has 408 and 524, the table of error types 504.
    status: [504, 408, 524],
    errorType: ['timeout'],
    form: 'envelope',
    alsoOn: onResponses,
    source: documented(errors, 'Typed error codes: Generic'),
    provocation: sandboxOnly('a provider has to be slow'),
  },
  'chat/524-edge-timeout': {
    endpoint: 'chat',
    says: 'The edge waited too long for OpenRouter; the body may be its HTML page.',
    status: [524, 408, 504],
    errorType: ['timeout'],
    form: 'edge',
    alsoOn: onResponsesAndCompletions,
    source: specified('POST /chat/completions 524'),
    provocation: sandboxOnly('a provider has to be slow'),
  },
  'chat/529-provider-overloaded': {
    endpoint: 'chat',
    says: 'The provider says that it is overloaded.',
    status: [529, 503],
    errorType: ['provider_overloaded'],
    availability: { code: ['temporarily_unavailable'] },
    message: { pattern: /^(Provider returned error|Service temporarily unavailable)/, level: 'observed' },
    headers: { allowed: ['retry-after'] },
    form: 'envelope',
    alsoOn: onResponsesAndCompletions,
    source: specified('POST /chat/completions 529'),
    provocation: broken,
  },
} as const satisfies Record<`chat/5${string}`, ErrorRow>;
