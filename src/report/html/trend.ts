import type { Counts } from '../counts.ts';
import type { HistoryEntry, ModelFigures } from '../history-entry.ts';
import { isRealService } from '../origin.ts';

/** The last runs beside each other, oldest first. */
export interface Trend {
  /** Where the answers of all of them come from and what was asked for, e.g. `replay of sandbox recordings, gate`. */
  source: string;
  /** What they cost was paid. */
  real: boolean;
  /** How many earlier ones are not shown. */
  omitted: number;
  models: string[];
  runs: {
    runId: string;
    at: string;
    counts: Counts;
    /** In the order of `models`; null where the run has none. */
    figures: (ModelFigures | null)[];
  }[];
}

const maxRuns = 60;

/**
 * Runs of the newest one's profile with answers from the same place: figures of the sandbox beside OpenRouter's, or of a few cases
 * beside those of many, would mislead. Null without two, which are no trend.
 */
export function trendOf(history: readonly HistoryEntry[]): Trend | null {
  const newest = history.at(-1);
  const alike = history.filter((entry) => newest !== undefined && sourceOf(entry) === sourceOf(newest));
  if (newest === undefined || alike.length < 2) return null;
  const shown = alike.slice(-maxRuns);
  const models = [...new Set(shown.flatMap((entry) => Object.keys(entry.models)))].toSorted();
  return {
    source: sourceOf(newest),
    real: isRealService({ target: newest.target, baseUrl: newest.baseUrl ?? null }),
    omitted: alike.length - shown.length,
    models,
    runs: shown.map(({ runId, at, counts, models: figures }) => ({
      runId,
      at,
      counts,
      figures: models.map((model) => figures[model] ?? null),
    })),
  };
}

function sourceOf({ target, baseUrl, recordedFrom, profile }: HistoryEntry): string {
  const answers = recordedFrom === null ? target : `${target} of ${recordedFrom} recordings`;
  const place = baseUrl === undefined ? '' : ` at ${baseUrl}`;
  return `${answers}${place}, ${profile.replace(/@.*/, '')}`;
}
