import { child, type XmlTree } from './xml.ts';

export interface GitlabCase {
  status: 'failed' | 'error' | 'skipped' | 'success';
  /** Shown as the suite: the name of the test suite itself is not shown. */
  classname: string;
  name: string;
  /** Shown behind "View details". */
  output: string | null;
}

/** Of a file and of what it holds; above either, GitLab shows nothing of it. */
export const gitlabLimits = { bytes: 30_000_000, elements: 250_000 };

/**
 * What GitLab shows of the files of a job: of cases that share suite, class and name only one of each status is kept.
 *
 * Sources, read 2026-11-23: https://docs.gitlab.com/ci/testing/unit_test_reports/ for the limit in bytes and for equal names;
 * https://gitlab.com/gitlab-org/gitlab/-/issues/507482 for the limit in elements; lib/gitlab/ci/parsers/test/junit.rb and
 * lib/gitlab/ci/reports/{test_suite,test_case}.rb in https://gitlab.com/gitlab-org/gitlab for the rest.
 */
export function readAsGitlab(roots: readonly XmlTree[]): GitlabCase[] {
  const kept = new Map<string, GitlabCase>();
  const visit = (element: XmlTree) => {
    for (const inner of element.children) {
      if (inner.name === 'testsuites' || inner.name === 'testsuite') visit(inner);
      if (inner.name !== 'testcase') continue;
      const one = caseOf(inner);
      const key = JSON.stringify([one.status, element.attributes['name'], one.classname, one.name]);
      if (!kept.has(key)) kept.set(key, one);
    }
  };
  for (const root of roots) visit(root);
  return [...kept.values()];
}

/** Elements, as GitLab counts them against its limit. */
export function gitlabElements({ children }: XmlTree): number {
  return children.reduce((sum, inner) => sum + gitlabElements(inner), 1);
}

function caseOf(element: XmlTree): GitlabCase {
  const { classname = '', name = '' } = element.attributes;
  for (const [tag, status] of [
    ['failure', 'failed'],
    ['error', 'error'],
    ['skipped', 'skipped'],
  ] as const) {
    const found = child(element, tag);
    if (found) return { status, classname, name, output: found.text };
  }
  return { status: 'success', classname, name, output: null };
}
