import { readBaseline } from '../baseline/read-baseline.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { HarnessError } from '../errors.ts';
import { type Limits, limitsOf, missingFrom, profileNamed, stampOf } from '../profiles/profile.ts';
import type { CasesPlanned, Problem } from '../report/events.ts';
import type { ListedScenario } from '../scenario/scenario.ts';
import { burdenOf } from './burden.ts';
import { refuseUnknown, takeStock } from './inventory.ts';
import type { Where } from './listing.ts';
import { modelsOf } from './models-of.ts';
import { orphans } from './orphans.ts';
import { isWhole, nothingSelected, planOf } from './plan.ts';
import { shown } from './paths.ts';
import { type PriceBook, priceBook } from './price-book.ts';
import type { RunSettings } from './settings.ts';
import { partOf } from './shard.ts';

/** A run that can begin: everything that can be wrong before anything is sent has been looked at. */
export interface Prepared {
  settings: RunSettings;
  inventory: ListedScenario[];
  /** The whole run, of which this machine may do a part only. */
  whole: CasesPlanned[];
  planned: CasesPlanned[];
  problems: Problem[];
  baseline: Baseline | null;
  book: PriceBook;
}

/**
 * A broken suite belongs in the report, as a missing report is easily missed; all else is refused at once.
 *
 * @param where what may be asked for lists and prices
 * @param planning the target is asked for nothing but the list of models, and that only to discover them
 */
export async function prepare(asked: RunSettings, where: Where, planning: boolean): Promise<Prepared> {
  const baseline = asked.baseline === null ? null : readBaseline(shown(asked.baseline));
  const models = await modelsOf(asked, where);
  const select = { ...asked.select, models: models.ids };
  const book = await bookOf(asked, models, planning ? null : where);
  const means = { ...limitsFor(asked, models.ids.length), prices: book.prices };
  const settings: RunSettings = { ...asked, select, means: asked.target === 'live' ? means : null };
  const nothing = { settings, inventory: [], whole: [], planned: [], problems: [], baseline, book };
  let inventory: ListedScenario[];
  try {
    inventory = await takeStock(asked.suites);
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'E_SUITE') throw error;
    return { ...nothing, problems: [{ type: 'problem', code: error.code, message: error.message }] };
  }
  refuseUnknown(select, inventory);
  refuseIncomplete(settings, inventory);
  const whole = planOf(inventory, select);
  if (whole.length === 0) return { ...nothing, inventory, problems: [nothingSelected(select)] };
  const part = asked.shard === null ? null : partOf(whole, asked.shard, asked.fixtures);
  const own = { ...select, part };
  return {
    ...nothing,
    settings: { ...settings, select: own, burden: burdenOf(inventory, select) },
    inventory,
    whole,
    planned: part === null ? whole : planOf(inventory, own),
    problems: asked.target === 'replay' && isWhole(select) ? orphans(asked.fixtures, whole) : [],
  };
}

/** Machines that share a run share what it may take. */
function limitsFor({ select, limits, shard }: RunSettings, models: number): Limits {
  const { maxCostUsd, maxRequests } = { ...limitsOf(profileNamed(select.profile), models), ...limits };
  const { count } = shard ?? { count: 1 };
  return { maxCostUsd: maxCostUsd / count, maxRequests: Math.ceil(maxRequests / count) };
}

async function bookOf(
  { target, fixtures }: RunSettings,
  { ids, prices }: Awaited<ReturnType<typeof modelsOf>>,
  where: Where | null,
): Promise<PriceBook> {
  if (target !== 'live') return { prices: {}, sources: [], requests: 0 };
  return priceBook(ids, { fixtures, known: prices, where });
}

function refuseIncomplete({ select }: RunSettings, inventory: readonly ListedScenario[]): void {
  const profile = profileNamed(select.profile);
  const missing = missingFrom(
    profile,
    inventory.map(({ id }) => id),
  );
  if (missing.length === 0) return;
  throw new HarnessError(
    'E_CONFIG',
    `Profile ${stampOf(profile)} requires ${missing.join(', ')}, which no suite declares. --profile goes with the suites of the harness.`,
  );
}
