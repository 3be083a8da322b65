import { caseDetails, findingsText } from './case-details.ts';
import { brief } from './brief.ts';
import { caseFacts, tokensOf } from './case-facts.ts';
import type { CaseFinding, Problem, RunStarted } from './events.ts';
import { subjectOf } from './matrix.ts';
import { byLevel } from './phrases.ts';
import { isFailure, type ReportCase } from './run-report.ts';
import { excerpt, line, usd } from './text.ts';

/** A test case of JUnit before it is XML. */
export interface JunitCase {
  className: string;
  name: string;
  file?: string;
  line?: number;
  durationMs: number;
  properties: readonly (readonly [string, string])[];
  /** At most one `failure`, `error` or `skipped`: readers look at the first and forget the others. */
  children: readonly JunitChild[];
}

interface JunitChild {
  element: 'failure' | 'error' | 'skipped' | 'flakyFailure' | 'system-out';
  type?: string;
  message?: string;
  text: string;
}

const maxMessageLength = 500;
const maxProblemLength = 20_000;
// Jenkins keeps 500 characters of either end of what a passing test printed: expected and actual have to stand in them.
const maxOutputValueLength = 200;

/** A case as the element that its verdict stands for. What it is made of has to be `stripped`. */
export function junitCase(run: RunStarted, one: ReportCase): JunitCase {
  const output = outputOf(run, one);
  return {
    className: `${subjectOf(one)}.${one.family}`,
    name: one.name,
    file: one.file,
    ...(one.line > 0 && { line: one.line }),
    durationMs: one.durationMs,
    properties: propertiesOf(one),
    children: [
      ...verdictChildren(run, one),
      ...(output === '' ? [] : [{ element: 'system-out' as const, text: output }]),
    ],
  };
}

function propertiesOf(one: ReportCase): [string, string][] {
  const { providers, isByok, generationIds, costUsd, firstContentMs, ...facts } = caseFacts(one);
  const list = (values: readonly unknown[]) => line(values.join(', '), 1_000);
  const tokens = tokensOf(facts);
  const properties: [string, string][] = [
    ['requirement', list([...new Set(one.requirements)])],
    ['provider', list(providers)],
    ['is_byok', list(isByok)],
    ['generation_id', list(generationIds)],
    ['cost_usd', costUsd === undefined ? '' : usd(costUsd)],
    ['tokens', tokens > 0 ? String(tokens) : ''],
    ['ttft_ms', firstContentMs?.toFixed(0) ?? ''],
    ['attempts', String(one.attempts)],
  ];
  return properties.filter(([, value]) => value !== '');
}

function verdictChildren(run: RunStarted, one: ReportCase): JunitChild[] {
  const { verdict, findings, reason } = one;
  switch (verdict) {
    case 'fail': {
      const message = failureMessage(findings, reason);
      if (one.beyondProfile) return [skipped(`${notRequired(run)}: ${message}`, caseDetails(run, one))];
      return [{ element: 'failure', type: typeOf(findings, one.code ?? 'fail'), message, text: caseDetails(run, one) }];
    }
    case 'could-not-run': {
      const message = reasonOf(one);
      if (one.beyondProfile) return [skipped(`${notRequired(run)}: could not run: ${message}`, caseDetails(run, one))];
      return [{ element: 'error', type: one.code ?? 'could-not-run', message, text: caseDetails(run, one) }];
    }
    case 'known':
    case 'not-applicable':
      return [skipped(reasonOf(one), reasonOf(one))];
    case 'pass':
    case 'warn':
      return flakyFailure(one);
    default:
      return verdict satisfies never;
  }
}

function skipped(message: string, text: string): JunitChild {
  return { element: 'skipped', message: line(message, maxMessageLength), text };
}

function flakyFailure({ attempts, firstAttempt }: ReportCase): JunitChild[] {
  if (attempts < 2) return [];
  const findings = firstAttempt?.findings ?? [];
  const message = failureMessage(findings, firstAttempt?.reason ?? 'an earlier attempt');
  return [
    { element: 'flakyFailure', type: typeOf(findings, 'retry'), message, text: findingsText(findings) || message },
  ];
}

function typeOf(findings: readonly CaseFinding[], otherwise: string): string {
  return byLevel(findings)[0]?.check ?? otherwise;
}

function failureMessage(findings: readonly CaseFinding[], reason: string | undefined): string {
  return brief(findings, maxMessageLength) ?? (line(reason ?? '', maxMessageLength) || 'failed');
}

function reasonOf({ verdict, reason }: ReportCase): string {
  return line(reason ?? '', maxMessageLength) || verdict;
}

function notRequired({ profile }: RunStarted): string {
  return `not required by ${line(profile, 100)}`;
}

/** The findings of a warning or a known failure, and what was noted on the way. */
function outputOf(run: RunStarted, { verdict, findings, notes, waits, beyondProfile }: ReportCase): string {
  const blocks = verdict === 'warn' || verdict === 'known' ? [findingsText(findings, maxOutputValueLength)] : [];
  if (beyondProfile) blocks.push(notRequired(run));
  blocks.push(...(waits ?? []).map(({ what, ms }) => `waited ${(ms / 1000).toFixed(1)} s for ${line(what, 300)}`));
  blocks.push(...notes.map((note) => `note: ${excerpt(note, 2_000)}`));
  return blocks.filter((block) => block !== '').join('\n\n');
}

/**
 * Something wrong outside any case, as an error that counts, so that a suite which did not load never looks like success. A
 * baseline that is out of date is a failure, as it is for the exit code.
 */
export function junitProblem(problem: Problem, index: number): JunitCase {
  const { code, message, file } = problem;
  const short = line(message, maxMessageLength) || 'no message was given';
  const text = excerpt(message, maxProblemLength) || short;
  const about = { type: code, message: short };
  return {
    className: 'problems',
    name: `${index + 1} ${line(file ?? code, 300)}`,
    ...(file !== undefined && { file }),
    durationMs: 0,
    properties: [],
    children: [
      isFailure(problem)
        ? { element: 'failure', ...about, text: `expected: no such problem\nactual: ${short}\n\n${text}` }
        : { element: 'error', ...about, text },
    ],
  };
}
