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
 * What the models ask. Money is held by what the target lists now; a plan, which asks nobody, and a run that gets no list go by recorded
 * listings.
 *
 * @throws HarnessError E_CONFIG for a model that lists no price, or whose price nobody knows
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
  // That nobody answers, or nobody serves the model, is for the cases to tell, in a report.
  const endpoints = where === null ? [] : await listEndpoints(model, where).catch(() => []);
  if (endpoints.length > 0) return { price: dearestOf(endpoints), source: 'the endpoints listed now' };
  const listed = known.get(model);
  if (listed !== undefined) return { price: listed, source: 'the list of models now' };
  const recorded = (await recordedPrice(model, fixtures)) ?? (await recordedPrice(model, fixturesDir));
  if (recorded !== null) return recorded;
  throw new HarnessError(
    'E_CONFIG',
    `Nobody lists a price of ${model}, so no budget could be held${where === null ? '. A plan asks nobody: with --model discover it asks for the list of models' : ''}.`,
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
