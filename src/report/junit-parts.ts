import type { JunitCase } from './junit-case.ts';
import { attributeBytes, textBytes } from './junit-nodes.ts';

/** A test suite of JUnit before it is XML. */
export interface JunitSuite {
  name: string;
  properties: Readonly<Record<string, string>>;
  cases: Iterable<JunitCase>;
}

/** A suite whose cases are at hand. */
interface ReadySuite extends JunitSuite {
  cases: JunitCase[];
}

export interface PartLimits {
  cases: number;
  bytes: number;
}

/**
 * What the readers can take, with room to spare: GitLab refuses a file above 30 MB, or with more than 250,000 elements, of which a
 * case has twelve at most.
 *
 * Source: https://docs.gitlab.com/ci/testing/unit_test_reports/ and https://gitlab.com/gitlab-org/gitlab/-/issues/507482 (read
 * 2026-11-23).
 */
export const readersLimits: PartLimits = { cases: 20_000, bytes: 20_000_000 };

/**
 * Deals the suites out to as many documents as the limits ask for, one at a time, so that only one is in memory. A suite goes on
 * under another name in the next document: of two suites with one name and one time Jenkins' flaky test handler forgets the
 * second. Source: https://github.com/jenkinsci/flaky-test-handler-plugin, FlakyTestResult.add (read 2026-11-23).
 */
export function* inParts(suites: Iterable<JunitSuite>, limits: PartLimits): Generator<ReadySuite[]> {
  let part: ReadySuite[] = [];
  let room = { ...limits };
  for (const suite of suites) {
    const ownBytes = suiteBytes(suite);
    let open: ReadySuite | null = null;
    let times = 0;
    for (const one of suite.cases) {
      const bytes = caseBytes(one);
      if (part.length > 0 && (room.cases === 0 || room.bytes < bytes + ownBytes)) {
        yield part;
        part = [];
        room = { ...limits };
        open = null;
      }
      if (open === null) {
        times += 1;
        open = { ...suite, name: times === 1 ? suite.name : `${suite.name} (part ${times})`, cases: [] };
        part.push(open);
        room.bytes -= ownBytes;
      }
      open.cases.push(one);
      room = { cases: room.cases - 1, bytes: room.bytes - bytes };
    }
  }
  yield part;
}

/** The most that tags, names of attributes, indentation and numbers take up. */
const markup = { suite: 400, case: 200, property: 40, child: 80 };

function caseBytes({ className, name, file = '', properties, children }: JunitCase): number {
  const values = [
    className,
    name,
    file,
    ...properties.flat(),
    ...children.flatMap(({ type = '', message = '' }) => [type, message]),
  ];
  const texts = children.map(({ text }) => text);
  const tags = markup.case + markup.property * properties.length + markup.child * children.length;
  return tags + sum(values.map(attributeBytes)) + sum(texts.map(textBytes));
}

function suiteBytes({ name, properties }: JunitSuite): number {
  const entries = Object.entries(properties);
  return markup.suite + markup.property * entries.length + sum([name, ...entries.flat()].map(attributeBytes));
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, each) => total + each, 0);
}
