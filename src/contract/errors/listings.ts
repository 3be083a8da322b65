import { badRequest, forbidden, internal, notFound, rateLimited, unauthorized } from './api-rows.ts';
import { live, sandboxOnly } from './provocation.ts';
import type { ErrorRow } from './row.ts';
import { documented, specified } from './source.ts';

const generation = { endpoint: 'generation', operation: 'GET /generation' };
const key = { endpoint: 'key', operation: 'GET /key' };
const credits = { endpoint: 'credits', operation: 'GET /credits' };
const models = { endpoint: 'models', operation: 'GET /models' };
const modelEndpoints = { endpoint: 'model-endpoints', operation: 'GET /models/{author}/{slug}/endpoints' };
const providers = { endpoint: 'providers', operation: 'GET /providers' };
const zdr = { endpoint: 'endpoints-zdr', operation: 'GET /endpoints/zdr' };

const breaks = sandboxOnly('OpenRouter has to break');
const publicListing = sandboxOnly('the list is public; which key it would refuse is not documented');

/** Errors of the operations that read: generations, the own key, credits, models and providers. */
export const listingErrors = {
  'generation/401-unauthorized': unauthorized(generation),
  'generation/402-payment-required': {
    endpoint: 'generation',
    says: 'The account has no credits.',
    status: [402],
    errorType: ['payment_required'],
    message: { pattern: /^Insufficient credits\./, level: 'observed' },
    form: 'envelope',
    source: specified('GET /generation 402'),
    provocation: sandboxOnly('needs a second account without credits'),
  },
  'generation/404-not-found': {
    ...notFound(generation, 'an id that no generation has; the same comes when a record is asked for too soon'),
    message: { pattern: /^(Generation \S+ not found|Resource not found)/, level: 'observed' },
  },
  'generation/429-rate-limited': rateLimited(generation),
  'generation/500-internal': internal(generation),
  'generation/502-bad-gateway': {
    endpoint: 'generation',
    says: 'What keeps the records is unavailable.',
    status: [502],
    errorType: ['provider_unavailable'],
    form: 'envelope',
    source: specified('GET /generation 502'),
    provocation: breaks,
  },
  'generation/524-edge-timeout': {
    endpoint: 'generation',
    says: 'The edge waited too long for OpenRouter; the body may be its HTML page.',
    status: [524, 408, 504],
    errorType: ['timeout'],
    form: 'edge',
    source: specified('GET /generation 524'),
    provocation: breaks,
  },
  'generation/529-overloaded': {
    endpoint: 'generation',
    says: 'What keeps the records is overloaded.',
    status: [529, 503],
    errorType: ['provider_overloaded'],
    headers: { allowed: ['retry-after'] },
    form: 'envelope',
    source: specified('GET /generation 529'),
    provocation: breaks,
  },

  'key/401-unauthorized': unauthorized(key),
  'key/500-internal': internal(key),

  'credits/401-unauthorized': unauthorized(credits),
  'credits/403-forbidden': forbidden(credits),
  'credits/500-internal': internal(credits),

  'models/400-bad-request': badRequest(models, 'sort "bogus"; limit 0', 'A parameter of the query is invalid.'),
  'models/403-forbidden': forbidden(models, publicListing),
  'models/500-internal': internal(models),

  'model-endpoints/403-forbidden': forbidden(modelEndpoints, publicListing),
  'model-endpoints/404-not-found': notFound(modelEndpoints, 'a model id that nobody has'),
  'model-endpoints/500-internal': internal(modelEndpoints),

  'model-single/404-not-found': {
    endpoint: 'model-single',
    says: 'The id is that of no model and of no alias.',
    status: [404],
    errorType: ['not_found'],
    form: 'envelope',
    source: documented('guides/overview/models', 'Models API'),
    provocation: live('a model id that nobody has'),
  },

  'providers/500-internal': internal(providers),

  'endpoints-zdr/403-forbidden': forbidden(zdr, publicListing),
  'endpoints-zdr/500-internal': internal(zdr),
} as const satisfies Record<string, ErrorRow>;
