import type { CaseFinished, RunStarted } from '../report/events.ts';
import type { HistoryEntry } from '../report/history-entry.ts';
import { chargesOf, modelFigures } from './model-figures.ts';
import { costAt } from './token-prices.ts';

/** What still counts as steady, and against how much of the past. docs/history.md says so to the reader. */
const band = {
  /** The first content is late when it takes longer than so many times the usual time, */
  firstContentTimes: 1.5,
  /** and also so many milliseconds longer: a few more of very few say nothing. */
  firstContentMs: 500,
  /** The price has moved when it is so great a part of the usual one higher or lower. */
  priceShare: 0.05,
  /** The usual value is the median of so many runs, */
  newest: 10,
  /** if there are so many at least. */
  fewest: 5,
} as const;

export const driftFamily = 'history';

/**
 * What of a live run is worth a warning only beside the runs before it: two cases per model, on its first content and its price. The past
 * of a model are the newest runs with the same base URL and profile, whatever the profile's version.
 */
export function driftCases(
  { run, cases }: { run: RunStarted; cases: readonly CaseFinished[] },
  earlier: readonly HistoryEntry[],
): CaseFinished[] {
  if (run.target !== 'live') return [];
  const past = earlier.filter(
    (entry) =>
      entry.runId !== run.runId &&
      entry.target === 'live' &&
      entry.baseUrl === run.baseUrl &&
      nameOf(entry.profile) === nameOf(run.profile),
  );
  const byModel = Map.groupBy(cases, ({ model }) => model);
  return [...byModel].flatMap(([model, ofModel]) =>
    model === null ? [] : [firstContentCase(model, ofModel, past), priceCase(model, ofModel, past)],
  );
}

/** `gate` of `gate@1`. */
function nameOf(profile: string): string {
  return profile.replace(/@.*$/, '');
}

function firstContentCase(model: string, cases: readonly CaseFinished[], past: readonly HistoryEntry[]): CaseFinished {
  const now = modelFigures(cases)[model]?.firstContentP50Ms ?? null;
  return steadyCase(model, 'first-token-steady', 'The first content comes about as soon as it usually does.', {
    now,
    before: past.flatMap(({ models }) => models[model]?.firstContentP50Ms ?? []),
    breaks: (value, usual) => value > usual * band.firstContentTimes && value > usual + band.firstContentMs,
    expected: (usual) =>
      `first content after at most ${ms(Math.max(usual * band.firstContentTimes, usual + band.firstContentMs))} (usually ${ms(usual)})`,
    actual: (value) => `first content after ${ms(value)}`,
    where: 'median over all streams on the own key',
  });
}

function priceCase(model: string, cases: readonly CaseFinished[], past: readonly HistoryEntry[]): CaseFinished {
  const charges = chargesOf(cases);
  const total = {
    promptTokens: charges.reduce((sum, { promptTokens }) => sum + promptTokens, 0),
    completionTokens: charges.reduce((sum, { completionTokens }) => sum + completionTokens, 0),
  };
  const tokens = total.promptTokens + total.completionTokens;
  const perThousand = (costUsd: number) => (costUsd / tokens) * 1_000;
  return steadyCase(model, 'price-steady', 'A token costs about what it usually does.', {
    now: tokens === 0 ? null : perThousand(charges.reduce((sum, { costUsd }) => sum + costUsd, 0)),
    // What the tokens of this run would have cost in each run before, so that other prompts and longer answers are no other price.
    before: past.flatMap(({ models }) => {
      const prices = models[model]?.tokenPrices;
      return prices === undefined || tokens === 0 ? [] : perThousand(costAt(prices, total));
    }),
    breaks: (value, usual) => Math.abs(value - usual) > usual * band.priceShare * (1 + 1e-9),
    expected: (usual) => `${usd(usual)} per 1,000 tokens, ${band.priceShare * 100} % more or less`,
    actual: (value, usual) =>
      `${usd(value)} per 1,000 tokens${usual > 0 ? `, ${(Math.abs(value / usual - 1) * 100).toFixed(1)} % ${value > usual ? 'more' : 'less'}` : ''}`,
    where: 'what the provider charged for all answers on the own key',
  });
}

interface Comparison {
  /** Null when this run has nothing to compare. */
  now: number | null;
  /** Oldest first. */
  before: readonly number[];
  breaks(value: number, usual: number): boolean;
  expected(usual: number): string;
  actual(value: number, usual: number): string;
  where: string;
}

function steadyCase(model: string, name: string, says: string, { now, before, ...compare }: Comparison): CaseFinished {
  const frame = {
    type: 'case-finished' as const,
    scenario: `${driftFamily}/${name}`,
    family: driftFamily,
    model,
    mode: null,
    says,
    requirements: [],
    file: 'docs/history.md',
    line: 0,
    steps: [],
    findings: [],
    notes: [],
    durationMs: 0,
    attempts: 1,
  };
  if (now === null) {
    return { ...frame, verdict: 'not-applicable', reason: 'No answer of this run on the own key shows it.' };
  }
  if (before.length < band.fewest) {
    const reason = `${before.length} comparable earlier runs in the history, and it takes ${band.fewest} to know what is usual.`;
    return { ...frame, verdict: 'not-applicable', reason };
  }
  const newest = before.slice(-band.newest);
  const usual = median(newest);
  if (!compare.breaks(now, usual)) return { ...frame, verdict: 'pass' };
  const finding = {
    check: `${driftFamily}.${name}`,
    level: 'should' as const,
    expected: `${compare.expected(usual)}, by the median of ${newest.length} runs`,
    actual: compare.actual(now, usual),
    where: compare.where,
    step: 'the whole run',
  };
  return { ...frame, verdict: 'warn', findings: [finding] };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

function usd(value: number): string {
  return `${value.toPrecision(4)} USD`;
}
