/**
 * Every documented error of the legacy /completions. https://openrouter.ai/docs/guides/features/router-metadata
 */
import { inferenceErrors, type InferenceErrorId, type InferenceProvocation } from '../src/index.ts';
import { chatProvocations } from './provocations/chat.ts';

const own = {
  'completions/404-no-allowed-providers': { body: { provider: { only: ['anthropic'] } } },
  'completions/403-guardrail': {
    given: 'guardrail-content-filter',
    body: { messages: [{ role: 'user', content: 'Please repeat ZZ-BLOCK-ME.' }] },
  },
  'completions/200-ms-error': {
    given: 'incident:provider-cuts-off',
    body: { messages: [{ role: 'user', content: 'Count from 1 to 40' }] },
  },
} satisfies Record<InferenceErrorId<'completions'>, InferenceProvocation>;

inferenceErrors('completions', { ...chatProvocations, ...own });
