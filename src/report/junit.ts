import type { Builder, TestSuite } from 'junit-report-builder';
import { addCase } from './junit-case.ts';
import { childText, extendNode, newBuilder, seconds } from './junit-nodes.ts';
import { subjectOf } from './matrix.ts';
import { originPhrase, summariseOrigins } from './origin.ts';
import type { ReportCase, RunReport } from './run-report.ts';
import { clean, excerpt, line } from './text.ts';

/**
 * The run as JUnit XML: a suite per model and family, a test case per case, and the problems outside any case as errors in
 * a suite of their own. Class names and test names are what CI servers keep their history by: never change the mapping.
 */
export function renderJunit(report: RunReport): string {
  const builder = newBuilder().name('byok-conformance');
  for (const [name, cases] of Map.groupBy(report.cases, suiteName)) {
    const suite = addSuite(builder, report, { name, cases });
    for (const one of cases) addCase(suite, report.run, one);
  }
  if (report.problems.length > 0) addProblems(builder, report);
  return builder.build();
}

function suiteName(one: ReportCase): string {
  return clean(`${subjectOf(one)} ${one.family}`);
}

function addSuite(
  builder: Builder,
  { run }: RunReport,
  { name, cases }: { name: string; cases: readonly ReportCase[] },
): TestSuite {
  const suite = builder.testSuite().name(name).timestamp(run.at);
  const origin = summariseOrigins(
    run,
    cases.map((one) => one.origin),
  );
  const properties = {
    target: run.target,
    model: cases[0] ? subjectOf(cases[0]) : '',
    profile: run.profile,
    harness_version: run.harnessVersion,
    contract_version: run.contractVersion,
    recorded_from: originPhrase(origin),
  };
  for (const [key, value] of Object.entries(properties)) suite.property(key, clean(value));
  extendNode(suite, (element) => {
    element.att('hostname', clean(run.hostname));
    element.att('time', seconds(cases.reduce((sum, one) => sum + one.durationMs, 0)));
  });
  return suite;
}

/** A problem is an error that counts, so that a suite which did not load never looks like success. */
function addProblems(builder: Builder, report: RunReport): void {
  const suite = addSuite(builder, report, { name: 'problems', cases: [] });
  for (const [index, { code, message, file }] of report.problems.entries()) {
    const testCase = suite.testCase().className('problems');
    testCase.name(`${index + 1} ${clean(file ?? code)}`).error(line(message, 500), clean(code));
    if (file !== undefined) testCase.file(clean(file));
    extendNode(testCase, (element) => {
      element.att('time', seconds(0));
      childText(element, 'error', excerpt(message, 20_000));
    });
  }
}
