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
  /** Requests it took to ask. */
  requests: number;
}

interface Sources {
  fixtures: string;
  /** As the list of models has them, where it was read. */
  known: ReadonlyMap<string, Price | null>;
  /** null: nobody may be asked. */
  where: Where | null;
}

/**
 * What the models ask. Money is held by what the target lists now; a plan, which asks nobody, goes by recorded listings.
 *
 * @throws HarnessError E_CONFIG for a model that lists no price, or whose price nobody recorded; E_NETWORK
 */
export async function priceBook(models: readonly string[], sources: Sources): Promise<PriceBook> {
  const prices: Record<string, Price> = {};
  const named = new Set<string>();
  for (const model of models) {
    const { price, source } = await listedPrice(model, sources);
    if (price === null) {
      throw new HarnessError(
        'E_CONFIG',
        `${model} lists no price (${source}), so no budget could be held. Leave it out.`,
      );
    }
    prices[model] = price;
    named.add(source);
  }
  return { prices, sources: [...named], requests: sources.where === null ? 0 : models.length };
}

async function listedPrice(
  model: string,
  { fixtures, known, where }: Sources,
): Promise<{ price: Price | null; source: string }> {
  if (where !== null)
    return { price: dearestOf(await listEndpoints(model, where)), source: 'the endpoints listed now' };
  const listed = known.get(model);
  if (listed !== undefined) return { price: listed, source: 'the list of models now' };
  const recorded = (await recordedPrice(model, fixtures)) ?? (await recordedPrice(model, fixturesDir));
  if (recorded !== null) return recorded;
  throw new HarnessError(
    'E_CONFIG',
    `No price of ${model} is recorded, and a plan asks nobody. Say --model discover to ask for the list of models.`,
  );
}

async function recordedPrice(model: string, fixtures: string): Promise<{ price: Price | null; source: string } | null> {
  const cassette = await readCassette(fixtures, { scenario: listing, model, mode: null }).catch(() => null);
  const chunk = cassette?.exchanges[0]?.chunks[0];
  const { data } = (chunk?.json ?? {}) as { data?: { endpoints?: EndpointRow[] } };
  if (cassette === null || data?.endpoints === undefined) return null;
  const source = `the listing recorded from ${cassette.recordedFrom} on ${cassette.recordedAt.slice(0, 10)}`;
  return { price: dearestOf(data.endpoints), source };
}
