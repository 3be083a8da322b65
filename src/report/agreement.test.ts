import { Ajv } from 'ajv';
import { schema, type CTRFReport } from 'ctrf';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../sandbox/random.ts';
import { renderCtrf } from './ctrf.ts';
import type { CaseFinished, RunEvent, Verdict } from './events.ts';
import { renderJunit } from './junit.ts';
import { readersLimits } from './junit-parts.ts';
import { paintWith } from './paint.ts';
import { generatedRun } from './readers/generated-run.ts';
import { gitlabElements, gitlabLimits } from './readers/gitlab.ts';
import { knownExceptions, schemaViolations } from './readers/jenkins-schema.ts';
import { child, childrenNamed, readXml, suitesOf, type XmlTree } from './readers/xml.ts';
import { exitCode, summarise } from './run-report.ts';
import { renderSummary } from './summary.ts';
import { renderEnd } from './terminal.ts';

const words = { 0: 'PASSED', 1: 'FAILED', 2: 'BROKEN', 3: 'INCOMPLETE', 130: 'INTERRUPTED' };
const isCtrf = new Ajv({ strict: false, validateFormats: false }).compile<CTRFReport>(schema);

const runs = Array.from({ length: 120 }, (_, nth) => {
  const seed = `run ${nth}`;
  const events = generatedRun(seededRandom(seed).next);
  const report = summarise(events);
  const documents = [...renderJunit(report)].map(readXml);
  const ctrf: unknown = JSON.parse(renderCtrf(report));
  if (!isCtrf(ctrf)) throw new Error(`${seed}: ${JSON.stringify(isCtrf.errors)}`);
  return {
    seed,
    events,
    report,
    documents,
    elements: documents.flatMap(suitesOf).flatMap((suite) => childrenNamed(suite, 'testcase')),
    ctrf: ctrf.results.summary,
    summary: renderSummary(report),
    terminal: renderEnd(report, {
      paint: paintWith(false),
      files: { junit: ['junit.xml'], results: 'results.json', summary: 'summary.md', page: 'index.html' },
    }),
  };
});

/** Each case with the elements that stand for it. */
const cases = runs.flatMap(({ seed, report, elements }) =>
  report.cases.map((one) => {
    const classname = `${one.model ?? 'account'}.${one.family}`;
    const found = elements.filter(({ attributes: { name, classname: of } }) => name === one.name && of === classname);
    return { seed, one, found, element: found[0]! };
  }),
);

describe('all reports of a run', () => {
  it('are tried on runs of every exit code, ending and verdict', () => {
    expect(new Set(runs.map(({ report }) => exitCode(report)))).toEqual(new Set([0, 1, 2, 3, 130]));
    expect(new Set(runs.map(({ report }) => report.ending))).toEqual(new Set(['complete', 'interrupted', 'killed']));
    expect(new Set(cases.map(({ one }) => `${one.verdict}${one.beyondProfile ? ' beyond' : ''}`)).size).toBe(12);
  });

  it('agree on its exit code', () => {
    for (const { seed, events, report, elements, ctrf, summary, terminal } of runs) {
      const code = deserved(events);
      expect(exitCode(report), seed).toBe(code);
      const [failures, errors] = [count(elements, 'failure'), count(elements, 'error')];
      expect([ctrf.failed, ctrf.other], seed).toEqual([failures, errors]);
      const told = failures > 0 ? [1, 130] : errors > 0 ? [2, 3, 130] : [0];
      expect(told, seed).toContain(code);
      expect(ctrf.extra, seed).toMatchObject({ exitCode: code });
      expect(summary.split('\n')[0], seed).toContain(words[code]);
      expect(terminal.trimEnd().split('\n').at(-1), seed).toMatch(new RegExp(`^${words[code]}`));
    }
  });

  it('count the same cases', () => {
    for (const { seed, report, documents, elements, ctrf, summary, terminal } of runs) {
      expect(elements, seed).toHaveLength(report.cases.length + report.problems.length);
      for (const document of documents) {
        for (const group of [document, ...suitesOf(document)]) {
          const inside = group === document ? elements : childrenNamed(group, 'testcase');
          expect(group.attributes, seed).toMatchObject(countsOf(inside));
        }
      }
      const { tests, failures, errors, skipped } = countsOf(elements);
      expect([ctrf.tests, ctrf.failed, ctrf.other, ctrf.skipped].map(String), seed).toEqual([
        tests,
        failures,
        errors,
        skipped,
      ]);
      const table = /^\|.*\n(?:\|.*(?:\n|$))+/m.exec(summary)?.[0] ?? '';
      if (report.cases.length > 0) expect(tally(table), seed).toEqual(verdictsOf(report.cases));
      const required = report.cases.filter(({ beyondProfile }) => !beyondProfile);
      const beyond = report.cases.filter(({ beyondProfile }) => beyondProfile);
      expect(tally(lineOf(terminal, 'cases: ')), seed).toEqual(verdictsOf(required));
      expect(tally(lineOf(terminal, 'not required by ')), seed).toEqual(verdictsOf(beyond));
    }
  });

  it('lose no case that finished, and none that was planned', () => {
    for (const { seed, events, report } of runs) {
      const planned = events.flatMap((event) => (event.type === 'cases-planned' ? event.cases : []));
      const finished = finishedOf(events);
      const key = ({ scenario, model, mode }: Pick<CaseFinished, 'scenario' | 'model' | 'mode'>) =>
        [scenario, model, mode].join();
      const done = new Set(finished.map(key));
      const expected = [...finished, ...planned.filter((one) => !done.has(key(one)))];
      expect(report.cases.map(key).toSorted(), seed).toEqual(expected.map(key).toSorted());
    }
  });
});

