import { describe } from '../contract/validate.ts';
import type { ProviderProfile } from '../provider.ts';
import type { Breach, Check } from './check.ts';
import { listAt, numberAt, stringAt } from './reading.ts';
import { sameProvider } from './routing-evidence.ts';

/** Ids of the checks of listings that scenarios make for themselves. */
export type ListingCheckId = ReturnType<
  typeof listsModel | typeof listsEndpointOf | typeof listsProvider | typeof listsOwnKey
>['id'];

/** The list of models contains `id`. */
export function listsModel(id: string) {
  return {
    id: 'listing.has-model',
    level: 'must',
    holds: `The list of models contains ${id}.`,
    covers: ['guide.model-available', 'api.models'],
    judge: ({ exchange }) => {
      const models = listAt(exchange.json, 'data');
      return models.some((model) => stringAt(model, 'id') === id)
        ? []
        : [{ expected: id, actual: `not among ${models.length} models`, where: '/data' }];
    },
  } as const satisfies Check;
}

/** The endpoints of a model contain one of the provider, told in full: tag, price, context length, parameters. */
export function listsEndpointOf({ name, slug }: Pick<ProviderProfile, 'name' | 'slug'>) {
  return {
    id: 'listing.has-endpoint',
    level: 'must',
    holds: `The model has an endpoint of ${name}, with tag, price, context length and supported parameters.`,
    covers: ['guide.model-available', 'api.model-endpoints', 'provider.endpoint-tag'],
    judge: ({ exchange }) => {
      const rows = listAt(exchange.json, 'data', 'endpoints');
      const own = [...rows.entries()].filter(([, row]) => sameProvider(stringAt(row, 'provider_name') ?? '', name));
      if (own.length === 0) {
        return [{ expected: `an endpoint of ${name}`, actual: `none among ${rows.length}`, where: '/data/endpoints' }];
      }
      return own.flatMap(([index, row]) => rowBreaches(row, slug, `/data/endpoints/${index}`));
    },
  } as const satisfies Check;
}

/** The list of providers contains the provider, by slug and display name. */
export function listsProvider({ name, slug }: Pick<ProviderProfile, 'name' | 'slug'>) {
  return {
    id: 'listing.has-provider',
    level: 'must',
    holds: `The list of providers contains ${name}, as ${slug}.`,
    covers: ['api.providers', 'provider.names'],
    judge: ({ exchange }) => {
      const row = listAt(exchange.json, 'data').find((provider) => stringAt(provider, 'slug') === slug);
      const told = stringAt(row, 'name');
      return row !== undefined && sameProvider(told ?? '', name)
        ? []
        : [
            {
              expected: `${slug}, called ${name}`,
              actual: row === undefined ? 'not listed' : describe(told),
              where: '/data',
            },
          ];
    },
  } as const satisfies Check;
}

/** The list of brought keys contains one of the provider, of which only a snippet is shown. */
export function listsOwnKey({ name, slug, keyPattern }: Pick<ProviderProfile, 'name' | 'slug' | 'keyPattern'>) {
  return {
    id: 'listing.has-own-key',
    level: 'must',
    holds: `The list of brought keys contains one of ${name}, masked.`,
    covers: ['api.byok'],
    judge: ({ exchange }) => {
      const own = listAt(exchange.json, 'data').filter((key) => stringAt(key, 'provider') === slug);
      if (own.length === 0) return [{ expected: `a key of ${name}`, actual: 'none', where: '/data' }];
      const masked = own.every((key) => {
        const label = stringAt(key, 'label') ?? '';
        return label.includes('...') && label.search(keyPattern) === -1;
      });
      return masked ? [] : [{ expected: 'a label with the middle left out', actual: 'another', where: '/data label' }];
    },
  } as const satisfies Check;
}

function rowBreaches(row: unknown, slug: string, where: string): Breach[] {
  const tag = stringAt(row, 'tag');
  const context = numberAt(row, 'context_length');
  const prices = ['prompt', 'completion'].map((field) => [field, stringAt(row, 'pricing', field)] as const);
  const breaches: Breach[] = [];
  if (tag !== slug && tag?.startsWith(`${slug}/`) !== true) {
    breaches.push({ expected: `${slug} or ${slug}/…`, actual: describe(tag), where: `${where}/tag` });
  }
  if (context === undefined || context <= 0) {
    breaches.push({ expected: 'more than 0', actual: describe(context), where: `${where}/context_length` });
  }
  for (const [field, price] of prices) {
    if (price !== undefined && Number(price) > 0) continue;
    breaches.push({ expected: 'a price per token', actual: describe(price), where: `${where}/pricing/${field}` });
  }
  if (listAt(row, 'supported_parameters').length === 0) {
    breaches.push({ expected: 'parameters', actual: 'none', where: `${where}/supported_parameters` });
  }
  return breaches;
}
