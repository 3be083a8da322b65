import { historyEntry } from '../history/history-entry.ts';
import { appendHistory } from '../history/history-file.ts';
import type { EndFormat } from '../report/formats.ts';
import type { HistoryEntry } from '../report/history-entry.ts';
import { renderReports } from '../report/render.ts';
import { exitCode } from '../report/run-report.ts';
import { tellEnd } from './tell-end.ts';

interface Past {
  /** Runs before this one, oldest first. */
  earlier: readonly HistoryEntry[];
  /** Where this run is remembered; null: nowhere. */
  remember: string | null;
}

/** Renders the run in a folder, tells how it ended, and remembers it. Returns its exit code. */
export function finish(folder: string, { earlier, remember }: Past, format: EndFormat): number {
  const rendered = renderReports(folder, {
    historyOf(report) {
      const entry = historyEntry(report);
      const others = earlier.filter(({ runId }) => runId !== report.run.runId);
      return entry === null ? others : [...others, entry];
    },
  });
  const entry = historyEntry(rendered.report);
  if (remember !== null && entry !== null) appendHistory(remember, entry);
  tellEnd(rendered, format);
  return exitCode(rendered.report);
}
