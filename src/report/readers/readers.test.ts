import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../sandbox/random.ts';
import { renderJunit } from '../junit.ts';
import { type ReportCase, summarise } from '../run-report.ts';
import { caseFinished, everyVerdict, finding, problem, run, step } from '../testing.ts';
import { readAsDorny } from './dorny.ts';
import { generatedRun } from './generated-run.ts';
import { gitlabElements, readAsGitlab } from './gitlab.ts';
import { readAsFlakyTestHandler, readAsJenkins } from './jenkins.ts';
import { readAsMikepenz } from './mikepenz.ts';
import { readXml } from './xml.ts';

const everything = summarise(run(...everyVerdict(), problem({ code: 'E_INTERNAL', message: 'it broke' })));
const shown = [...renderJunit(everything)].map(readXml);

const runs = Array.from({ length: 40 }, (_, nth) => {
  const report = summarise(generatedRun(seededRandom(`read ${nth}`).next));
  const documents = [...renderJunit(report)].map(readXml);
  const isRed = (one: ReportCase) => !one.beyondProfile && (one.verdict === 'fail' || one.verdict === 'could-not-run');
  return {
    seed: `read ${nth}`,
    documents,
    total: report.cases.length + report.problems.length,
    red: report.cases.filter(isRed).length + report.problems.length,
    skipped: report.cases.filter(
      (one) =>
        one.verdict === 'known' ||
        one.verdict === 'not-applicable' ||
        (one.beyondProfile && (one.verdict === 'fail' || one.verdict === 'could-not-run')),
    ).length,
  };
});

function xml(...lines: string[]): ReturnType<typeof readXml> {
  return readXml(`<testsuites><testsuite name="s" timestamp="t">${lines.join('')}</testsuite></testsuites>`);
}

describe('GitLab', () => {
  it('groups by class, and shows findings, request and commands of what did not pass', () => {
    const cases = readAsGitlab(shown);
    expect(new Set(cases.map(({ classname }) => classname))).toEqual(new Set(['z-ai/glm-5.2.pinning', 'problems']));
    expect(cases.map(({ name, status }) => [name, status])).toEqual([
      ['pinning/a [json]', 'success'],
      ['pinning/b [json]', 'failed'],
      ['pinning/c [json]', 'success'],
      ['pinning/d [json]', 'skipped'],
      ['pinning/e [json]', 'skipped'],
      ['pinning/f [json]', 'error'],
      ['1 E_INTERNAL', 'error'],
    ]);
    const output = cases.find(({ status }) => status === 'failed')?.output ?? '';
    expect(output.split('\n').slice(0, 2)).toEqual(['expected: is_byok true', 'actual: is_byok false']);
    expect(output).toMatch(/request id .*\ncurl .*\n\nrun again: npm run byok/);
    expect(cases.find(({ name }) => name.startsWith('pinning/e'))?.output).toBe('no tools here');
  });

  it('loses no case', () => {
    for (const { seed, documents, total, red, skipped } of runs) {
      const cases = readAsGitlab(documents);
      const having = (...of: string[]) => cases.filter(({ status }) => of.includes(status)).length;
      expect([cases.length, having('failed', 'error'), having('skipped')], seed).toEqual([total, red, skipped]);
    }
  });

  it('would lose the second case of a name', () => {
    const cases = readAsGitlab([
      xml(
        '<testcase classname="c" name="n"><failure>1</failure></testcase>'.repeat(2),
        '<testcase classname="c" name="n"/>',
      ),
    ]);
    expect(cases.map(({ status }) => status)).toEqual(['failed', 'success']);
  });

  it('counts elements, not text or attributes', () => {
    expect(gitlabElements(xml('<testcase name="n">text<failure type="t">more</failure></testcase>'))).toBe(4);
  });
});

describe('Jenkins', () => {
  it('has the model as package and the family as class', () => {
    const cases = readAsJenkins(shown);
    expect(cases[0]).toMatchObject({ package: 'z-ai/glm-5.2', class: 'pinning', name: 'pinning/a [json]' });
    expect(cases.at(-1)).toMatchObject({ package: '(root)', class: 'problems' });
  });

  it('has a headline and the details for what did not pass, and the reason of what was skipped', () => {
    const cases = readAsJenkins(shown);
    expect(cases.map(({ status, message }) => [status, message])).toEqual([
      ['passed', null],
      ['failed', 'expected is_byok true, got is_byok false'],
      ['passed', null],
      ['skipped', 'reported upstream'],
      ['skipped', 'no tools here'],
      ['failed', 'no key'],
      ['failed', 'it broke'],
    ]);
    expect(cases[1]?.details).toMatch(/^expected: is_byok true\nactual: is_byok false\n/);
  });

  it('loses no case', () => {
    for (const { seed, documents, total, red, skipped } of runs) {
      const cases = readAsJenkins(documents);
      const having = (of: string) => cases.filter(({ status }) => status === of).length;
      expect([cases.length, having('failed'), having('skipped')], seed).toEqual([total, red, skipped]);
      expect(
        cases.every(({ details, status }) => status !== 'failed' || details !== null),
        seed,
      ).toBe(true);
    }
  });

  it('cuts the middle out of what a warning says, but never expected and actual', () => {
    const long = finding({ level: 'should', expected: 'e'.repeat(3_000), actual: 'a'.repeat(3_000) });
    const [one] = readAsJenkins(
      [
        ...renderJunit(
          summarise(run(caseFinished({ verdict: 'warn', findings: [long, long], notes: ['n'.repeat(2_000)] }))),
        ),
      ].map(readXml),
    );
    expect(one?.stdout).toContain('[truncated');
    expect(one?.stdout).toMatch(
      /^expected: e{200}… \(2800 more characters\)\nactual: a{200}… \(2800 more characters\)\n/,
    );
  });

  it('would show the first failure alone', () => {
    const cases = readAsJenkins([xml('<testcase name="n"><failure>1</failure><failure>2</failure></testcase>')]);
    expect(cases.map(({ details }) => details)).toEqual(['1']);
  });
});

