import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cassettePath } from '../cassettes/store.ts';
import { HarnessError } from '../errors.ts';
import type { CaseId, CasesPlanned, Shard } from '../report/events.ts';
import { titleOf } from '../scenario/scenario.ts';

/**
 * Reads `2/3`.
 *
 * @throws HarnessError E_CONFIG
 */
export function shardOf(text: string | undefined): Shard | null {
  if (text === undefined) return null;
  const [index, count] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number);
  if (index === undefined || count === undefined || index < 1 || index > count) {
    throw new HarnessError('E_CONFIG', `--shard ${text}: expected a part and a number of parts, such as 1/3.`);
  }
  return { index, count };
}

/**
 * Titles of the cases that one of several machines runs: each case on exactly one of them, and about as much recorded time on each. The
 * same on every machine that has the same recordings.
 */
export function partOf(planned: readonly CasesPlanned[], { index, count }: Shard, fixtures: string): Set<string> {
  const cases = planned
    .flatMap((plan) => plan.cases)
    .map((ref) => ({ title: titleOf(ref), ms: recordedMs(ref, fixtures) }));
  const known = cases.flatMap(({ ms }) => ms ?? []);
  const usual = known.length === 0 ? 1 : known.reduce((sum, ms) => sum + ms, 0) / known.length;
  const loads = Array.from({ length: count }, () => ({ ms: 0, titles: new Set<string>() }));
  // Longest first, each to whoever has least to do.
  const byLength = cases
    .map(({ title, ms }) => ({ title, ms: ms ?? usual }))
    .sort((a, b) => b.ms - a.ms || (a.title < b.title ? -1 : 1));
  for (const { title, ms } of byLength) {
    const least = loads.reduce((a, b) => (b.ms < a.ms ? b : a));
    least.ms += ms;
    least.titles.add(title);
  }
  return loads[index - 1]?.titles ?? new Set();
}

/** Milliseconds that all exchanges of the case took when they were recorded; null when they were not. */
function recordedMs(ref: CaseId, fixtures: string): number | null {
  try {
    const { exchanges } = JSON.parse(readFileSync(join(fixtures, cassettePath(ref)), 'utf8')) as {
      exchanges: { end: { at: number } }[];
    };
    return exchanges.reduce((sum, { end }) => sum + end.at, 0);
  } catch {
    return null;
  }
}
