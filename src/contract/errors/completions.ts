import { live, sandboxOnly } from './provocation.ts';
import type { ErrorRow } from './row.ts';
import { documented } from './source.ts';

/** Errors of the legacy POST /completions, which the prose names and the specification does not have. */
export const completionsErrors = {
  'completions/404-no-allowed-providers': {
    endpoint: 'completions',
    says: 'None of the providers that the request allows serves the model.',
    status: [404, 503],
    errorType: ['not_found'],
    availability: { code: ['no_endpoints', 'constraint_filtered'], excludedBy: 'allowed_providers' },
    message: {
      pattern: /^(No allowed providers are available for the selected model\.|No endpoints found)/,
      level: 'observed',
    },
    form: 'envelope',
    source: documented('guides/features/router-metadata', 'Errors'),
    provocation: live('provider.only with a provider that does not serve the model'),
  },
  'completions/403-guardrail': {
    endpoint: 'completions',
    says: 'A guardrail blocks the prompt.',
    status: [403],
    errorType: ['permission_denied'],
    form: 'envelope',
    source: documented('guides/features/router-metadata', 'Pipeline Stages'),
    provocation: live('a key with a guardrail of one content filter, action block'),
  },
  'completions/200-ms-error': {
    endpoint: 'completions',
    says: 'A provider broke off after the first token.',
    status: [200],
    form: 'mid-stream',
    source: documented('guides/features/router-metadata', 'Streaming'),
    provocation: sandboxOnly('a provider has to break in the middle of an answer'),
  },
} as const satisfies Record<`completions/${string}`, ErrorRow>;
