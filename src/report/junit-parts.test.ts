import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeParts } from './files.ts';
import { renderJunit } from './junit.ts';
import type { JunitCase } from './junit-case.ts';
import { inParts, type JunitSuite } from './junit-parts.ts';
import { childrenNamed, readXml, suitesOf } from './readers/xml.ts';
import { summarise } from './run-report.ts';
import { caseFinished, finding, problem, run, step } from './testing.ts';

const unlimited = { cases: Infinity, bytes: Infinity };

function cases(count: number, family: string) {
  return Array.from({ length: count }, (_, nth) => caseFinished({ family, scenario: `${family}/case-${nth}` }));
}

/** The names of the suites in each part, with how many cases they have. */
function dealt(parts: Iterable<string>): [string | undefined, number][][] {
  return [...parts].map((xml) =>
    suitesOf(readXml(xml)).map((suite) => [suite.attributes['name'], childrenNamed(suite, 'testcase').length]),
  );
}

test('a run that fits is one file', () => {
  expect(dealt(renderJunit(summarise(run(...cases(3, 'a'), problem()))))).toEqual([
    [
      ['z-ai/glm-5.2 a', 3],
      ['problems', 1],
    ],
  ]);
});

test('more cases than a file may have go on in the next, their suite under another name', () => {
  const report = summarise(run(...cases(2, 'a'), ...cases(7, 'b'), problem()));
  expect(dealt(renderJunit(report, { ...unlimited, cases: 3 }))).toEqual([
    [
      ['z-ai/glm-5.2 a', 2],
      ['z-ai/glm-5.2 b', 1],
    ],
    [['z-ai/glm-5.2 b (part 2)', 3]],
    [['z-ai/glm-5.2 b (part 3)', 3]],
    [['problems', 1]],
  ]);
});

test('no file is bigger than it may be, whatever has to be escaped', () => {
  const bytes = 30_000;
  const bad = finding({ expected: '"'.repeat(1_500), actual: '<'.repeat(1_500), where: '\u{1F600}'.repeat(300) });
  const failing = cases(40, 'a').map((one) => ({
    ...one,
    verdict: 'fail' as const,
    findings: [bad, bad],
    steps: [step()],
  }));
  const parts = [...renderJunit(summarise(run(...failing)), { ...unlimited, bytes })];
  expect(parts.every((xml) => Buffer.byteLength(xml) <= bytes)).toBe(true);
  expect(parts.length).toBeLessThanOrEqual(40);
  expect(
    dealt(parts)
      .flat(2)
      .filter((each) => typeof each === 'number'),
  ).toHaveLength(parts.length);
  expect(
    dealt(parts)
      .flat()
      .reduce((sum, [, n]) => sum + n, 0),
  ).toBe(40);
});

test('a case that is too big for any file has one of its own', () => {
  const parts = dealt(renderJunit(summarise(run(...cases(3, 'a'))), { ...unlimited, bytes: 1 }));
  expect(parts.map((suites) => suites.map(([, n]) => n))).toEqual([[1], [1], [1]]);
});

test('a part is made before the next is looked at', () => {
  function* suites(): Generator<JunitSuite> {
    const one: JunitCase = { className: 'c', name: 'n', durationMs: 0, properties: [], children: [] };
    yield { name: 'a', properties: {}, cases: [one, one] };
    throw new Error('too early');
  }
  const parts = inParts(suites(), { ...unlimited, cases: 1 });
  expect(parts.next().value).toMatchObject([{ name: 'a' }]);
  expect(() => parts.next()).toThrow('too early');
});

test('each part has its own file, and parts of an earlier rendering are gone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parts-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const other of ['junit-2.txt', 'junit-x.xml', 'my-junit-9.xml']) writeFileSync(join(folder, other), '');
  const others = readdirSync(folder);
  expect(writeParts(folder, 'junit', ['a', 'b', 'c'])).toBe(join(folder, 'junit.xml'));
  const files = ['junit.xml', 'junit-2.xml', 'junit-3.xml'];
  expect(files.map((file) => readFileSync(join(folder, file), 'utf8'))).toEqual(['a', 'b', 'c']);
  expect(writeParts(folder, 'junit', ['d', 'e'])).toBe(join(folder, 'junit.xml'));
  expect(readdirSync(folder).toSorted()).toEqual([...others, 'junit.xml', 'junit-2.xml'].toSorted());
  writeParts(folder, 'junit', ['f']);
  expect(readdirSync(folder).toSorted()).toEqual([...others, 'junit.xml'].toSorted());
  expect(statSync(join(folder, 'junit.xml')).size).toBe(1);
});
