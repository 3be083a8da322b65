import type { CaptureExpectation } from '../../captured/capture-expectations.ts';
import type { SkipReason } from '../../captured/entry.ts';
import type { JudgedExchange } from '../../captured/judge-capture.ts';
import type { OpenCapture } from '../../captured/open-capture.ts';
import type { Finding } from '../../checks/check.ts';
import type { Level } from '../../contract/requirement.ts';

/** A finding, with the reason why it was expected where it was. */
export interface CheckFinding extends Finding {
  expectedBecause?: string;
}

/** One exchange, the most binding findings first. */
export interface CheckedExchange extends Omit<JudgedExchange, 'findings'> {
  file: string;
  findings: CheckFinding[];
}

export interface CheckedFile {
  file: string;
  form: OpenCapture['form'] | null;
  exchanges: number;
  skipped: { why: SkipReason; count: number; hosts?: Record<string, number> }[];
  /** Why it could not be read, or not to its end. */
  problem?: string;
}

/** All that `byok check` has to say; nothing secret is left in it. */
export interface CheckReport {
  files: CheckedFile[];
  exchanges: CheckedExchange[];
  /** Expectations that no finding answered to any more. */
  stale: CaptureExpectation[];
  /** Routing was demanded, and there was no answer to demand it of. */
  nothingProven: boolean;
}

function findingsOf({ exchanges }: CheckReport): CheckFinding[] {
  return exchanges.flatMap(({ findings }) => findings);
}

/** A binding finding that nobody foresaw. */
export function isFailure({ level, expectedBecause }: CheckFinding): boolean {
  return level === 'must' && expectedBecause === undefined;
}

export function countsOf(report: CheckReport): Record<Level, number> & { expected: number } {
  const counts = { must: 0, should: 0, observed: 0, expected: 0 };
  for (const { level, expectedBecause } of findingsOf(report)) {
    counts[level] += 1;
    if (expectedBecause !== undefined) counts.expected += 1;
  }
  return counts;
}

/** 0 nothing wrong, 1 a binding finding or a stale expectation, 2 something unreadable, 3 nothing to judge. 1 beats 2 beats 3. */
export function exitCodeOf(report: CheckReport): 0 | 1 | 2 | 3 {
  if (findingsOf(report).some(isFailure) || report.stale.length > 0) return 1;
  if (report.files.some(({ problem }) => problem !== undefined)) return 2;
  return report.exchanges.length === 0 || report.nothingProven ? 3 : 0;
}

/** `entry 5 POST /chat/completions [stream]`, unique within its file. */
export function nameOf({ number, method, path, mode }: CheckedExchange): string {
  const place = number === null ? '' : `entry ${number} `;
  return `${place}${method} ${path === '' ? '(unknown path)' : path} [${mode}]`;
}

/** What the exchanges and files come to, in one line. */
export function verdictOf(report: CheckReport): string {
  switch (exitCodeOf(report)) {
    case 1:
      return 'FAILED';
    case 2:
      return 'BROKEN: not everything could be read';
    case 3:
      return report.exchanges.length === 0
        ? 'INCOMPLETE: nothing to judge'
        : 'INCOMPLETE: no answer that could show its routing';
    case 0:
      return 'PASSED';
  }
}
