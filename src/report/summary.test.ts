import { expect, test } from 'vitest';
import type { RunEvent } from './events.ts';
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
  const [verdict, , origin] = renderSummary(summarise(run(...everyVerdict()))).split('\n');
  expect(verdict).toBe('**FAILED: 1 of 6 cases failed**');
  expect(origin).toContain('Target replay, profile all; sandbox recordings of 2026-11-23;');
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
  expect(renderSummary(summarise(events))).toContain('and 10 more: see junit.xml');
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
