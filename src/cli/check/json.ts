import { contractVersion } from '../../contract/version.ts';
import { harnessVersion } from '../../version.ts';
import { type CheckReport, countsOf, exitCodeOf } from './check-report.ts';

/** For programs. The shape is described in docs/check-output.md; a change that breaks a reader raises `format`. */
export function jsonReport(report: CheckReport): string {
  const { files, exchanges, stale } = report;
  const value = {
    format: 1,
    harnessVersion,
    contractVersion,
    exitCode: exitCodeOf(report),
    counts: { exchanges: exchanges.length, ...countsOf(report) },
    files,
    exchanges,
    stale,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
