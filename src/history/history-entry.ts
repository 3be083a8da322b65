import type { Verdict } from '../report/events.ts';
import type { HistoryEntry } from '../report/history-entry.ts';
import type { RunReport } from '../report/run-report.ts';
import { titleOf } from '../scenario/scenario.ts';
import { driftFamily } from './drift.ts';
import { modelFigures } from './model-figures.ts';

/** What a run leaves for later ones to be compared with; null for one that is no whole run: stopped, killed, a shard, or without a case. */
export function historyEntry({ run, ending, finished, cases, counts, origin }: RunReport): HistoryEntry | null {
  if (ending !== 'complete' || run.shard !== undefined || cases.length === 0) return null;
  const { runId, at, target, baseUrl, profile, harnessVersion, contractVersion } = run;
  return {
    runId,
    at,
    target,
    ...(baseUrl !== null && { baseUrl }),
    profile,
    harnessVersion,
    contractVersion,
    // Recordings of both kinds are never called live ones.
    recordedFrom: origin.sandbox ? 'sandbox' : origin.live ? 'live' : null,
    counts,
    spend: finished?.spend
      ? { openRouterUsd: finished.spend.openRouterUsd, providerUsd: finished.spend.providerUsd }
      : null,
    models: modelFigures(cases),
    // Drift is found by comparing with this very history.
    verdicts: Object.fromEntries(
      cases.filter(({ family }) => family !== driftFamily).map((one): [string, Verdict] => [titleOf(one), one.verdict]),
    ),
  };
}
