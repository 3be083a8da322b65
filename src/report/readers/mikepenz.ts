import { child, childrenNamed, suitesOf, type XmlTree } from './xml.ts';

export interface MikepenzResult {
  total: number;
  skipped: number;
  failed: number;
  passed: number;
  annotations: MikepenzAnnotation[];
}

interface MikepenzAnnotation {
  title: string;
  /** `path:line` it is attached to. */
  place: string;
  message: string;
}

/**
 * What mikepenz/action-junit-report shows of the files of a job. With `check_retries` it takes cases of one name in a suite for
 * attempts at one test, and a passing one hides the failing ones.
 *
 * Source: https://github.com/mikepenz/action-junit-report, src/testParser.ts (read 2026-11-23).
 */
export function readAsMikepenz(roots: readonly XmlTree[], { checkRetries }: { checkRetries: boolean }): MikepenzResult {
  const cases = roots.flatMap(suitesOf).flatMap((suite) => {
    const all = childrenNamed(suite, 'testcase');
    return checkRetries ? withoutRetries(all) : all;
  });
  const skipped = cases.filter((one) => child(one, 'skipped'));
  const failed = cases.filter((one) => wrongIn(one) && !child(one, 'skipped'));
  return {
    total: cases.length,
    skipped: skipped.length,
    failed: failed.length,
    passed: cases.length - failed.length - skipped.length,
    annotations: failed.map(annotation),
  };
}

function withoutRetries(cases: readonly XmlTree[]): XmlTree[] {
  const kept = new Map<string, XmlTree>();
  for (const one of cases) {
    const name = one.attributes['name'] ?? '';
    const previous = kept.get(name);
    if (previous === undefined || (wrongIn(previous) && !wrongIn(one))) kept.set(name, one);
  }
  return [...kept.values()];
}

function wrongIn(one: XmlTree): XmlTree | undefined {
  return child(one, 'failure') ?? child(one, 'error');
}

function annotation(one: XmlTree): MikepenzAnnotation {
  const { name = '', file, line, classname = name } = one.attributes;
  const wrong = wrongIn(one);
  const firstLines = (wrong?.text ?? '').trim().split('\n').slice(0, 2).join('\n');
  const path = file ?? classname.split('.').at(-1) ?? '';
  return {
    title: path === name ? name : `${path}.${name}`,
    place: `${path}:${line ?? '1'}`,
    message: (wrong?.attributes['message'] || firstLines || name).trim(),
  };
}
