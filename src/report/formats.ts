import { renderGithubEnd } from './github-end.ts';
import { renderJsonEnd } from './json-end.ts';
import type { Paint } from './paint.ts';
import { verdictPhrase } from './phrases.ts';
import type { RunReport } from './run-report.ts';
import { renderEnd } from './terminal.ts';

/** How the end of a run can be told on standard output. */
export const endFormats = ['text', 'github', 'json', 'quiet'] as const;

export type EndFormat = (typeof endFormats)[number];

interface Circumstances {
  paint: Paint;
  /** The reports by kind, as paths for people; the JUnit file is among them. */
  files: { junit: string } & Record<string, string>;
}

/** The end of a run in the format asked for. */
export function renderEndAs(format: EndFormat, report: RunReport, { paint, files }: Circumstances): string {
  switch (format) {
    case 'text':
      return renderEnd(report, { paint, junitFile: files.junit });
    case 'github':
      return renderGithubEnd(report, renderEnd(report, { paint, junitFile: files.junit }));
    case 'json':
      return renderJsonEnd(report, files);
    case 'quiet':
      return `${verdictPhrase(report)}\n`;
  }
}
