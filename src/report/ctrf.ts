import { brief } from './brief.ts';
import { caseDetails } from './case-details.ts';
import { chargesOf } from './charges.ts';
import type { CaseFinding, Problem, RunStarted, Verdict } from './events.ts';
import { subjectOf } from './matrix.ts';
import { originPhrase } from './origin.ts';
import { verdictPhrase } from './phrases.ts';
import { exitCode, isFailure, type ReportCase, type RunReport } from './run-report.ts';
import { clean, excerpt } from './text.ts';

const specVersion = '0.0.0';
const maxValueLength = 2_000;

type Status = 'passed' | 'failed' | 'skipped' | 'other';

/**
 * A case that could not run is `other`: neither passed nor failed, and unlike `skipped` still owed. What the profile does not ask
 * for is never owed.
 *
 * Source: the JSON schema at https://ctrf.io, specification 0.0.0, as in the npm package ctrf 0.3.0 (read 2026-11-23).
 */
const statusOfVerdict: Record<Verdict, Status> = {
  pass: 'passed',
  warn: 'passed',
  fail: 'failed',
  'could-not-run': 'other',
  known: 'skipped',
  'not-applicable': 'skipped',
};

function statusOf({ verdict, beyondProfile }: ReportCase): Status {
  const status = statusOfVerdict[verdict];
  return beyondProfile && status !== 'passed' ? 'skipped' : status;
}

/** The run as a CTRF document (https://ctrf.io), JSON text. What CTRF has no field for stands in `extra`. */
export function renderCtrf(report: RunReport): string {
  const { run, finished, cases, problems } = report;
  const tests = [...cases.map((one) => caseTest(run, one)), ...problems.map(problemTest)];
  const start = Date.parse(run.at);
  const having = (status: Status) => tests.filter((test) => test.status === status).length;
  const document = {
    reportFormat: 'CTRF',
    specVersion,
    runId: clean(run.runId),
    timestamp: finished?.at ?? run.at,
    generatedBy: `byok-conformance ${clean(run.harnessVersion)}`,
    results: {
      tool: { name: 'byok-conformance', version: clean(run.harnessVersion) },
      summary: {
        tests: tests.length,
        passed: having('passed'),
        failed: having('failed'),
        skipped: having('skipped'),
        pending: 0,
        other: having('other'),
        start,
        stop: start + Math.round(finished?.durationMs ?? 0),
        extra: {
          exitCode: exitCode(report),
          result: verdictPhrase(report),
          verdicts: report.counts,
        },
      },
      tests,
      environment: {
        testEnvironment: run.target,
        extra: {
          baseUrl: run.baseUrl && clean(run.baseUrl),
          profile: clean(run.profile),
          ...(run.shard && { shard: `${run.shard.index}/${run.shard.count}` }),
          models: run.models.map(clean),
          contractVersion: run.contractVersion,
          recordings: originPhrase(report.origin),
          costUsd: chargesOf(report.cost),
        },
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function caseTest(run: RunStarted, one: ReportCase) {
  const status = statusOf(one);
  const message = one.reason ?? brief(one.findings, maxValueLength / 2);
  return {
    name: clean(`${one.name} ${subjectOf(one)}`),
    status,
    duration: Math.round(one.durationMs),
    suite: [clean(subjectOf(one)), clean(one.family)],
    rawStatus: one.verdict,
    filePath: clean(one.file),
    ...(one.line > 0 && { line: one.line }),
    ...(message !== null && { message: excerpt(message, maxValueLength) }),
    ...((status === 'failed' || status === 'other') && { trace: caseDetails(run, one) }),
    ...(one.attempts > 1 && {
      retries: one.attempts - 1,
      flaky: status === 'passed',
    }),
    ...(one.firstAttempt && { retryAttempts: [firstAttempt(one.firstAttempt)] }),
    extra: {
      scenario: clean(one.scenario),
      model: one.model,
      mode: one.mode,
      verdict: one.verdict,
      ...(one.beyondProfile && { beyondProfile: true }),
      target: run.target,
      recordedFrom: one.origin?.recordedFrom ?? null,
      recordedAt: one.origin?.recordedAt ?? null,
      ...(one.reason !== undefined && { reason: excerpt(one.reason, maxValueLength) }),
      ...(one.waits && { waits: one.waits.map(({ what, ms }) => ({ what: excerpt(what, maxValueLength), ms })) }),
      findings: one.findings.map(findingExtra),
    },
  };
}

function firstAttempt({ reason, findings }: NonNullable<ReportCase['firstAttempt']>) {
  const status = findings.length > 0 ? ('failed' as const) : ('other' as const);
  return {
    attempt: 1,
    status,
    ...(reason !== undefined && { message: excerpt(reason, maxValueLength) }),
    extra: { findings: findings.map(findingExtra) },
  };
}

function problemTest(problem: Problem, index: number) {
  const { code, message, file } = problem;
  return {
    name: `problem ${index + 1}`,
    status: isFailure(problem) ? ('failed' as const) : ('other' as const),
    duration: 0,
    suite: ['problems'],
    message: excerpt(message, maxValueLength),
    rawStatus: 'problem',
    ...(file !== undefined && { filePath: clean(file) }),
    extra: { code: clean(code) },
  };
}

function findingExtra({ check, level, expected, actual, where, step }: CaseFinding) {
  return {
    check,
    level,
    expected: excerpt(expected, maxValueLength),
    actual: excerpt(actual, maxValueLength),
    where: excerpt(where, maxValueLength),
    step: excerpt(step, maxValueLength),
  };
}
