import { child, childrenNamed, suitesOf, type XmlTree } from './xml.ts';

export interface JenkinsCase {
  status: 'passed' | 'failed' | 'skipped';
  /** Everything before the last dot of the class name. */
  package: string;
  /** What follows it. */
  class: string;
  name: string;
  /** The headline of a failure, or why it was skipped. */
  message: string | null;
  details: string | null;
  stdout: string | null;
}

const keptOfPassing = 500;
const keptOfFailing = 50_000;

/**
 * What Jenkins shows of the files of a build. An error is looked for before a failure, the first of each is the only one, and the
 * middle of a long output is cut out.
 *
 * Source: https://github.com/jenkinsci/junit-plugin, src/main/java/hudson/tasks/junit/{CaseResult,SuiteResult}.java (read
 * 2026-11-23).
 */
export function readAsJenkins(roots: readonly XmlTree[]): JenkinsCase[] {
  return roots.flatMap(suitesOf).flatMap((suite) => childrenNamed(suite, 'testcase').map((one) => caseOf(suite, one)));
}

/**
 * As above with the flaky test handler, which takes a suite of the same name and time as an earlier one for the same and
 * forgets it. Source: https://github.com/jenkinsci/flaky-test-handler-plugin, FlakyTestResult.add (read 2026-11-23).
 */
export function readAsFlakyTestHandler(roots: readonly XmlTree[]): JenkinsCase[] {
  const seen = new Set<string>();
  const suites = roots.flatMap(suitesOf).filter(({ attributes: { name, timestamp } }) => {
    const key = JSON.stringify([name, timestamp]);
    return !seen.has(key) && seen.add(key);
  });
  return readAsJenkins(suites);
}

function caseOf(suite: XmlTree, element: XmlTree): JenkinsCase {
  const { classname = suite.attributes['name'] ?? '', name = '' } = element.attributes;
  const wrong = child(element, 'error') ?? child(element, 'failure');
  const skipped = child(element, 'skipped');
  const dot = classname.lastIndexOf('.');
  return {
    status: skipped ? 'skipped' : wrong ? 'failed' : 'passed',
    package: dot < 0 ? '(root)' : classname.slice(0, dot),
    class: classname.slice(dot + 1),
    name: name === '' ? '(?)' : name,
    message: (wrong ?? skipped)?.attributes['message'] ?? skipped?.text ?? null,
    details: wrong?.text ?? null,
    stdout: trimmed(child(element, 'system-out')?.text ?? null, wrong ? keptOfFailing : keptOfPassing),
  };
}

function trimmed(output: string | null, kept: number): string | null {
  if (output === null || output.length <= 2 * kept) return output;
  return `${output.slice(0, kept)}\n...[truncated ${output.length - 2 * kept} chars]...\n${output.slice(-kept)}`;
}