describe('dorny/test-reporter', () => {
  it('shows each case under its suite and class, with check, expected and actual below what failed', () => {
    const cases = readAsDorny(shown);
    expect(cases[1]).toEqual({
      suite: 'z-ai/glm-5.2 pinning',
      group: 'z-ai/glm-5.2.pinning',
      name: 'pinning/b [json]',
      result: 'failed',
      message: 'usage.is-byok-true: expected is_byok true, got is_byok false',
    });
    expect(cases.map(({ result }) => result)).toEqual([
      'success',
      'failed',
      'success',
      'skipped',
      'skipped',
      'failed',
      'failed',
    ]);
  });

  it('finds a name wherever it needs one, and loses no case', () => {
    for (const { seed, documents, total, red } of runs) {
      const cases = readAsDorny(documents);
      expect([cases.length, cases.filter(({ result }) => result === 'failed').length], seed).toEqual([total, red]);
      expect(
        cases.every(({ name, suite }) => name !== '' && suite !== ''),
        seed,
      ).toBe(true);
      expect(
        cases.every(({ message }) => message === null || /^\S+: ./.test(message)),
        seed,
      ).toBe(true);
    }
  });

  it('would give up on a case without a name, and on a failure without attributes', () => {
    expect(() => readAsDorny([xml('<testcase/>')])).toThrow('a testcase has no name');
    expect(() => readAsDorny([xml('<testcase name="n"><failure>x</failure></testcase>')])).toThrow('no attributes');
  });
});

describe('mikepenz/action-junit-report', () => {
  it('puts an annotation with expected and actual where the scenario stands', () => {
    const result = readAsMikepenz(shown, { checkRetries: false });
    expect(result).toMatchObject({ total: 7, failed: 3, skipped: 2, passed: 2 });
    expect(result.annotations[0]).toEqual({
      title: 'suites/pinning.suite.ts.pinning/b [json]',
      place: 'suites/pinning.suite.ts:12',
      message: 'expected is_byok true, got is_byok false',
    });
  });

  it.each([false, true])('hides no failure, whether or not it looks for retries (%s)', (checkRetries) => {
    for (const { seed, documents, total, red, skipped } of runs) {
      const result = readAsMikepenz(documents, { checkRetries });
      expect([result.total, result.failed, result.skipped], seed).toEqual([total, red, skipped]);
      expect(
        result.annotations.every(({ message }) => message !== ''),
        seed,
      ).toBe(true);
    }
  });

  it('shows the first two lines of a failure without a message', () => {
    const { annotations } = readAsMikepenz(
      [xml('<testcase name="n" file="f" line="3"><failure>expected: 1\nactual: 2\nmore</failure></testcase>')],
      { checkRetries: false },
    );
    expect(annotations).toEqual([{ title: 'f.n', place: 'f:3', message: 'expected: 1\nactual: 2' }]);
  });

  it('would let a case that passed hide one of its name that failed', () => {
    const twice = xml('<testcase name="n"><failure message="x"/></testcase>', '<testcase name="n"/>');
    expect(readAsMikepenz([twice], { checkRetries: true })).toMatchObject({ total: 1, failed: 0 });
    const ours = run(caseFinished({ verdict: 'fail', findings: [finding()], steps: [step()] }), caseFinished());
    const documents = [...renderJunit(summarise(ours))].map(readXml);
    expect(readAsMikepenz(documents, { checkRetries: true })).toMatchObject({ total: 2, failed: 1 });
  });
});

describe('a run in several files', () => {
  const cases = Array.from({ length: 25 }, (_, nth) =>
    caseFinished({
      scenario: `pinning/case-${nth}`,
      ...(nth % 5 === 0 && { verdict: 'fail', findings: [finding()] }),
      ...(nth % 7 === 0 && { model: null }),
    }),
  );
  const whole = [...renderJunit(summarise(run(...cases)))].map(readXml);
  const parts = [...renderJunit(summarise(run(...cases)), { cases: 4, bytes: 1_000_000 })].map(readXml);

  it('is read as the same run by each', () => {
    expect([whole.length, parts.length]).toEqual([1, 7]);
    expect(readAsGitlab(parts)).toEqual(readAsGitlab(whole));
    expect(readAsJenkins(parts)).toEqual(readAsJenkins(whole));
    expect(readAsMikepenz(parts, { checkRetries: true })).toEqual(readAsMikepenz(whole, { checkRetries: true }));
    expect(readAsDorny(parts).map(({ group, name, result }) => [group, name, result])).toEqual(
      readAsDorny(whole).map(({ group, name, result }) => [group, name, result]),
    );
  });

  it('keeps the rest of a suite from being taken for its beginning', () => {
    expect(readAsFlakyTestHandler(parts)).toEqual(readAsFlakyTestHandler(whole));
    expect(readAsFlakyTestHandler([...whole, ...whole])).toHaveLength(25);
  });
});
