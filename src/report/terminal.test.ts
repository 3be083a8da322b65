import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { RunEvent } from './events.ts';
import { paintWith } from './paint.ts';
import { summarise } from './run-report.ts';
import { renderEnd } from './terminal.ts';
import { caseFinished, everyVerdict, finding, hostile, problem, run, runFinished, runStarted } from './testing.ts';

const files = {
  junit: ['reports/latest/junit.xml'],
  results: 'reports/latest/results.json',
  summary: 'reports/latest/summary.md',
  page: 'reports/latest/index.html',
};

function end(events: readonly RunEvent[], colour = false): string {
  return renderEnd(summarise(events), { paint: paintWith(colour), files });
}

test('a run in which all is well is short and says that the sandbox was recorded', () => {
  expect(end(run(caseFinished()))).toBe(
    `target: replay · profile: all · contract of 2026-11-23
answers: sandbox recordings of 2026-11-23
The sandbox is a local stand-in: this result says nothing about the real services.
cases: 1 pass
cost: nothing spent (the recorded answers name 0 USD of OpenRouter credits and 0 USD on the customer's own key)

junit: reports/latest/junit.xml
page:  reports/latest/index.html
PASSED: 1 pass
`,
  );
});

test('a failure is told again with expected, actual, where and the command for it alone', () => {
  const text = end(run(caseFinished({ verdict: 'fail', findings: [finding()] })));
  expect(text).toContain(`Failures (1)
✗ pinning/only-pins [json] z-ai/glm-5.2
  usage.is-byok-true
    expected: is_byok true
    actual:   is_byok false
    where:    /usage/is_byok, step 1 POST /chat/completions
  run again: npm run byok -- run --target replay --scenario pinning/only-pins --model z-ai/glm-5.2 --mode json
`);
  expect(text.trimEnd().endsWith('FAILED: 1 of 1 case failed')).toBe(true);
});

test('what could not run is grouped by reason, warnings by check', () => {
  const stopped = (scenario: string, reason: string) =>
    caseFinished({ scenario, verdict: 'could-not-run', code: 'E_CONFIG', reason });
  const warned = (scenario: string) =>
    caseFinished({ scenario, verdict: 'warn', findings: [finding({ level: 'should' })] });
  const text = end(
    run(
      stopped('a/a', 'no management key'),
      stopped('a/b', 'no key'),
      stopped('a/c', 'no key'),
      warned('a/d'),
      warned('a/e'),
    ),
  );
  expect(text).toContain(`Could not run (3)
  ? 2 cases, e.g. a/b [json]: E_CONFIG: no key
  ? 1 case, e.g. a/a [json]: E_CONFIG: no management key
`);
  expect(text).toContain(`Warnings (2)
  ! usage.is-byok-true: 2 times, e.g. a/d [json]: expected is_byok true, got is_byok false
`);
});

test('notes are told once with their number, and what does not apply is counted', () => {
  const notes = ['the fee rule seen was the allowance'];
  const text = end(
    run(
      caseFinished({ notes }),
      caseFinished({ scenario: 'a/b', notes }),
      caseFinished({ scenario: 'a/c', verdict: 'not-applicable' }),
    ),
  );
  expect(text).toContain(`Notes
  the fee rule seen was the allowance (2 cases)
1 case not applicable`);
});

test('a live run says where it went and what it spent', () => {
  const started = runStarted({ target: 'live', baseUrl: 'https://openrouter.ai/api/v1' });
  const { origin: _recorded, ...answered } = caseFinished();
  const text = end([started, answered, runFinished()]);
  expect(text).toContain('answers: not recorded: live answers of https://openrouter.ai/api/v1\n');
  expect(text).toContain("cost: at least 0 USD of OpenRouter credits and 0 USD on the customer's own key spent\n");
});

test('problems are told with code, file and message', () => {
  const text = end(run(problem({ file: 'suites/a.suite.ts', message: 'no such file\nat b' })));
  expect(text).toContain('Problems outside the cases (1)\n  E_SUITE in suites/a.suite.ts: no such file\n    at b');
});

