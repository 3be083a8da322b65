import { join } from 'node:path';
import { renderCtrf } from './ctrf.ts';
import { eventsFile } from './event-log.ts';
import { writeParts, writeWhole } from './files.ts';
import type { HistoryEntry } from './history-entry.ts';
import { renderHtml } from './html/render-html.ts';
import { renderJunit } from './junit.ts';
import { readEvents } from './read-events.ts';
import { summarise, type RunReport } from './run-report.ts';
import { renderSummary } from './summary.ts';

/** A run and the files it was rendered to. */
export interface Rendered {
  report: RunReport;
  /** Several, where the run is too big for one. */
  junitFiles: string[];
  resultsFile: string;
  summaryFile: string;
  pageFile: string;
}

/**
 * Renders the `events.ndjson` of a run's folder into `junit.xml`, `results.json`, `summary.md` and `index.html` beside it.
 *
 * @param extras.historyOf earlier runs and this one, oldest first, for the trend on the page
 *
 * Throws a `HarnessError` when the events cannot be read or a file cannot be written.
 */
export function renderReports(
  folder: string,
  extras: { historyOf?: (report: RunReport) => readonly HistoryEntry[] } = {},
): Rendered {
  const report = summarise(readEvents(join(folder, eventsFile)));
  const resultsFile = join(folder, 'results.json');
  const summaryFile = join(folder, 'summary.md');
  const junitFiles = writeParts(folder, 'junit', renderJunit(report));
  writeWhole(resultsFile, renderCtrf(report));
  writeWhole(summaryFile, renderSummary(report));
  const pageFile = join(folder, 'index.html');
  writeWhole(pageFile, renderHtml(report, { history: extras.historyOf?.(report) ?? [] }));
  return { report, junitFiles, resultsFile, summaryFile, pageFile };
}
