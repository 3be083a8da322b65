import type { Requirement } from '../requirement.ts';
import type { RequirementId } from '../requirement-id.ts';
import { advised, docs, spec } from './source.ts';

const accounting = 'cookbook/administration/usage-accounting';

/**
 * What follows for a request that the provider serves from what OpenRouter says of the parts of an answer. Nowhere is it promised that
 * the provider, asked by itself, gives the same; so these advise.
 */
export const parityRequirements = {
  'parity.model': advised(
    spec(
      'ChatResult.model',
      'An answer names the model that was used, which is the one the provider serves by itself.',
    ),
  ),
  'parity.finish-reason': advised(
    docs(
      'api_reference/overview',
      'Finish Reason',
      'The finish reason is the provider’s own, put into one of five words; the provider’s word stands beside it.',
    ),
  ),
  'parity.tools': advised(
    docs(
      'guides/features/tool-calling',
      'Tool Calling',
      'Tools reach the provider as they were sent, and its calls come back as it made them.',
    ),
  ),
  'parity.prompt-tokens': advised(
    docs(
      accounting,
      'Usage Information',
      'Prompt tokens are counted by the model’s own tokenizer, so that the provider counts the same.',
    ),
  ),
  'parity.price': advised(
    docs(
      accounting,
      'Cost Breakdown',
      'cost_details.upstream_inference_cost is what the provider charges, so that its own price list gives the same.',
    ),
  ),
} satisfies Record<Extract<RequirementId, `parity.${string}`>, Requirement>;
