import type { HistoryEntry } from '../report/history-entry.ts';
import { countVerdicts } from '../report/counts.ts';

/** An entry for tests: a replay of nothing, changed where a test says so. */
export function historyEntryOf(changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    runId: '2026-11-22T12-00-00Z-ab12',
    at: '2026-11-22T12:00:00.000Z',
    target: 'replay',
    profile: 'all',
    harnessVersion: '0.1.0',
    contractVersion: '2026-11-23',
    recordedFrom: 'sandbox',
    counts: countVerdicts([]),
    spend: null,
    models: {},
    verdicts: {},
    ...changes,
  };
}
