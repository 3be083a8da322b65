import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { summarise } from './run-report.ts';
import { appendStepSummary } from './step-summary.ts';
import { renderSummary } from './summary.ts';
import { caseFinished, run } from './testing.ts';

const report = summarise(run(caseFinished()));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'step-summary-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('the summary stands on the page of the step, below what is there', () => {
  const page = join(folder, 'page.md');
  writeFileSync(page, 'before\n');
  expect(appendStepSummary(report, page)).toBeNull();
  expect(appendStepSummary(report, page)).toBeNull();
  const summary = renderSummary(report);
  expect(readFileSync(page, 'utf8')).toBe(`before\n${summary}\n${summary}\n`);
});

test('a page without room is left as it is: one byte too many and GitHub shows nothing', () => {
  const page = join(folder, 'page.md');
  writeFileSync(page, 'x'.repeat(1_048_576 - 100));
  expect(appendStepSummary(report, page)).toContain('is full: summary.md among the reports');
  expect(readFileSync(page)).toHaveLength(1_048_576 - 100);
});

test('a page that cannot be written is said, not thrown', () => {
  expect(appendStepSummary(report, join(folder, 'none', 'page.md'))).toContain('the system answered ENOENT');
});
