import { expect, test } from 'vitest';
import type { RunEvent } from './events.ts';
import { renderEndAs } from './formats.ts';
import type { RunResult } from './json-end.ts';
import { paintWith } from './paint.ts';
import { summarise } from './run-report.ts';
import { caseFinished, everyVerdict, finding, hostile, problem, run, runStarted } from './testing.ts';

const files = {
  junit: ['reports/latest/junit.xml'],
  results: 'reports/latest/results.json',
  summary: 'reports/latest/summary.md',
  page: 'reports/latest/index.html',
};

function end(format: 'text' | 'github' | 'json' | 'quiet', events: readonly RunEvent[]): string {
  return renderEndAs(format, summarise(events), { paint: paintWith(false), files });
}

function failing(scenario: string) {
  return caseFinished({ scenario, verdict: 'fail', findings: [finding()] });
}

/**
 * The commands a runner finds in a log, by its own rules: `::` behind nothing but blanks, `##[` anywhere. Source:
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs (read 2026-11-23).
 */
function commandsIn(log: string): string[] {
  return log
    .split(/[\r\n]/)
    .map((text) => text.trimStart())
    .filter((text) => /^::.*::/.test(text) || /##\[.*\]/.test(text));
}

test('quiet is the verdict in one line', () => {
  expect(end('quiet', run(...everyVerdict()))).toBe('FAILED: 1 of 6 cases failed\n');
});

test('in a GitHub job the text for people comes after an error per failure, at the line of its suite', () => {
  const events = run(failing('a/a'));
  expect(end('github', events)).toBe(
    `::error file=suites/pinning.suite.ts,line=12,title=usage.is-byok-true::a/a [json] z-ai/glm-5.2: expected is_byok true, got is_byok false\n${end('text', events)}`,
  );
});

test('errors are failures, then problems, then what could not run, equal reasons together', () => {
  const stopped = (scenario: string, reason: string) =>
    caseFinished({ scenario, verdict: 'could-not-run', code: 'E_NETWORK', reason });
  const events = run(
    stopped('a/a', 'no route'),
    stopped('a/b', 'no route'),
    stopped('a/c', 'reset'),
    problem(),
    failing('a/d'),
  );
  const titles = commandsIn(end('github', events)).map((text) => /title=(.*?)::(.*)/.exec(text)?.slice(1));
  expect(titles).toMatchObject([
    ['usage.is-byok-true', expect.stringContaining('a/d')],
    ['E_SUITE', 'it does not load'],
    ['could not run%3A E_NETWORK', '2 cases, e.g. a/a [json] z-ai/glm-5.2: no route'],
    ['could not run%3A E_NETWORK', 'a/c [json] z-ai/glm-5.2: reset'],
  ]);
});

test('a case that never ended is shown with its file, without a line', () => {
  const { scenario, family, model, mode } = caseFinished();
  const planned: RunEvent = {
    type: 'cases-planned',
    file: 'suites/a.suite.ts',
    cases: [{ scenario, family, model, mode }],
  };
  expect(commandsIn(end('github', [runStarted(), planned]))[0]).toMatch(
    /^::error file=suites\/a\.suite\.ts,title=could not run%3A E_INTERRUPTED::.*: the run was killed before it ended$/,
  );
});

test('there are ten errors at most, the last of them a count; none is for what the profile does not ask for', () => {
  const many = Array.from({ length: 25 }, (_, index) => failing(`a/${index}`));
  const commands = commandsIn(end('github', run(...many)));
  expect(commands).toHaveLength(10);
  expect(commands[9]).toBe('::error title=byok run::16 more, in the log of this step and in the reports');
  expect(commandsIn(end('github', run(...many.slice(0, 10))))).toHaveLength(10);
  expect(commandsIn(end('github', run(caseFinished(), { ...failing('a/a'), beyondProfile: true })))).toEqual([]);
});

test('nothing that a server sent is a command to the runner', () => {
  const nasty = `x\n::error::a\r\n \t::stop-commands::b\n\n\u00A0::add-mask::c ##[add-mask]d\n:::debug::e ${hostile}`;
  const bad = (scenario: string) => ({
    ...failing(scenario),
    findings: [finding({ expected: nasty, actual: nasty, where: nasty })],
  });
  const stopped = caseFinished({ verdict: 'could-not-run', code: nasty, reason: nasty });
  const log = end('github', run(bad('a/a'), stopped, problem({ message: nasty, file: nasty })));
  expect(commandsIn(log)).toHaveLength(3);
  expect(commandsIn(log).every((text) => text.startsWith('::error file='))).toBe(true);
});

test('properties and messages survive the runner that reads them', () => {
  const events = run(problem({ code: 'E_A', file: 'a,b:c%.ts', message: '50 %, a: b\nnext %0A' }));
  expect(commandsIn(end('github', events))).toEqual([
    '::error file=a%2Cb%3Ac%25.ts,title=E_A::50 %25, a: b next %250A',
  ]);
});

test('json is one object with all that a program may ask for', () => {
  const beyond = caseFinished({ scenario: 'a/a', verdict: 'could-not-run', reason: 'no key', beyondProfile: true });
  const result = JSON.parse(end('json', run(...everyVerdict(), beyond, problem()))) as RunResult;
  expect(result).toEqual({
    format: 1,
    verdict: 'failed',
    says: 'FAILED: 1 of 6 cases failed',
    exitCode: 1,
    ending: 'complete',
    runId: '2026-11-23T12-00-00Z-ab12',
    target: 'replay',
    baseUrl: null,
    profile: 'all',
    harnessVersion: '0.1.0',
    contractVersion: '2026-11-23',
    recordings: 'sandbox recordings of 2026-11-23',
    counts: { pass: 1, fail: 1, warn: 1, known: 1, 'not-applicable': 1, 'could-not-run': 1 },
    beyondProfile: { pass: 0, fail: 0, warn: 0, known: 0, 'not-applicable': 0, 'could-not-run': 1 },
    costUsd: { spent: { openRouter: 0, provider: 0 }, stated: { openRouter: 0.000024, provider: 0 }, unknown: 0 },
    files,
    failures: [
      {
        scenario: 'pinning/b',
        model: 'z-ai/glm-5.2',
        mode: 'json',
        file: 'suites/pinning.suite.ts',
        line: 12,
        rerun: expect.stringContaining('--scenario pinning/b'),
        findings: [finding()],
      },
    ],
    couldNotRun: [
      expect.objectContaining({ scenario: 'a/a', code: null, reason: 'no key', beyondProfile: true }),
      expect.objectContaining({ scenario: 'pinning/f', code: 'E_CONFIG', reason: 'no key' }),
    ],
    problems: [{ code: 'E_SUITE', message: 'it does not load' }],
  });
});

test('json holds whatever a server sent, and not all of it', () => {
  const bad = { ...failing('a/a'), findings: [finding({ expected: hostile, actual: hostile })] };
  const text = end('json', run(bad));
  expect(text.length).toBeLessThan(10_000);
  // oxlint-disable-next-line no-control-regex -- they are the subject
  expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]|\\u00/);
});
