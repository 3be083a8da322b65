import type { Verdict } from './events.ts';
import type { ReportCase } from './run-report.ts';
import { line } from './text.ts';

export function having(cases: readonly ReportCase[], verdict: Verdict): ReportCase[] {
  return cases.filter((one) => one.verdict === verdict);
}

/** Those that the profile asks for: the others decide nothing. */
export function requiredOf(cases: readonly ReportCase[]): ReportCase[] {
  return cases.filter((one) => !one.beyondProfile);
}

/** What was not as it should be: first what the profile asks for, and there failures before what could not run. */
export function troubled(cases: readonly ReportCase[]): ReportCase[] {
  const rank = ({ beyondProfile, verdict }: ReportCase) =>
    2 * Number(beyondProfile ?? false) + Number(verdict !== 'fail');
  return [...having(cases, 'fail'), ...having(cases, 'could-not-run')].toSorted((a, b) => rank(a) - rank(b));
}

/** The notes of all cases in a line each, with the cases that have it. */
export function casesByNote(cases: readonly ReportCase[]): Map<string, ReportCase[]> {
  const noted = cases.flatMap((one) => one.notes.map((note) => ({ one, note: line(note, 400) })));
  const groups = Map.groupBy(noted, ({ note }) => note);
  return new Map([...groups].map(([note, same]) => [note, same.map(({ one }) => one)]));
}
