import { expect, test } from 'vitest';
import type { RunEvent, RunStarted } from './events.ts';
import { summarise } from './run-report.ts';
import { renderSummary } from './summary.ts';
import { caseFinished, everyVerdict, finding, hostile, problem, run } from './testing.ts';

/** Cells of every table row, read as GitHub reads them: a bar counts unless a backslash stands before it. */
function rows(events: readonly RunEvent[]): string[][] {
  return renderSummary(summarise(events))
    .split('\n')
    .filter((text) => text.startsWith('|'))
    .map((text) =>
      text
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test('the summary begins with the result and where the answers come from', () => {
  const [started, ...rest] = run(...everyVerdict());
  const text = renderSummary(
    summarise([{ ...(started as RunStarted), profile: 'gate@1', shard: { index: 2, count: 3 } }, ...rest]),
  );
  expect(text.slice(0, text.indexOf('\n\n|'))).toBe(`**FAILED: 1 of 6 cases failed**

- target replay, profile gate@1, contract of 2026-11-23, run 2026-11-23T12-00-00Z-ab12, shard 2 of 3
- answers: sandbox recordings of 2026-11-23
- cost: nothing spent (the recorded answers name 0.000024 USD of OpenRouter credits and 0 USD on the customer's own key)

> The sandbox is a local stand-in: this result says nothing about the real services.`);
});

test('the matrix shows families by model', () => {
  expect(rows(run(...everyVerdict())).slice(0, 3)).toEqual([
    ['family', 'z-ai/glm-5.2'],
    ['---', '---'],
    ['pinning', '1 fail, 1 could-not-run, 1 warn, 1 known, 1 pass, 1 not-applicable'],
  ]);
});

test('failures come before what could not run', () => {
  const stopped = caseFinished({ scenario: 'a/a', verdict: 'could-not-run', reason: 'no key' });
  const failed = caseFinished({ scenario: 'a/b', verdict: 'fail', findings: [finding()] });
  expect(rows(run(stopped, failed)).slice(-2)).toEqual([
    ['fail', 'a/b \\[json\\]', 'z-ai/glm-5.2', 'usage.is-byok-true', 'is\\_byok true', 'is\\_byok false'],
    ['could-not-run', 'a/a \\[json\\]', 'z-ai/glm-5.2', '', '', 'no key'],
  ]);
});

test('a table holds at most fifty rows and says how many are missing', () => {
  const cases = Array.from({ length: 60 }, (_, index) =>
    caseFinished({ scenario: `a/${index}`, verdict: 'fail', findings: [finding()] }),
  );
  const events = run(...cases, problem({ message: 'a | b' }));
  expect(rows(events).filter(([verdict]) => verdict === 'fail')).toHaveLength(50);
  expect(renderSummary(summarise(events))).toContain('and 10 more cases: see junit.xml');
});

test('hostile text breaks no table and carries no markup', () => {
  const events = run(
    caseFinished({
      verdict: 'fail',
      findings: [finding({ expected: hostile, actual: hostile })],
      notes: [hostile],
    }),
    problem({ message: hostile }),
  );
  const text = renderSummary(summarise(events));
  expect(text).not.toContain('<b>');
  expect(text.length).toBeLessThan(5_000);
  expect(rows(events).map((cells) => cells.length)).toEqual([2, 2, 2, 6, 6, 6, 3, 3, 3]);
});

test('what the profile does not ask for stands last and is not called required', () => {
  const beyond = caseFinished({ scenario: 'a/a', verdict: 'fail', findings: [finding()], beyondProfile: true });
  const stopped = caseFinished({ scenario: 'a/b', verdict: 'could-not-run', reason: 'no key' });
  const events = run(beyond, stopped);
  expect(renderSummary(summarise(events))).toContain('- not required by all: 1 fail\n');
  expect(
    rows(events)
      .slice(-2)
      .map((cells) => cells.slice(0, 2)),
  ).toEqual([
    ['could-not-run', 'a/b \\[json\\]'],
    ['fail (not required)', 'a/a \\[json\\]'],
  ]);
});

test('known failures are told with their reason', () => {
  const events = run(caseFinished({ verdict: 'known', reason: 'reported upstream', findings: [finding()] }));
  expect(renderSummary(summarise(events))).toContain('### Known failures: 1\n');
  expect(rows(events).at(-1)).toEqual([
    'pinning/only-pins \\[json\\]',
    'z-ai/glm-5.2',
    'usage.is-byok-true',
    'reported upstream',
  ]);
});

test('what was waited for is told, equal waits together', () => {
  const waits = [{ what: 'a new key to pay', ms: 6_000 }];
  const events = run(
    caseFinished({ waits }),
    caseFinished({ scenario: 'a/b', waits: [...waits, { what: 'a record', ms: 30_400 }] }),
  );
  expect(renderSummary(summarise(events))).toContain(
    '- waited 30 s for a record\n- waited 12 s for a new key to pay (2 times)\n',
  );
});

test('more models than families stand below each other', () => {
  const cases = Array.from({ length: 6 }, (_, index) => caseFinished({ model: `a/${index}` }));
  expect(rows(run(...cases)).slice(0, 3)).toEqual([
    ['model', 'pinning'],
    ['---', '---'],
    ['a/0', '1 pass'],
  ]);
});

test('a summary that would be too long leaves out whole rows and says how many', () => {
  const wide = '<'.repeat(300);
  const cases = Array.from({ length: 5_000 }, (_, index) =>
    caseFinished({
      scenario: `${wide}/${index}`,
      model: `${wide}/${index}`,
      family: `${wide}${index % 10}`,
      verdict: index % 2 === 0 ? 'fail' : 'known',
      reason: wide,
      findings: [finding({ expected: wide, actual: wide })],
      notes: [`${index}${wide}`],
    }),
  );
  const report = summarise(run(...cases, problem({ message: wide, file: wide })));
  const whole = renderSummary(report);
  expect(Buffer.byteLength(whole)).toBeLessThan(900_000);
  const text = renderSummary(report, 20_000);
  expect(Buffer.byteLength(text)).toBeLessThan(20_000);
  const table = text.split('\n').filter((row) => row.startsWith('|'));
  expect(table.every((row) => row.endsWith(' |'))).toBe(true);
  const shown = table.filter((row) => row.startsWith('| fail')).length;
  expect(shown).toBeGreaterThan(0);
  expect(text).toContain(`and ${2_500 - shown} more cases: see junit.xml`);
});
