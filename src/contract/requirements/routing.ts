import type { Requirement } from '../requirement.ts';
import type { RequirementId } from '../requirement-id.ts';
import { docs, spec } from './source.ts';

const selection = 'guides/routing/provider-selection';
const byok = 'guides/overview/auth/byok';

export const routingRequirements = {
  'provider.only': docs(
    selection,
    'Allowing Only Specific Providers',
    'provider.only is an allow list: no other provider serves, and an empty intersection is a 404.',
  ),
  'provider.order': docs(
    selection,
    'Ordering Specific Providers',
    'provider.order says who is tried first; by itself it keeps nobody out.',
  ),
  'provider.allow-fallbacks': docs(
    selection,
    'Disabling Fallbacks',
    'With allow_fallbacks false only the ordered (or primary) providers serve, and their error is returned.',
  ),
  'provider.ignore': docs(selection, 'Ignoring Providers', 'A provider in provider.ignore does not serve the request.'),
  'provider.names': spec('ProviderPreferences', 'A provider may be named by slug or by display name.'),
  'provider.endpoint-tag': docs(
    selection,
    'Targeting Specific Provider Endpoints',
    'An endpoint tag such as io-net/fp8 names that endpoint alone; the bare slug names all of the provider’s.',
  ),
  'provider.zdr': docs(
    selection,
    'Zero Data Retention Enforcement',
    'With zdr true only endpoints that retain no data serve.',
  ),
  'byok.before-order': docs(
    byok,
    'BYOK with Provider Ordering',
    'Endpoints on the customer’s keys are tried before any shared endpoint, whatever provider.order says.',
  ),
  'byok.prioritized-then-shared': docs(
    byok,
    'Key Priority and Fallback',
    'A provider’s prioritized keys come first, then its shared capacity.',
  ),
  'byok.fallback-section': docs(
    byok,
    'Key Priority and Fallback',
    'A key in the fallback section serves only after shared capacity has failed.',
  ),
  'byok.disabled': spec('BYOKKey.disabled', 'A disabled key takes no part in routing.'),
  'byok.model-filter': docs(byok, 'Key Filters', 'A key restricted to some models is not used for others.'),
  'byok.api-key-filter': docs(
    byok,
    'Key Filters',
    'A key restricted to some OpenRouter API keys is not used for requests of others.',
  ),
  'byok.workspace-scope': spec(
    'BYOKKey.workspace_id',
    'A key of one workspace is not used for requests of another; a key without workspace serves all.',
  ),
  'byok.own-provider-only': docs(
    byok,
    'Bring your own API Keys',
    'A key serves only requests that its own provider answers.',
  ),
  'byok.several-keys': docs(
    byok,
    'Multiple BYOK Keys for the Same Provider',
    'Several keys of one provider are tried in their order, each as an endpoint of its own.',
  ),
  'byok.data-policy-first': docs(
    byok,
    'BYOK with Data Policies',
    'Data policies remove endpoints before keys are considered; a key by itself exempts no provider from them.',
  ),
  'metadata.routing': docs(
    'guides/features/router-metadata',
    'Response Format',
    'On request, openrouter_metadata says which endpoints were considered, which was selected, and at which attempt.',
  ),
} satisfies Record<Extract<RequirementId, `provider.${string}` | `byok.${string}` | `metadata.${string}`>, Requirement>;
