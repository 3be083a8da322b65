import type { Counts } from '../counts.ts';
import type { HistoryEntry, ModelFigures } from '../history-entry.ts';

/** The last runs beside each other, oldest first. */
export interface Trend {
  /** How many earlier ones are not shown. */
  omitted: number;
  models: string[];
  runs: {
    runId: string;
    at: string;
    /** Where the answers came from, e.g. `replay of sandbox`. */
    target: string;
    counts: Counts;
    /** In the order of `models`; null where the run has none. */
    figures: (ModelFigures | null)[];
  }[];
}

const maxRuns = 60;

/** Null without at least two runs: one is no trend. */
export function trendOf(history: readonly HistoryEntry[]): Trend | null {
  if (history.length < 2) return null;
  const shown = history.slice(-maxRuns);
  const models = [...new Set(shown.flatMap((entry) => Object.keys(entry.models)))].toSorted();
  return {
    omitted: history.length - shown.length,
    models,
    runs: shown.map(({ runId, at, target, recordedFrom, counts, models: figures }) => ({
      runId,
      at,
      target: recordedFrom === null ? target : `${target} of ${recordedFrom} recordings`,
      counts,
      figures: models.map((model) => figures[model] ?? null),
    })),
  };
}
