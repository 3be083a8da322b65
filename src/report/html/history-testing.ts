import type { HistoryEntry } from '../history-entry.ts';

/** What a run left behind, for tests. */
export function historyEntry(index: number): HistoryEntry {
  return {
    runId: `run-${index}`,
    at: '2026-11-23T12:00:00.000Z',
    target: 'live',
    profile: 'nightly@1',
    harnessVersion: '0.1.0',
    contractVersion: '2026-11-23',
    recordedFrom: null,
    counts: { pass: index, fail: 0, warn: 0, known: 0, 'not-applicable': 0, 'could-not-run': 0 },
    spend: null,
    models: { 'a/one': { firstContentP50Ms: 1, firstContentP95Ms: null, costUsd: 0 } },
    verdicts: {},
  };
}