test('colour adds nothing but colour', () => {
  const events = run(...everyVerdict(), problem());
  expect(end(events, true)).toContain('\u001B[');
  expect(stripVTControlCharacters(end(events, true))).toBe(end(events));
});

test('hostile text neither colours the terminal nor fills it', () => {
  const text = end(
    run(
      caseFinished({
        verdict: 'fail',
        findings: [finding({ expected: hostile, actual: hostile, where: hostile })],
      }),
      caseFinished({ scenario: 'a/b', verdict: 'could-not-run', reason: hostile }),
      problem({ message: hostile }),
    ),
  );
  // oxlint-disable-next-line no-control-regex -- they are the subject
  expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
  expect(text.length).toBeLessThan(10_000);
});

test('nothing that a server said is lost or turns a line around', () => {
  const text = end(run(caseFinished({ verdict: 'fail', findings: [finding({ actual: '\u202Eeslaf\u0000' })] })));
  expect(text).toContain('    actual:   ⟨U+202E⟩eslaf⟨U+0000⟩\n');
});

test('several JUnit files are told by the first and the last', () => {
  const junit = ['a/junit.xml', 'a/junit-2.xml', 'a/junit-3.xml'];
  const text = renderEnd(summarise(run(caseFinished())), { paint: paintWith(false), files: { ...files, junit } });
  expect(text).toContain('\njunit: a/junit.xml … junit-3.xml (3 files)\n');
});

test('many failures are cut, and it is said how many', () => {
  const cases = Array.from({ length: 60 }, (_, index) =>
    caseFinished({ scenario: `a/${index}`, verdict: 'fail', findings: [finding()] }),
  );
  expect(end(run(...cases))).toContain('and 10 more failures, all in the reports');
});

test('what the profile does not ask for is apart, and decides nothing', () => {
  const beyond = { beyondProfile: true as const };
  const text = end([
    runStarted({ profile: 'gate@1' }),
    caseFinished(),
    caseFinished({ scenario: 'a/a', verdict: 'fail', findings: [finding()], ...beyond }),
    caseFinished({ scenario: 'a/b', verdict: 'could-not-run', reason: 'no key', ...beyond }),
    runFinished(),
  ]);
  expect(text).toContain('cases: 1 pass\nnot required by gate@1: 1 fail, 1 could-not-run\n');
  expect(text).toContain(`Not required by gate@1 (2)
  ✗ a/a [json] z-ai/glm-5.2: usage.is-byok-true: expected is_byok true, got is_byok false
  ? a/b [json] z-ai/glm-5.2: no key
`);
  expect(text).not.toMatch(/^(Failures|Could not run) /m);
  expect(text.trimEnd().endsWith('PASSED: 1 pass')).toBe(true);
});

test('known failures are told by reason', () => {
  const known = (scenario: string, reason: string) => caseFinished({ scenario, verdict: 'known', reason });
  expect(end(run(known('a/a', 'one'), known('a/b', 'two'), known('a/c', 'two')))).toContain(`Known failures (3)
  ~ 2 cases, e.g. a/b [json]: two
  ~ 1 case, e.g. a/a [json]: one
`);
});

test('a wait is told', () => {
  expect(end(run(caseFinished({ waits: [{ what: 'a new key to pay', ms: 12_345 }] })))).toContain(
    '\nwaited 12 s for a new key to pay\n',
  );
});

test('a run that was killed and one that was interrupted are told apart', () => {
  const { scenario, family, model, mode } = caseFinished();
  const events: RunEvent[] = [
    runStarted(),
    { type: 'cases-planned', file: 'suites/a.suite.ts', cases: [{ scenario, family, model, mode }] },
  ];
  expect(end(events)).toMatch(
    /E_INTERRUPTED: the run was killed before it ended\n[^]*\nINCOMPLETE: the run was killed,/,
  );
  expect(end([...events, runFinished({ interrupted: true })])).toMatch(
    /E_INTERRUPTED: the run was interrupted before it ended\n[^]*\nINTERRUPTED: 1 of 1 case/,
  );
});
