import type { Cassette, Recording } from '../cassettes/format.ts';
import { readCassette } from '../cassettes/store.ts';
import { fromRecording } from '../cassettes/wire.ts';
import { readAnswer } from '../exchange/answer.ts';
import { ceilingOf, type Means } from '../exchange/budget.ts';
import type { Call } from '../exchange/exchange.ts';
import { objectOf } from '../exchange/json-reading.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import type { CaseId, CasesPlanned } from '../report/events.ts';
import { effortOf, mostProbes } from '../scenario/effort.ts';
import { ionet } from '../provider.ts';
import { probeCall } from '../targets/arranged-session.ts';
import type { PriceBook } from './price-book.ts';
import type { Limits } from '../profiles/profile.ts';

/** What some cases send and cost at most. */
export type PlannedEffort = Record<(typeof figures)[number], number>;

const figures = [
  'cases',
  /** Of them: those whose calls nobody has recorded, so that they are not in the other figures. */
  'unrecorded',
  /** The scenarios' own calls, and those for what they read around them. */
  'requests',
  /** What is made for them through the management API, and deleted. */
  'managing',
  /** The most that is asked while a change takes effect. */
  'probes',
  'tokens',
  'usd',
  /** What the recorded answers cost, where they say so: US dollars, credits and provider together. */
  'recordedUsd',
] as const;

const nothing = Object.fromEntries(figures.map((figure) => [figure, 0])) as PlannedEffort;

/**
 * The most that the cases take, by model ('' for those about the account), from the calls that their recordings hold. Calls made again
 * after a failure come on top; the budget holds them all the same.
 */
export async function plannedEfforts(
  planned: readonly CasesPlanned[],
  { fixtures, prices }: { fixtures: string; prices: Means['prices'] },
): Promise<Map<string, PlannedEffort>> {
  const efforts = new Map<string, PlannedEffort>();
  for (const ref of planned.flatMap(({ cases }) => cases)) {
    const model = ref.model ?? '';
    efforts.set(model, sum(efforts.get(model) ?? nothing, await effortOfCase(ref, { fixtures, prices })));
  }
  return efforts;
}

async function effortOfCase(
  ref: CaseId,
  { fixtures, prices }: { fixtures: string; prices: Means['prices'] },
): Promise<PlannedEffort> {
  const one = { ...nothing, cases: 1 };
  const cassette = await recordingOf(ref, fixtures);
  if (cassette === null) return { ...one, unrecorded: 1 };
  const ceilings = cassette.exchanges.map(({ request }) => ceilingOf(callOf(request, ref), prices));
  const givens = new Set(cassette.exchanges.map(({ credential }) => credential));
  const made = [...givens].map(effortOf);
  const probes = total(made.map(({ waits }) => waits * mostProbes));
  const probe = ceilingOf(probeCall(ref.model ?? ''), prices);
  return {
    ...one,
    requests: ceilings.length,
    managing: total(made.map(({ managing }) => managing)),
    probes,
    tokens: total(ceilings.map(({ tokens }) => tokens)) + probes * probe.tokens,
    usd: total(ceilings.map(({ usd }) => usd)) + probes * probe.usd,
    recordedUsd: total(cassette.exchanges.map(recordedCost)),
  };
}

/** What is recorded of the case, or of the same with another model: it sends the same calls. */
async function recordingOf(ref: CaseId, fixtures: string): Promise<Cassette | null> {
  for (const model of ref.model === null ? [null] : [ref.model, ...ionet.models]) {
    const cassette = await readCassette(fixtures, { ...ref, model }).catch(() => null);
    if (cassette !== null) return cassette;
  }
  return null;
}

function callOf({ method, path, headers, body }: Recording['request'], { model }: CaseId): Call {
  const sent = objectOf(body);
  return { method, path, headers, body: sent === undefined || model === null ? body : { ...sent, model } };
}

function recordedCost(recording: Recording): number {
  const { usage } = readAnswer(readExchange(fromRecording(recording))) ?? {};
  const provider = usage?.['is_byok'] === true ? objectOf(usage['cost_details'])?.['upstream_inference_cost'] : 0;
  return total([usage?.['cost'], provider].map((amount) => (typeof amount === 'number' ? amount : 0)));
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

function sum(a: PlannedEffort, b: PlannedEffort): PlannedEffort {
  return Object.fromEntries(figures.map((figure) => [figure, a[figure] + b[figure]])) as PlannedEffort;
}

/** The plan in words: a row for each model, and what the limits make of it. */
export function planInWords(
  efforts: ReadonlyMap<string, PlannedEffort>,
  { profile, limits, sources }: { profile: string; limits: Limits; sources: PriceBook['sources'] },
): string {
  const whole = [...efforts.values()].reduce(sum, nothing);
  const rows: string[][] = [
    ['', 'cases', 'requests', 'for set-up', 'while waiting', 'tokens', 'USD'],
    ...[...efforts].map(([model, effort]) => row(model || 'the account', effort)),
    row('together', whole),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0))) ?? [];
  const table = rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  // A run asks for the prices of each model first.
  const looks = [...efforts.keys()].filter((model) => model !== '').length;
  const requests = looks + whole.requests + whole.managing + whole.probes;
  return [
    `A plan for profile ${profile}, at most; nothing was sent.`,
    '',
    ...table,
    '',
    `At most ${requests} requests, ${looks} of them for prices, and ${usd(whole.usd)} USD; the recorded answers cost ${usd(whole.recordedUsd)} USD.`,
    `The limits are ${limits.maxRequests} requests and ${limits.maxCostUsd} USD: ${
      whole.usd > limits.maxCostUsd || requests > limits.maxRequests
        ? 'calls wait for one another where they could exceed them, and the run ends as incomplete if it really reaches them.'
        : 'they are enough.'
    }`,
    `Prices: ${sources.join('; ') || 'none'}, the dearest endpoint of each model; every prompt counted as a token a byte.`,
    ...(whole.unrecorded > 0
      ? [`${whole.unrecorded} cases are not in the figures: nothing is recorded of what they send.`]
      : []),
    '',
  ].join('\n');
}

function row(name: string, { cases, requests, managing, probes, tokens, usd: ceiling }: PlannedEffort): string[] {
  return [name, String(cases), String(requests), String(managing), String(probes), String(tokens), usd(ceiling)];
}

function usd(amount: number): string {
  return amount.toFixed(4);
}
