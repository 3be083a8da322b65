import { allStripped } from '../../report/all-stripped.ts';
import { hostname } from 'node:os';
import type { Builder, TestSuite } from 'junit-report-builder';
import { contractVersion } from '../../contract/version.ts';
import { childText, extendNode, newBuilder } from '../../report/junit-nodes.ts';
import { clean, line } from '../../report/text.ts';
import { harnessVersion } from '../../version.ts';
import {
  type CheckedExchange,
  type CheckedFile,
  type CheckFinding,
  type CheckReport,
  exitCodeOf,
  isFailure,
  nameOf,
  verdictOf,
} from './check-report.ts';

const longest = 500;

/** JUnit XML: a suite per file and a case per exchange. What could not be read, or is missing, is an error and never silent. */
export function junitReport(found: CheckReport, now: Date): string {
  const report = allStripped(found);
  const builder = newBuilder().name('byok-conformance check');
  const byFile = Map.groupBy(report.exchanges, ({ file }) => file);
  for (const file of report.files) {
    const suite = addSuite(builder, file, now);
    for (const exchange of byFile.get(file.file) ?? []) addCase(suite, exchange);
    if (file.problem !== undefined) addOther(suite, { name: `${file.file} can be read`, error: file.problem });
  }
  const { stale } = report;
  const incomplete = exitCodeOf(report) === 3;
  if (stale.length === 0 && !incomplete) return builder.build();
  const suite = addSuite(builder, { file: 'byok check' }, now);
  for (const { capture, check } of stale) {
    addOther(suite, { name: `${capture} ${check}`, failure: 'a finding was expected, and there is none any more' });
  }
  if (incomplete) addOther(suite, { name: 'something to judge', error: verdictOf(report) });
  return builder.build();
}

function addSuite(
  builder: Builder,
  { file, form, skipped = [] }: Pick<CheckedFile, 'file'> & Partial<CheckedFile>,
  now: Date,
): TestSuite {
  const suite = builder.testSuite().name(clean(file)).timestamp(now.toISOString());
  const properties = {
    form: form ?? '',
    skipped: skipped.map(({ count, why }) => `${count} ${why}`).join(', '),
    harness_version: harnessVersion,
    contract_version: contractVersion,
  };
  for (const [name, value] of Object.entries(properties)) if (value !== '') suite.property(name, clean(value));
  extendNode(suite, (element) => element.att('hostname', clean(hostname())));
  return suite;
}

function addCase(suite: TestSuite, exchange: CheckedExchange): void {
  const { file, findings, at } = exchange;
  const testCase = suite
    .testCase()
    .className(clean(file))
    .name(clean(`${file} ${nameOf(exchange)}`))
    .file(clean(file));
  if (at !== null) testCase.property('at', clean(at));
  const failures = findings.filter(isFailure);
  const known = findings.filter(({ expectedBecause }) => expectedBecause !== undefined);
  const [first] = failures;
  const [reason] = known;
  if (first !== undefined) {
    testCase.failure(line(`expected ${first.expected}, got ${first.actual}`, longest), first.check);
  } else if (reason !== undefined) {
    testCase.skipped();
  }
  extendNode(testCase, (element) => {
    if (first !== undefined) childText(element, 'failure', inLines(failures));
    else if (reason !== undefined)
      childText(element, 'skipped', inLines(known)).att('message', line(reason.expectedBecause ?? '', longest));
    const rest = findings.filter(
      (finding) => !failures.includes(finding) && (first !== undefined || !known.includes(finding)),
    );
    if (rest.length > 0) childText(element, 'system-out', inLines(rest));
  });
}

function addOther(
  suite: TestSuite,
  { name, error, failure }: { name: string; error?: string; failure?: string },
): void {
  const testCase = suite.testCase().className('byok check').name(clean(name));
  if (error !== undefined) testCase.error(line(error, longest), 'E_CONFIG');
  if (failure !== undefined) testCase.failure(line(failure, longest), 'stale');
}

function inLines(findings: readonly CheckFinding[]): string {
  return findings
    .map(({ level, check, expected, actual, where }) =>
      [
        `expected: ${line(expected, longest)}`,
        `actual: ${line(actual, longest)}`,
        `where: ${line(where, longest)}`,
        `check: ${check} (${level})`,
      ].join('\n'),
    )
    .join('\n\n');
}
