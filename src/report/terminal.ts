import { basename } from 'node:path';
import { beyondPhrase } from './beyond-profile.ts';
import { brief } from './brief.ts';
import { casesByNote, having, requiredOf, troubled } from './case-lists.ts';
import { costPhrase } from './cost.ts';
import { countsPhrase } from './counts.ts';
import { subjectOf } from './matrix.ts';
import { originCaution, originPhrase } from './origin.ts';
import { look, type Paint } from './paint.ts';
import { byLevel, rerunCommand, verdictPhrase } from './phrases.ts';
import { exitCode, type ReportCase, type RunReport } from './run-report.ts';
import { count, excerpt, line } from './text.ts';
import { waitPhrases } from './waits.ts';

const maxFailures = 50;
const maxFindings = 5;
const maxValueLength = 600;
const maxGroups = 20;
const maxNotes = 5;
const maxWaits = 5;

/** The reports of a run, as paths for people. */
export interface ReportFiles {
  /** Several, where the run is too big for one. */
  junit: readonly string[];
  results: string;
  summary: string;
  page: string;
}

export interface Circumstances {
  paint: Paint;
  files: ReportFiles;
}

/** What stands at the end of a run: how it was made, what failed and how to run that again, what could not run. */
export function renderEnd(report: RunReport, { paint, files }: Circumstances): string {
  const sections = [
    header(report, paint),
    failures(report, paint),
    problems(report, paint),
    couldNotRun(report, paint),
    beyondProfile(report, paint),
    known(report, paint),
    warnings(report, paint),
    notes(report),
    [`junit: ${junitFiles(files.junit)}`, `page:  ${files.page}`, paint(verdictFormat(report), verdictPhrase(report))],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The first and the last of several: `reports/latest/junit.xml … junit-3.xml (3 files)`. */
function junitFiles(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  const last = others.at(-1);
  return last === undefined ? first : `${first} … ${basename(last)} (${count(paths.length, 'file')})`;
}

function header(report: RunReport, paint: Paint): string[] {
  const { run, origin, required, cost } = report;
  const beyond = beyondPhrase(report);
  const caution = originCaution(origin);
  return [
    `target: ${run.target} · profile: ${line(run.profile, 100)} · contract of ${run.contractVersion}`,
    paint('bold', `answers: ${originPhrase(origin)}`),
    ...(caution === null ? [] : [paint('yellow', caution)]),
    `cases: ${countsPhrase(required) || 'none'}`,
    ...(beyond === null ? [] : [beyond]),
    `cost: ${costPhrase(cost)}`,
    ...waitPhrases(report.cases).slice(0, maxWaits),
  ];
}

function failures({ run, cases }: RunReport, paint: Paint): string[] {
  const failed = requiredOf(having(cases, 'fail'));
  const lines = failed
    .slice(0, maxFailures)
    .flatMap((one) => [
      '',
      paint(look.fail.format, `${look.fail.symbol} ${line(`${one.name} ${subjectOf(one)}`, 400)}`),
      ...findings(one),
      `  run again: ${rerunCommand(run, one)}`,
    ]);
  if (failed.length > maxFailures) {
    lines.push('', `and ${failed.length - maxFailures} more failures, all in the reports`);
  }
  return lines.length > 0 ? [`Failures (${failed.length})`, ...lines.slice(1)] : [];
}

function findings({ findings: found, reason }: ReportCase): string[] {
  const lines = byLevel(found)
    .slice(0, maxFindings)
    .flatMap(({ check, expected, actual, where, step }) => [
      `  ${line(check, 100)}`,
      `    expected: ${indented(expected)}`,
      `    actual:   ${indented(actual)}`,
      `    where:    ${line(where, 300)}, step ${line(step, 200)}`,
    ]);
  if (found.length > maxFindings) {
    lines.push(`  and ${found.length - maxFindings} more findings, all in the reports`);
  }
  return found.length > 0 ? lines : [`  ${line(reason ?? 'no finding was given', 600)}`];
}

function indented(value: string): string {
  return excerpt(value, maxValueLength).replaceAll('\n', `\n${' '.repeat(14)}`);
}

function problems({ problems: found }: RunReport, paint: Paint): string[] {
  if (found.length === 0) return [];
  return [
    `Problems outside the cases (${found.length})`,
    ...found.map(({ code, message, file }) => {
      const place = file === undefined ? '' : ` in ${line(file, 300)}`;
      return `  ${paint(['red', 'bold'], line(code, 60))}${place}: ${excerpt(message, 2_000).replaceAll('\n', '\n    ')}`;
    }),
  ];
}

function couldNotRun({ cases }: RunReport, paint: Paint): string[] {
  const { symbol, format } = look['could-not-run'];
  const stopped = requiredOf(having(cases, 'could-not-run'));
  const groups = Map.groupBy(
    stopped,
    ({ code, reason }) => `${line(code ?? 'no code', 60)}: ${line(reason ?? 'no reason given', 400)}`,
  );
  return section(
    `Could not run (${stopped.length})`,
    groups,
    (reason, same) =>
      `  ${paint(format, symbol)} ${count(same.length, 'case')}, e.g. ${line(same[0]?.name ?? '', 300)}: ${reason}`,
  );
}

/** Failures that decide nothing, and what could not run without being missed: a line each. */
function beyondProfile({ run, cases }: RunReport, paint: Paint): string[] {
  const found = troubled(cases).filter((one) => one.beyondProfile);
  const byCase = Map.groupBy(found, (one) => line(`${one.name} ${subjectOf(one)}`, 400));
  return section(`Not required by ${line(run.profile, 100)} (${found.length})`, byCase, (name, [one]) => {
    const { symbol, format } = look[one?.verdict ?? 'fail'];
    const findings = one?.findings ?? [];
    const why = [byLevel(findings)[0]?.check, brief(findings, 200) ?? one?.reason].filter((part) => part !== undefined);
    return `  ${paint(format, symbol)} ${name}: ${line(why.join(': '), 500)}`;
  });
}

function known({ cases }: RunReport, paint: Paint): string[] {
  const { symbol, format } = look.known;
  const found = having(cases, 'known');
  const groups = Map.groupBy(found, ({ reason }) => line(reason ?? 'no reason given', 400));
  return section(
    `Known failures (${found.length})`,
    groups,
    (reason, same) =>
      `  ${paint(format, symbol)} ${count(same.length, 'case')}, e.g. ${line(same[0]?.name ?? '', 300)}: ${reason}`,
  );
}

function warnings({ cases }: RunReport, paint: Paint): string[] {
  const { symbol, format } = look.warn;
  const warned = having(cases, 'warn').flatMap((one) => one.findings.map((finding) => ({ one, finding })));
  const groups = Map.groupBy(warned, ({ finding }) => line(finding.check, 100));
  return section(`Warnings (${warned.length})`, groups, (check, same) => {
    const example = `e.g. ${line(same[0]?.one.name ?? '', 300)}: ${brief(
      same.slice(0, 1).map(({ finding }) => finding),
      200,
    )}`;
    return `  ${paint(format, symbol)} ${check}: ${count(same.length, 'time')}, ${example}`;
  });
}

function notes({ cases, counts }: RunReport): string[] {
  const lines = section(
    'Notes',
    casesByNote(cases),
    (note, same) => `  ${note} (${count(same.length, 'case')})`,
    maxNotes,
  );
  return counts['not-applicable'] > 0
    ? [...lines, `${count(counts['not-applicable'], 'case')} not applicable: see the reports for the reasons`]
    : lines;
}

/** A titled list with the biggest groups first; nothing when there are none. */
function section<Item>(
  title: string,
  groups: Map<string, Item[]>,
  render: (key: string, items: Item[]) => string,
  most = maxGroups,
): string[] {
  if (groups.size === 0) return [];
  const sorted = [...groups].toSorted(([, a], [, b]) => b.length - a.length);
  const lines = sorted.slice(0, most).map(([key, items]) => render(key, items));
  const rest = sorted.length - most;
  return [title, ...lines, ...(rest > 0 ? [`  and ${rest} more kinds, all in the reports`] : [])];
}

function verdictFormat(report: RunReport): Parameters<Paint>[0] {
  return exitCode(report) === 0 ? ['green', 'bold'] : ['red', 'bold'];
}
