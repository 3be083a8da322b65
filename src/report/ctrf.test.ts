import { validateStrict, type CTRFReport } from 'ctrf';
import { expect, test } from 'vitest';
import { renderCtrf } from './ctrf.ts';
import type { RunEvent } from './events.ts';
import { summarise } from './run-report.ts';
import { caseFinished, everyVerdict, finding, hostile, problem, run, runStarted, step } from './testing.ts';

function read(events: readonly RunEvent[]): CTRFReport {
  const document: unknown = JSON.parse(renderCtrf(summarise(events)));
  validateStrict(document);
  return document;
}

test('each verdict has its status, and the summary counts the tests', () => {
  const { results } = read(run(...everyVerdict(), problem()));
  expect(results.tests.map(({ rawStatus, status }) => [rawStatus, status])).toEqual([
    ['pass', 'passed'],
    ['fail', 'failed'],
    ['warn', 'passed'],
    ['known', 'skipped'],
    ['not-applicable', 'skipped'],
    ['could-not-run', 'other'],
    ['problem', 'other'],
  ]);
  expect(results.summary).toMatchObject({
    tests: 7,
    passed: 2,
    failed: 1,
    skipped: 2,
    pending: 0,
    other: 2,
    start: Date.parse('2026-11-23T12:00:00Z'),
    stop: Date.parse('2026-11-23T12:00:02Z'),
    extra: { exitCode: 1 },
  });
});

test('extra holds scenario, model, mode, verdict, target, origin and findings', () => {
  const failed = caseFinished({ verdict: 'fail', reason: 'why', findings: [finding()] });
  expect(read(run(failed)).results.tests[0]!.extra).toEqual({
    scenario: 'pinning/only-pins',
    model: 'z-ai/glm-5.2',
    mode: 'json',
    verdict: 'fail',
    target: 'replay',
    recordedFrom: 'sandbox',
    recordedAt: '2026-11-23T09:00:00.000Z',
    reason: 'why',
    findings: [finding()],
  });
});

test('what the profile does not ask for never counts as failed, and says so', () => {
  const beyondProfile = true as const;
  const { tests, summary } = read(
    run(
      caseFinished(),
      caseFinished({ scenario: 'pinning/x', verdict: 'fail', findings: [finding()], beyondProfile }),
      caseFinished({ scenario: 'pinning/y', verdict: 'could-not-run', beyondProfile }),
      caseFinished({ scenario: 'pinning/z', beyondProfile, waits: [{ what: 'a new key', ms: 1_500 }] }),
    ),
  ).results;
  expect(summary).toMatchObject({ passed: 2, failed: 0, other: 0, skipped: 2, extra: { exitCode: 0 } });
  expect(tests.map(({ extra }) => extra?.['beyondProfile'])).toEqual([undefined, true, true, true]);
  expect(tests[3]!.extra).toMatchObject({ waits: [{ what: 'a new key', ms: 1_500 }] });
});

test('a baseline that is out of date is failed, any other problem is not judged', () => {
  const { tests } = read(run(caseFinished(), problem({ code: 'E_BASELINE' }), problem())).results;
  expect(tests.map(({ status }) => status)).toEqual(['passed', 'failed', 'other']);
});

test('a retried case is flaky when it passed and keeps its first attempt', () => {
  const first = { findings: [finding()] };
  const { tests } = read(run(caseFinished({ attempts: 3, firstAttempt: first }))).results;
  expect(tests[0]).toMatchObject({
    retries: 2,
    flaky: true,
    retryAttempts: [{ attempt: 1, status: 'failed' }],
  });
});

test('names are unique over models and duplicates', () => {
  const cases = [caseFinished(), caseFinished(), caseFinished({ model: 'qwen/qwen3.6-27b' })];
  const { tests } = read(run(...cases)).results;
  expect(new Set(tests.map(({ name }) => name)).size).toBe(3);
});

test('a killed run and a run without a case are valid documents too', () => {
  expect(read([runStarted()]).results.summary).toMatchObject({ tests: 1, other: 1 });
});

test('hostile text is cleaned and cut', () => {
  const text = renderCtrf(
    summarise(
      run(
        caseFinished({
          verdict: 'fail',
          findings: [finding({ expected: hostile, actual: hostile })],
          steps: [step({ curl: hostile })],
        }),
        problem({ message: hostile }),
      ),
    ),
  );
  expect(text).not.toMatch(/\\u(00|d8|dc|fff)/i);
  expect(text.length).toBeLessThan(100_000);
});
