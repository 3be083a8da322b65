import { type Annotation, errorCommands, withoutCommands } from '../../report/github.ts';
import { type CheckReport, isFailure, nameOf } from './check-report.ts';
import { summary } from './text.ts';

/** Annotations for GitHub, and what it all comes to. */
export function githubReport(report: CheckReport): string {
  const rest = { title: 'byok check', where: 'the output of --format text' };
  const errors = errorCommands(annotationsOf(report), rest);
  return [...errors, ...summary(report).map(withoutCommands), ''].join('\n');
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