describe('a JUnit file', () => {
  it('is as the schema of Jenkins has it, but for what is known', () => {
    const violations = new Set(runs.flatMap(({ documents }) => documents.flatMap(schemaViolations)));
    expect([...violations].toSorted()).toEqual(Object.keys(knownExceptions).toSorted());
  });

  it('never has two cases of one name', () => {
    for (const { seed, elements } of runs) {
      const names = elements.map(({ attributes: { classname, name } }) => `${classname} ${name}`);
      expect(new Set(names).size, seed).toBe(names.length);
    }
  });

  it('says of each suite which part of which run it is', () => {
    for (const { seed, report, documents } of runs) {
      for (const suite of documents.flatMap(suitesOf)) {
        const { profile, shard } = propertiesOf(suite);
        expect([profile, shard], seed).toEqual([report.run.profile, report.run.shard && '2/3']);
      }
    }
  });
});

const required: Record<Verdict, string> = {
  pass: '',
  warn: '',
  fail: 'failure',
  'could-not-run': 'error',
  known: 'skipped',
  'not-applicable': 'skipped',
};

describe('a case in a JUnit file', () => {
  it('has the one element of its verdict, and none when it passed', () => {
    for (const { seed, one, found, element } of cases) {
      expect(found, seed).toHaveLength(1);
      const outcomes = element.children.filter(({ name }) => /^(failure|error|skipped)$/.test(name));
      const wanted = required[one.verdict];
      const expected = one.beyondProfile && wanted !== '' ? 'skipped' : wanted;
      expect(outcomes.map(({ name }) => name).join(), `${seed} ${one.name}`).toBe(expected);
      for (const { text, attributes } of outcomes) expect([text.trim(), attributes['message']], seed).not.toContain('');
    }
  });

  it('is twelve elements at most, so that the most in a file are within the limit of GitLab', () => {
    for (const { element } of cases) expect(gitlabElements(element)).toBeLessThanOrEqual(12);
    expect(readersLimits.cases * 12).toBeLessThan(gitlabLimits.elements);
  });

  it('that failed says what was expected and what came, what was found, and how to do it again', () => {
    const failed = cases.filter(({ one }) => one.verdict === 'fail' && !one.beyondProfile);
    expect(failed.length).toBeGreaterThan(20);
    for (const { seed, one, element } of failed) {
      const text = child(element, 'failure')?.text ?? '';
      const lines = text.split('\n');
      expect(lines[0], seed).toMatch(/^expected: ./);
      expect(lines[1], seed).toMatch(/^actual: ./);
      expect(
        lines.filter((line) => line.startsWith('check: ')),
        seed,
      ).toHaveLength(one.findings.length);
      for (const { requestId } of one.steps) expect(text, seed).toContain(`request id ${requestId}`);
      expect(lines.filter((line) => /^curl .*Bearer \$OPENROUTER_API_KEY/.test(line))).toHaveLength(one.steps.length);
      const again = ['run again: npm run byok -- run --target \\w+ --scenario', one.scenario];
      if (one.model !== null) again.push('--model', one.model);
      if (one.mode !== null) again.push('--mode', one.mode);
      expect(lines.at(-1), seed).toMatch(new RegExp(`^${again.join(' ')}$`));
    }
  });

  it('that warns passes, with what was found in its output', () => {
    for (const { seed, one, element } of cases.filter(({ one: { verdict } }) => verdict === 'warn')) {
      const output = child(element, 'system-out')?.text ?? '';
      expect(output.match(/^check: /gm)?.length ?? 0, seed).toBe(one.findings.length);
    }
  });

  it('that passed at last keeps what was wrong at first', () => {
    for (const { seed, one, element } of cases) {
      const flaky = one.attempts > 1 && ['pass', 'warn'].includes(one.verdict);
      const kept = childrenNamed(element, 'flakyFailure');
      expect(kept, seed).toHaveLength(flaky ? 1 : 0);
      for (const { attributes, text } of kept) expect([attributes['type'], text.trim()], seed).not.toContain('');
    }
  });

  it('says in its output what it waited for, and that it was not required', () => {
    for (const { seed, one, element } of cases) {
      const output = child(element, 'system-out')?.text ?? '';
      expect(output.match(/^waited \d+\.\d s for /gm)?.length ?? 0, seed).toBe(one.waits?.length ?? 0);
      expect(output.includes('not required by '), seed).toBe(one.beyondProfile === true);
    }
  });
});

