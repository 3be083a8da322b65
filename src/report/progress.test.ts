import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { paintWith } from './paint.ts';
import { advance, caseLine, noProgress, statusLine } from './progress.ts';
import { caseFinished, everyVerdict, hostile, run, step } from './testing.ts';

const plain = paintWith(false);

test('a case line says verdict, scenario, mode, model and time without any colour', () => {
  expect(caseLine(caseFinished(), plain)).toBe('✓ pass           pinning/only-pins [json] z-ai/glm-5.2 12 ms');
  const stopped = caseFinished({ verdict: 'could-not-run', reason: 'no key', mode: null });
  expect(caseLine(stopped, plain)).toBe('? could-not-run  pinning/only-pins z-ai/glm-5.2 12 ms: no key');
});

test('colour adds nothing but colour', () => {
  for (const one of everyVerdict()) {
    const coloured = caseLine(one, paintWith(true));
    expect(coloured).toContain('\u001B[');
    expect(stripVTControlCharacters(coloured)).toBe(caseLine(one, plain));
  }
});

test('a case is one line, whatever its reason holds', () => {
  const text = caseLine(caseFinished({ verdict: 'fail', reason: `a\nb${hostile}` }), plain);
  expect(text).not.toContain('\n');
  expect(text).not.toContain('\u001B');
  expect(text.length).toBeLessThan(400);
});

test('the status line counts what is done, failed, spent and left', () => {
  const planned = {
    type: 'cases-planned' as const,
    file: 'suites/a.suite.ts',
    cases: Array.from({ length: 4 }, () => caseFinished()),
  };
  const finished = [caseFinished({ steps: [step({ costUsd: 0.0004 })] }), caseFinished({ verdict: 'fail' })];
  const progress = run(planned, ...finished).reduce(advance, noProgress);
  expect(statusLine(progress, { elapsedMs: 3_000, columns: 80 })).toBe('2/4 · 1 failed · 0.0004 USD · 3 s left');
  expect(statusLine(progress, { elapsedMs: 3_000, columns: 10 })).toHaveLength(9);
});

test('nothing is foretold before the first case has ended', () => {
  expect(statusLine(noProgress, { elapsedMs: 5, columns: 80 })).toBe('0/0 · 0 failed · 0 USD');
});
