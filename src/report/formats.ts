import { renderGithubEnd } from './github-end.ts';
import { renderJsonEnd } from './json-end.ts';
import { verdictPhrase } from './phrases.ts';
import type { RunReport } from './run-report.ts';
import { type Circumstances, renderEnd } from './terminal.ts';

/** How the end of a run can be told on standard output. */
export const endFormats = ['text', 'github', 'json', 'quiet'] as const;

export type EndFormat = (typeof endFormats)[number];

/** The end of a run in the format asked for. */
export function renderEndAs(format: EndFormat, report: RunReport, { paint, files }: Circumstances): string {
  switch (format) {
    case 'text':
      return renderEnd(report, { paint, files });
    case 'github':
      return renderGithubEnd(report, renderEnd(report, { paint, files }));
    case 'json':
      return renderJsonEnd(report, files);
    case 'quiet':
      return `${verdictPhrase(report)}\n`;
  }
}
