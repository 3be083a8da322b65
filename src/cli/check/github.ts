import { line } from '../../report/text.ts';
import { type CheckReport, isFailure, nameOf } from './check-report.ts';
import { summary } from './text.ts';

/** GitHub shows ten annotations of a kind per step and drops the others. */
const most = 10;

interface Annotation {
  file?: string;
  title: string;
  message: string;
}

/**
 * Workflow commands that GitHub turns into annotations, and what it all comes to. Source:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function githubReport(report: CheckReport): string {
  const all = annotationsOf(report);
  const shown = all.length > most ? all.slice(0, most - 1) : all;
  if (all.length > most) {
    shown.push({ title: 'byok check', message: `${all.length - shown.length} more, in the output of --format text` });
  }
  return [...shown.map(command), ...summary(report), ''].join('\n');
}

function annotationsOf({ exchanges, files, stale }: CheckReport): Annotation[] {
  return [
    ...files.flatMap(({ file, problem }) =>
      problem === undefined ? [] : [{ file, title: 'unreadable', message: problem }],
    ),
    ...exchanges.flatMap((exchange) =>
      exchange.findings.filter(isFailure).map(({ check, where, expected, actual }) => ({
        file: exchange.file,
        title: check,
        message: `${nameOf(exchange)} at ${where}: expected ${expected}, was ${actual}`,
      })),
    ),
    ...stale.map(({ capture, check }) => ({
      title: 'stale expectation',
      message: `${capture} has no finding of ${check} any more`,
    })),
  ];
}

function command({ file, title, message }: Annotation): string {
  const place = file === undefined ? '' : `file=${property(file)},`;
  return `::error ${place}title=${property(title)}::${data(message)}`;
}

function data(text: string): string {
  return line(text, 1_000).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
