import { brief } from './brief.ts';
import { having, requiredOf } from './case-lists.ts';
import type { Annotation } from './github.ts';
import { errorCommands, withoutCommands } from './github.ts';
import { subjectOf } from './matrix.ts';
import { byLevel } from './phrases.ts';
import type { ReportCase, RunReport } from './run-report.ts';
import { count } from './text.ts';

const maxValueLength = 400;

/** The end of a run for the log of a GitHub job: what is wrong as annotations, then the text for people. */
export function renderGithubEnd(report: RunReport, text: string): string {
  const rest = { title: 'byok run', where: 'the log of this step and in the reports' };
  return [...errorCommands(annotationsOf(report), rest), withoutCommands(text)].join('\n');
}

/** Failures first; what could not run for the same reason is one annotation, lest it crowd out another reason. */
function annotationsOf({ cases, problems }: RunReport): Annotation[] {
  const required = requiredOf(cases);
  const stopped = having(required, 'could-not-run');
  return [
    ...having(required, 'fail').map(failure),
    ...problems.map(({ code, message, file }) => ({ title: code, message, ...(file !== undefined && { file }) })),
    ...Map.groupBy(stopped, ({ code, reason }) => `${code}: ${reason}`)
      .values()
      .map(couldNotRun),
  ];
}

function failure(one: ReportCase): Annotation {
  const [finding] = byLevel(one.findings);
  const others = one.findings.length > 1 ? ` (and ${count(one.findings.length - 1, 'more finding')})` : '';
  return {
    ...placeOf(one),
    title: finding?.check ?? 'failed',
    message: `${nameOf(one)}: ${brief(one.findings, maxValueLength) ?? one.reason ?? 'no finding was given'}${others}`,
  };
}

function couldNotRun(same: readonly ReportCase[]): Annotation {
  const one = same[0] as ReportCase;
  const who = same.length === 1 ? nameOf(one) : `${count(same.length, 'case')}, e.g. ${nameOf(one)}`;
  return {
    ...placeOf(one),
    title: `could not run: ${one.code ?? 'no code'}`,
    message: `${who}: ${one.reason ?? 'no reason was given'}`,
  };
}

function nameOf(one: ReportCase): string {
  return `${one.name} ${subjectOf(one)}`;
}

/** A case that never ended has no line. */
function placeOf({ file, line }: ReportCase): Pick<Annotation, 'file' | 'line'> {
  return { file, ...(line > 0 && { line }) };
}
