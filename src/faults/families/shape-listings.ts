import { ionet } from '../../provider.ts';
import { change, drop, set } from '../edit.ts';
import type { Family } from '../fault.ts';

const rows = 'data.endpoints.*';

/** Listings and reads of the account have not the shape that is documented, or leave out what they are asked for. */
export const shapeOfListings: Family = {
  name: 'shape of listings',
  faults: [
    {
      name: 'model-unlisted',
      says: 'The list of the provider’s models lacks one that it serves.',
      trips: ['listing.has-model'],
      touches: ['setup/model-listed-for-provider'],
      at: ['models'],
      edit: change('data', (models: { id: string }[]) => models.filter(({ id }) => id !== ionet.models[0])),
    },
    {
      name: 'provider-unlisted',
      says: 'The list of providers lacks the one that serves.',
      trips: ['listing.has-provider'],
      touches: [`setup/providers-list-${ionet.slug}`],
      at: ['providers'],
      edit: change('data', (providers: { slug: string }[]) => providers.filter(({ slug }) => slug !== ionet.slug)),
    },
    {
      name: 'provider-renamed',
      says: 'The list of providers has the slug under another name.',
      trips: ['listing.has-provider'],
      touches: [`setup/providers-list-${ionet.slug}`],
      at: ['providers'],
      edit: change('data', (providers: { name: string; slug: string }[]) =>
        providers.map((provider) => (provider.slug === ionet.slug ? { ...provider, name: 'Somebody' } : provider)),
      ),
    },
    {
      name: 'own-keys-unlisted',
      says: 'The list of brought keys is empty.',
      trips: ['listing.has-own-key'],
      touches: ['setup/own-key-listed-masked'],
      at: ['byok'],
      edit: change('data', () => []),
    },
    {
      name: 'models-without-id',
      says: 'The models of the list have no id.',
      trips: ['listing.has-model', 'response.schema'],
      touches: ['setup/model-listed-for-provider'],
      at: ['models'],
      edit: drop('data.*.id'),
    },
    {
      name: 'models-not-wrapped',
      says: 'The list of models is not under `data`.',
      trips: ['listing.has-model', 'response.schema'],
      touches: ['setup/model-listed-for-provider'],
      at: ['models'],
      edit: (json) => {
        json['models'] = json['data'];
        delete json['data'];
      },
    },
    {
      name: 'endpoint-unlisted',
      says: 'The endpoints of the model lack the provider’s.',
      trips: ['listing.has-endpoint'],
      touches: ['setup/endpoint-listed'],
      at: ['model-endpoints'],
      edit: change('data.endpoints', (all: { provider_name: string }[]) =>
        all.filter(({ provider_name }) => provider_name !== ionet.name),
      ),
    },
    {
      name: 'endpoint-without-tag',
      says: 'The endpoints have no tag to pin them by.',
      trips: ['listing.has-endpoint', 'response.schema'],
      touches: ['setup/endpoint-listed'],
      at: ['model-endpoints'],
      edit: drop(`${rows}.tag`),
    },
    {
      name: 'endpoint-with-foreign-tag',
      says: 'The provider’s endpoint has the tag of another.',
      trips: ['listing.has-endpoint'],
      touches: ['setup/endpoint-listed'],
      at: ['model-endpoints'],
      edit: set(`${rows}.tag`, 'novita/fp8'),
    },
    {
      name: 'endpoint-for-nothing',
      says: 'The endpoints cost nothing, if their price is believed.',
      trips: ['listing.has-endpoint'],
      touches: ['setup/endpoint-listed'],
      at: ['model-endpoints'],
      edit: set(`${rows}.pricing.prompt`, '0'),
    },
    {
      name: 'endpoint-price-as-number',
      says: 'Prices are numbers, in which small ones lose digits.',
      trips: ['listing.has-endpoint', 'response.schema'],
      touches: ['setup/endpoint-listed'],
      at: ['model-endpoints'],
      edit: change(`${rows}.pricing.prompt`, Number),
    },
    {
      name: 'endpoint-without-context',
      says: 'The endpoints take no tokens at all.',
      trips: ['listing.has-endpoint'],
      touches: ['setup/endpoint-listed'],
      at: ['model-endpoints'],
      edit: set(`${rows}.context_length`, 0),
    },
    {
      name: 'endpoint-without-parameters',
      says: 'The endpoints support no parameter.',
      trips: ['listing.has-endpoint'],
      touches: ['setup/endpoint-listed'],
      at: ['model-endpoints'],
      edit: set(`${rows}.supported_parameters`, []),
    },
    {
      name: 'providers-without-slug',
      says: 'The providers of the list have no slug.',
      trips: ['listing.has-provider', 'response.schema'],
      touches: [`setup/providers-list-${ionet.slug}`],
      at: ['providers'],
      edit: drop('data.*.slug'),
    },
    {
      name: 'key-without-usage',
      says: 'A key does not say what it has spent.',
      trips: ['response.schema'],
      touches: ['setup/key-valid'],
      at: ['key'],
      edit: drop('data.usage'),
    },
    {
      name: 'key-limit-as-text',
      says: 'The limit of a key is a text.',
      trips: ['response.schema'],
      touches: ['setup/key-valid'],
      at: ['key'],
      edit: set('data.limit', '10 USD'),
    },
    {
      name: 'credits-as-text',
      says: 'Credits are told as texts.',
      trips: ['response.schema'],
      touches: ['setup/credits-readable'],
      at: ['credits'],
      edit: change('data.total_credits', String),
    },
    {
      name: 'credits-not-wrapped',
      says: 'Credits are not under `data`.',
      trips: ['response.schema'],
      touches: ['setup/credits-readable'],
      at: ['credits'],
      edit: (json) => {
        Object.assign(json, json['data']);
        delete json['data'];
      },
    },
    {
      name: 'record-not-wrapped',
      says: 'A generation record is not under `data`.',
      trips: ['response.schema'],
      touches: ['generation-errors/401-unauthorized'],
      at: ['generation'],
      edit: (json) => {
        Object.assign(json, json['data']);
        delete json['data'];
      },
    },
    {
      name: 'record-without-tokens',
      says: 'A generation record does not count its tokens.',
      trips: ['response.schema'],
      touches: ['generation-errors/401-unauthorized'],
      at: ['generation'],
      edit: drop('data.native_tokens_prompt'),
    },
    {
      name: 'zdr-endpoints-as-object',
      says: 'The list of endpoints without retention is no list.',
      trips: ['response.schema'],
      touches: ['endpoints-zdr-errors/500-internal'],
      at: ['endpoints-zdr'],
      edit: change('data', (list: unknown) => ({ list })),
    },
    {
      name: 'single-model-without-pricing',
      says: 'A single model has no prices.',
      trips: ['response.schema'],
      touches: ['model-single-errors/404-not-found'],
      at: ['model-single'],
      edit: drop('data.pricing'),
    },
  ],
};
