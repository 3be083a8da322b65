import { beyondCounts } from './beyond-profile.ts';
import type { Counts } from './counts.ts';
import { having } from './case-lists.ts';
import { type Charges, chargesOf } from './charges.ts';
import type { CaseFinding, Shard } from './events.ts';
import { originPhrase } from './origin.ts';
import { byLevel, rerunCommand, verdictPhrase, verdictWord } from './phrases.ts';
import { exitCode, type ReportCase, type RunReport } from './run-report.ts';
import type { ReportFiles } from './terminal.ts';
import { clean, excerpt, line } from './text.ts';

const maxValueLength = 2_000;

/** What `--format json` prints. Fields may be added; a change that breaks a reader raises `format`. */
export interface RunResult {
  format: 1;
  verdict: 'passed' | 'failed' | 'broken' | 'incomplete' | 'interrupted';
  /** The verdict in a sentence. */
  says: string;
  exitCode: 0 | 1 | 2 | 3 | 130;
  ending: RunReport['ending'];
  runId: string;
  target: RunReport['run']['target'];
  /** Null for a replay. */
  baseUrl: string | null;
  /** With its version, e.g. `gate@1`. */
  profile: string;
  shard?: Shard;
  harnessVersion: string;
  /** `YYYY-MM-DD` */
  contractVersion: string;
  /** Where the answers come from, in words. */
  recordings: string;
  /** Of the cases that the profile asks for. */
  counts: Counts;
  /** Of the other cases, which decide nothing. */
  beyondProfile: Counts;
  /** `spent` is zero unless OpenRouter itself answered; `stated` is what answers say that nobody was charged for. */
  costUsd: Charges;
  /** The reports, by kind. */
  files: ReportFiles;
  failures: FailedCase[];
  couldNotRun: StoppedCase[];
  problems: { code: string; message: string; file?: string }[];
}

interface NamedCase {
  scenario: string;
  model: string | null;
  mode: 'json' | 'stream' | null;
  /** Of the suite. */
  file: string;
  /** 0 when the case never ended. */
  line: number;
  /** Runs this case alone. */
  rerun: string;
  /** Present where it is true. */
  beyondProfile?: true;
}

interface FailedCase extends NamedCase {
  /** The most binding first. */
  findings: CaseFinding[];
}

interface StoppedCase extends NamedCase {
  code: string | null;
  reason: string | null;
}

/** The end of a run for programs: one JSON object. */
export function renderJsonEnd(report: RunReport, files: ReportFiles): string {
  const { run, cases, problems, cost } = report;
  const code = exitCode(report);
  const result: RunResult = {
    format: 1,
    verdict: verdictWord[code].toLowerCase() as RunResult['verdict'],
    says: verdictPhrase(report),
    exitCode: code,
    ending: report.ending,
    runId: clean(run.runId),
    target: run.target,
    baseUrl: run.baseUrl && clean(run.baseUrl),
    profile: clean(run.profile),
    ...(run.shard && { shard: run.shard }),
    harnessVersion: clean(run.harnessVersion),
    contractVersion: clean(run.contractVersion),
    recordings: originPhrase(report.origin),
    counts: report.required,
    beyondProfile: beyondCounts(cases),
    costUsd: chargesOf(cost),
    files,
    failures: having(cases, 'fail').map((one) => ({
      ...named(report, one),
      findings: byLevel(one.findings).map(shortened),
    })),
    couldNotRun: having(cases, 'could-not-run').map((one) => ({
      ...named(report, one),
      code: one.code ?? null,
      reason: one.reason === undefined ? null : excerpt(one.reason, maxValueLength),
    })),
    problems: problems.map(({ code: kind, message, file }) => ({
      code: clean(kind),
      message: excerpt(message, maxValueLength),
      ...(file !== undefined && { file: clean(file) }),
    })),
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

function named({ run }: RunReport, one: ReportCase): NamedCase {
  return {
    scenario: clean(one.scenario),
    model: one.model && clean(one.model),
    mode: one.mode,
    file: clean(one.file),
    line: one.line,
    rerun: rerunCommand(run, one),
    ...(one.beyondProfile && { beyondProfile: true }),
  };
}

function shortened({ check, level, expected, actual, where, step }: CaseFinding): CaseFinding {
  return {
    check: line(check, 200),
    level,
    expected: excerpt(expected, maxValueLength),
    actual: excerpt(actual, maxValueLength),
    where: line(where, maxValueLength),
    step: line(step, maxValueLength),
  };
}
