import { HarnessError } from '../errors.ts';
import { type EndFormat, endFormats, renderEndAs } from '../report/formats.ts';
import type { Rendered } from '../report/render.ts';
import { appendStepSummary } from '../report/step-summary.ts';
import type { Arguments, CommandHelp } from './arguments.ts';
import { painter } from './painter.ts';
import { shown } from './paths.ts';

export const formatOption: CommandHelp['options'][string] = {
  value: endFormats.join('|'),
  says: 'what to print at the end; default text. github: annotations before it, json: one object, quiet: one line',
};

/** @throws HarnessError E_CONFIG for a format that does not exist */
export function formatOf(args: Arguments): EndFormat {
  const asked = args.text('format') ?? 'text';
  const format = endFormats.find((known) => known === asked);
  if (format === undefined) throw new HarnessError('E_CONFIG', `--format ${asked}: expected ${endFormats.join(', ')}.`);
  return format;
}

/** Tells how a run ended, on standard output and, in a GitHub job, on the page of its step. */
export function tellEnd({ report, junitFiles, resultsFile, summaryFile, pageFile }: Rendered, format: EndFormat): void {
  const files = {
    junit: junitFiles.map(shown),
    results: shown(resultsFile),
    summary: shown(summaryFile),
    page: shown(pageFile),
  };
  process.stdout.write(renderEndAs(format, report, { paint: painter(process.stdout), files }));
  const page = process.env['GITHUB_STEP_SUMMARY'];
  if (!page) return;
  const trouble = appendStepSummary(report, page);
  if (trouble !== null) process.stderr.write(`byok: ${trouble}\n`);
}
