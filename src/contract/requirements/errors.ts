import type { Requirement } from '../requirement.ts';
import type { RequirementId } from '../requirement-id.ts';
import { docs } from './source.ts';

const errors = 'api_reference/errors-and-debugging';

export const errorRequirements = {
  'errors.envelope': docs(
    errors,
    'Errors and Debugging',
    'A failure is JSON: error with code, message and perhaps metadata.',
  ),
  'errors.code-is-status': docs(
    errors,
    'Errors and Debugging',
    'The HTTP status of a failed request equals the code in its body.',
  ),
  'errors.401': docs(errors, 'Error codes', 'A missing, unknown or disabled API key is refused with 401.'),
  'errors.402': docs(errors, 'Error codes', 'An account or key without enough credits is refused with 402.'),
  'errors.404': docs(errors, 'Availability', 'A request that no endpoint may serve is refused with 404.'),
  'errors.429': docs(errors, 'Error codes', 'A rate limit, of OpenRouter or of the provider, gives 429.'),
  'errors.no-secrets': docs(
    'guides/overview/auth/byok',
    'Bring your own API Keys',
    'Provider keys are stored encrypted and never given back: no answer carries a key.',
  ),
  'errors.in-band': docs(
    errors,
    'Mid-stream errors',
    'An error inside an answer with status 200 is an error: the answer is not complete.',
  ),
  'errors.type': docs(
    errors,
    'Typed error codes',
    'error_type names the kind of failure; each belongs to a status, and has a word on /responses and on /messages.',
  ),
  'errors.availability': docs(
    errors,
    'Availability',
    'error.availability says why nothing could serve, whether to try again and when, and where to read on.',
  ),
  'errors.masking': docs(
    errors,
    'Typed error codes: Other',
    'A failure with status 500 tells no details: neither the provider’s code nor routing metadata.',
  ),
  'errors.rate-limit-headers': docs(
    'api_reference/limits',
    'Rate Limits and Credits Remaining',
    'X-RateLimit headers come only with OpenRouter’s own 429, never with success.',
  ),
} satisfies Record<Extract<RequirementId, `errors.${string}`>, Requirement>;
