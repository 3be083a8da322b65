import type { Requirement } from '../requirement.ts';
import type { RequirementId } from '../requirement-id.ts';
import { advised, docs, spec } from './source.ts';

const accounting = 'cookbook/administration/usage-accounting';

export const usageRequirements = {
  'usage.is-byok': spec(
    'ChatUsage.is_byok',
    'usage.is_byok is a boolean that says whether the customer’s own key paid.',
  ),
  'usage.tokens': spec('ChatUsage', 'Prompt, completion and total tokens are integers, and the total is their sum.'),
  'usage.reasoning-tokens': advised(
    spec('ChatUsage.completion_tokens_details', 'Token details are parts of the count they stand under.'),
  ),
  'usage.cost': docs(
    accounting,
    'Response Format',
    'usage.cost is what OpenRouter charged: on the customer’s key only the fee, otherwise the price of the request.',
  ),
  'usage.cost-details': docs(
    accounting,
    'Cost Breakdown',
    'cost_details.upstream_inference_cost is what the provider bills for the request at list price.',
  ),
  'usage.key-accounting': spec(
    'GET /key',
    'usage and byok_usage of a key grow by what its requests cost, each in its own counter.',
  ),
  'usage.no-charge-on-error': docs(
    'guides/features/zero-completion-insurance',
    'How It Works',
    'A request that ends in an error or without any completion is not charged.',
  ),
  'generation.record': spec(
    'GET /generation',
    'Each generation has a record that repeats its model, provider, tokens, cost, finish reason and whose key paid.',
  ),
  'generation.id': docs(
    'api_reference/streaming',
    'Generation ID',
    'The id of an answer begins with gen- and stands in the X-Generation-Id header too.',
  ),
} satisfies Record<Extract<RequirementId, `usage.${string}` | `generation.${string}`>, Requirement>;
