import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../sandbox/random.ts';
import { writeParts } from './files.ts';
import { renderJunit } from './junit.ts';
import type { JunitCase } from './junit-case.ts';
import { inParts, type JunitSuite } from './junit-parts.ts';
import { generatedRun } from './readers/generated-run.ts';
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

function sizes(parts: [string | undefined, number][][]): number {
  return parts.flat().reduce((sum, [, n]) => sum + n, 0);
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
  const bytes = 40_000;
  for (let nth = 0; nth < 30; nth += 1) {
    const report = summarise(generatedRun(seededRandom(`parts ${nth}`).next));
    const parts = [...renderJunit(report, { ...unlimited, bytes })];
    for (const xml of parts) {
      const alone = dealt([xml]).flat()[0]?.[1] === 1;
      expect(alone || Buffer.byteLength(xml) <= bytes).toBe(true);
    }
    expect(sizes(dealt(parts))).toBe(report.cases.length + report.problems.length);
  }
});

test('files are filled, not merely kept small', () => {
  const failing = cases(400, 'a').map((one) => ({
    ...one,
    verdict: 'fail' as const,
    findings: [finding()],
    steps: [step()],
  }));
  const report = summarise(run(...failing));
  const [whole = ''] = renderJunit(report);
  const parts = [...renderJunit(report, { ...unlimited, bytes: 50_000 })];
  expect(parts.length).toBeLessThan((1.3 * Buffer.byteLength(whole)) / 50_000 + 1);
  expect(sizes(dealt(parts))).toBe(400);
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
  const files = ['junit.xml', 'junit-2.xml', 'junit-3.xml'].map((file) => join(folder, file));
  expect(writeParts(folder, 'junit', ['a', 'b', 'c'])).toEqual(files);
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(['a', 'b', 'c']);
  expect(writeParts(folder, 'junit', ['d', 'e'])).toEqual(files.slice(0, 2));
  expect(readdirSync(folder).toSorted()).toEqual([...others, 'junit.xml', 'junit-2.xml'].toSorted());
  writeParts(folder, 'junit', ['f']);
  expect(readdirSync(folder).toSorted()).toEqual([...others, 'junit.xml'].toSorted());
  expect(statSync(join(folder, 'junit.xml')).size).toBe(1);
});
