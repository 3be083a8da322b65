import { readCassette } from '../cassettes/store.ts';
import { HarnessError } from '../errors.ts';
import type { Means, Price } from '../exchange/budget.ts';
import { dearestOf, type EndpointRow, listEndpoints, type Where } from './listing.ts';
import { fixturesDir } from './paths.ts';

/** The scenario that records the endpoints of a model, and so their prices. */
const listing = 'setup/endpoint-listed';

/** Prices, and where they were read. */
export interface PriceBook {
  prices: Means['prices'];
  /** In words, each source once. */
  sources: string[];
}

/**
 * What the models ask: as listed when their endpoints were last recorded, in `fixtures` or in those that are shipped, else as `known` from elsewhere, else as the target lists them
 * now.
 *
 * @param where null: nothing may be asked
 * @throws HarnessError E_CONFIG for a model without a price when nothing may be asked; E_NETWORK
 */
export async function priceBook(
  models: readonly string[],
  { fixtures, known, where }: { fixtures: string; known: ReadonlyMap<string, Price>; where: Where | null },
): Promise<PriceBook> {
  const prices: Record<string, Price> = {};
  const sources = new Set<string>();
  for (const model of models) {
    const recorded = (await recordedPrice(model, fixtures)) ?? (await recordedPrice(model, fixturesDir));
    const listed = known.get(model);
    if (recorded !== null) {
      prices[model] = recorded.price;
      sources.add(recorded.source);
    } else if (listed !== undefined) {
      prices[model] = listed;
      sources.add('the list of models now');
    } else if (where !== null) {
      prices[model] = dearestOf(await listEndpoints(model, where));
      sources.add('the endpoints listed now');
    } else {
      throw new HarnessError(
        'E_CONFIG',
        `No price of ${model} is recorded, and a plan asks nobody. Say --model discover to ask for the list of models.`,
      );
    }
  }
  return { prices, sources: [...sources] };
}

async function recordedPrice(model: string, fixtures: string): Promise<{ price: Price; source: string } | null> {
  const cassette = await readCassette(fixtures, { scenario: listing, model, mode: null }).catch(() => null);
  const chunk = cassette?.exchanges[0]?.chunks[0];
  const { data } = (chunk?.json ?? {}) as { data?: { endpoints?: EndpointRow[] } };
  if (cassette === null || data?.endpoints === undefined) return null;
  const source = `the listing recorded from ${cassette.recordedFrom} on ${cassette.recordedAt.slice(0, 10)}`;
  return { price: dearestOf(data.endpoints), source };
}
