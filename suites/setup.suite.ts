/**
 * The set-up the guide describes. https://io.net/docs/guides/intelligence/integrations/openrouter-byok
 */
import {
  answered,
  endpointListing,
  get,
  ionet,
  listsEndpointOf,
  listsModel,
  listsOwnKey,
  listsProvider,
  scenario,
} from '../src/index.ts';

scenario({
  id: 'setup/model-listed-for-provider',
  says: 'The model is among those OpenRouter lists for io.net.',
  proves: ['guide.model-available', 'api.models'],
  modes: 'none',
  steps: [({ model }) => answered(get(`/models?providers=${ionet.slug}`), {}, { checks: [listsModel(model)] })],
});

scenario({
  id: 'setup/endpoint-listed',
  says: 'The model’s endpoints include one of io.net, with tag, price, context and supported parameters.',
  proves: ['guide.model-available', 'api.model-endpoints'],
  modes: 'none',
  steps: [(context) => answered(endpointListing(context), {}, { checks: [listsEndpointOf(ionet)] })],
});

scenario({
  id: 'setup/providers-list-io-net',
  says: 'io.net is a provider OpenRouter knows.',
  proves: ['api.providers'],
  scope: 'account',
  modes: 'none',
  steps: [answered(get('/providers'), {}, { checks: [listsProvider(ionet)] })],
});

scenario({
  id: 'setup/key-valid',
  says: 'The customer’s key is valid and says what it has spent, and what its own provider keys have.',
  proves: ['api.key'],
  scope: 'account',
  modes: 'none',
  steps: [answered(get('/key'))],
});

scenario({
  id: 'setup/credits-readable',
  says: 'Credits, from which the BYOK fee is taken, can be read with a management key.',
  proves: ['api.credits', 'guide.fee'],
  scope: 'account',
  modes: 'none',
  steps: [answered(get('/credits'), {}, { given: 'management-key' })],
});

scenario({
  id: 'setup/own-key-listed-masked',
  says: 'The provider key the customer brought is listed, and never shown again.',
  proves: ['api.byok'],
  scope: 'account',
  modes: 'none',
  steps: [answered(get(`/byok?provider=${ionet.slug}`), {}, { given: 'management-key', checks: [listsOwnKey(ionet)] })],
});
