import type { Requirement } from '../requirement.ts';
import type { RequirementId } from '../requirement-id.ts';
import { advised, guide } from './source.ts';

export const guideRequirements = {
  'guide.model-available': guide(
    'Supported models',
    'Each model the guide names is listed by OpenRouter with an endpoint of io.net.',
  ),
  'guide.pin-provider': guide(
    'Sending requests',
    'A request that allows no provider but io.net is served by io.net or refused.',
  ),
  'guide.is-byok-true': guide(
    'Verifying',
    'usage.is_byok is true when the customer’s own io.net key served the request.',
  ),
  'guide.is-byok-false': guide('Troubleshooting', 'usage.is_byok is false when shared capacity served the request.'),
  'guide.shared-fallback': guide(
    'Troubleshooting',
    'When the customer’s key fails, shared capacity serves unless the key is always to be used.',
  ),
  // OpenRouter replaced the free million requests by a list-price allowance on 2026-08-10; only the rate is common to both.
  'guide.fee': advised(
    guide(
      'Pricing',
      'A request on the customer’s key costs at most 5 % of its list price at OpenRouter, and nothing at first.',
    ),
  ),
  'guide.402-no-credits': guide(
    'Troubleshooting: 402',
    'An account without OpenRouter credits is refused with 402, even on its own provider key.',
  ),
  'guide.404-ignored': guide(
    'Troubleshooting: 404',
    'A request whose providers are all ignored is refused with 404 and says so.',
  ),
  'guide.404-not-allowed': guide(
    'Troubleshooting: 404',
    'A request whose allowed providers do not serve the model is refused with 404 and says so.',
  ),
  'guide.401-403-refused': guide(
    'Troubleshooting: 401 or 403',
    'A provider key that is invalid or out of io.net credits gives 401 or 403 when no shared capacity may step in.',
  ),
  'guide.propagation': guide('Adding the key', 'A new provider key is in use about a minute after it was added.'),
  'guide.always-use': guide(
    'Adding the key',
    'With “Always use for this provider” on, shared capacity never serves in place of the key.',
  ),
} satisfies Record<Extract<RequirementId, `guide.${string}`>, Requirement>;
