import type { TestSuite } from 'junit-report-builder';
import { type JunitCase, junitCase, junitProblem } from './junit-case.ts';
import { childText, extendNode, newBuilder, seconds } from './junit-nodes.ts';
import { inParts, type JunitSuite, readersLimits } from './junit-parts.ts';
import { subjectOf } from './matrix.ts';
import { originPhrase, summariseOrigins } from './origin.ts';
import type { ReportCase, RunReport } from './run-report.ts';
import { allStripped } from './all-stripped.ts';

/**
 * The run as JUnit XML: a suite per model and family, a test case per case, and the problems outside any case in a suite of
 * their own. Class names and test names are what CI servers keep their history by: never change the mapping.
 *
 * Yields one document, or several where one would be too big for a reader; each is whole, and made when it is asked for.
 */
export function* renderJunit(report: RunReport, limits = readersLimits): Generator<string> {
  for (const suites of inParts(suitesOf(report), limits)) {
    const builder = newBuilder().name('byok-conformance');
    for (const { name, properties, cases } of suites) {
      const suite = builder.testSuite().name(name).timestamp(report.run.at);
      for (const [key, value] of Object.entries(properties)) suite.property(key, value);
      for (const one of cases) addCase(suite, one);
      extendNode(suite, (element) => {
        element.att('hostname', allStripped(report.run.hostname));
        element.att('time', seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0)));
      });
    }
    yield builder.build();
  }
}

function* suitesOf(report: RunReport): Generator<JunitSuite> {
  const { cases, problems } = report;
  const run = allStripped(report.run);
  for (const [name, ours] of Map.groupBy(cases, suiteName)) {
    yield {
      name,
      properties: properties(report, ours),
      cases: ours.values().map((one) => junitCase(run, strippedCase(one))),
    };
  }
  if (problems.length > 0) {
    yield { name: 'problems', properties: properties(report, []), cases: allStripped(problems).map(junitProblem) };
  }
}

/** Without the bodies of its exchanges, which JUnit does not show. */
function strippedCase(one: ReportCase): ReportCase {
  return allStripped({ ...one, steps: one.steps.map(({ exchange: _exchange, ...step }) => step) });
}

function suiteName(one: ReportCase): string {
  return allStripped(`${subjectOf(one)} ${one.family}`);
}

function properties({ run }: RunReport, cases: readonly ReportCase[]): Record<string, string> {
  const origin = summariseOrigins(
    run,
    cases.map((one) => one.origin),
  );
  const values = {
    target: run.target,
    model: cases[0] ? subjectOf(cases[0]) : '',
    profile: run.profile,
    ...(run.shard && { shard: `${run.shard.index}/${run.shard.count}` }),
    harness_version: run.harnessVersion,
    contract_version: run.contractVersion,
    recorded_from: originPhrase(origin),
  };
  return allStripped(values);
}

function addCase(suite: TestSuite, { className, name, file, line, durationMs, properties, children }: JunitCase): void {
  const testCase = suite.testCase().className(className).name(name);
  if (file !== undefined) testCase.file(file);
  for (const [key, value] of properties) testCase.property(key, value);
  // What the builder must know to count the elements.
  for (const { element, message, type } of children) {
    if (element === 'failure' || element === 'error') testCase[element](message, type);
    else if (element === 'skipped') testCase.skipped();
  }
  extendNode(testCase, (element) => {
    if (line !== undefined) element.att('line', String(line));
    element.att('time', seconds(durationMs));
    for (const child of children) {
      const made = childText(element, child.element, child.text);
      if (child.message !== undefined) made.att('message', child.message);
      if (child.type !== undefined) made.att('type', child.type);
    }
  });
}