/** The exit code by the words of the documentation, from the events themselves. */
function deserved(events: readonly RunEvent[]): keyof typeof words {
  const end = events.find((event) => event.type === 'run-finished');
  if (end?.interrupted) return 130;
  const asked = finishedOf(events).filter(({ beyondProfile }) => !beyondProfile);
  const has = (verdict: Verdict) => asked.some((one) => one.verdict === verdict);
  const codes = events.flatMap((event) => (event.type === 'problem' ? [event.code] : []));
  if (has('fail') || codes.includes('E_BASELINE')) return 1;
  if (codes.includes('E_SUITE') || codes.includes('E_CONFIG')) return 2;
  const judged = has('pass') || has('warn') || has('known');
  return !end || has('could-not-run') || codes.length > 0 || !judged ? 3 : 0;
}

function finishedOf(events: readonly RunEvent[]): CaseFinished[] {
  return events.filter((event) => event.type === 'case-finished');
}

function count(elements: readonly XmlTree[], name: string): number {
  return elements.filter((one) => child(one, name)).length;
}

function countsOf(elements: readonly XmlTree[]) {
  return {
    tests: String(elements.length),
    failures: String(count(elements, 'failure')),
    errors: String(count(elements, 'error')),
    skipped: String(count(elements, 'skipped')),
  };
}

function verdictsOf(all: readonly CaseFinished[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(all, ({ verdict }) => verdict)].map(([name, same]) => [name, same.length]));
}

/** The verdicts that a text counts, e.g. `2 fail, 1 pass`. */
function tally(text: string): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [, n, verdict = ''] of text.matchAll(/(\d+) (fail|could-not-run|warn|known|pass|not-applicable)\b/g)) {
    found[verdict] = (found[verdict] ?? 0) + Number(n);
  }
  return found;
}

function lineOf(text: string, start: string): string {
  return text.split('\n').find((line) => line.startsWith(start)) ?? '';
}

function propertiesOf(element: XmlTree): Record<string, string | undefined> {
  const listed = childrenNamed(element, 'properties').flatMap((list) => childrenNamed(list, 'property'));
  return Object.fromEntries(listed.map(({ attributes: { name, value } }) => [name, value]));
}
