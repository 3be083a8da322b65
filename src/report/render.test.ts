import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EventLog } from './event-log.ts';
import { pointLatest } from './latest.ts';
import { renderReports } from './render.ts';
import { exitCode } from './run-report.ts';
import { caseFinished, everyVerdict, run, runStarted } from './testing.ts';

let reports: string;

beforeEach(() => {
  reports = mkdtempSync(join(tmpdir(), 'reports-'));
});

afterEach(() => {
  rmSync(reports, { recursive: true });
});

function logged(name: string, events = run(...everyVerdict())): string {
  const folder = join(reports, name);
  const log = new EventLog(folder);
  for (const event of events) log.append(event);
  log.close();
  return folder;
}

test('the reports stand beside the events, the same each time, with nothing left over', () => {
  const folder = logged('run-1');
  const first = renderReports(folder);
  const files = [...first.junitFiles, first.resultsFile, first.summaryFile, first.pageFile];
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  renderReports(folder);
  expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(texts);
  expect(readdirSync(folder).toSorted()).toEqual([
    'events.ndjson',
    'index.html',
    'junit.xml',
    'results.json',
    'summary.md',
  ]);
});

test('a run killed in the middle of a line is rendered', () => {
  const planned = {
    type: 'cases-planned' as const,
    file: 'suites/a.suite.ts',
    cases: [caseFinished(), caseFinished({ mode: 'stream' })],
  };
  const folder = logged('run-1', [runStarted(), planned, caseFinished()]);
  writeFileSync(join(folder, 'events.ndjson'), '{"type":"case-fini', { flag: 'a' });
  const { report, junitFiles } = renderReports(folder);
  expect(exitCode(report)).toBe(3);
  expect(report.counts).toMatchObject({ pass: 1, 'could-not-run': 1 });
  expect(readFileSync(junitFiles[0] ?? '', 'utf8')).toContain('type="E_INTERRUPTED"');
});

test('a report that cannot be written is named, and no half of it stays', () => {
  const folder = logged('run-1');
  mkdirSync(join(folder, 'results.json', 'in-the-way'), { recursive: true });
  expect(() => renderReports(folder)).toThrow(
    expect.objectContaining({
      code: 'E_CONFIG',
      message: expect.stringContaining(join(folder, 'results.json')),
    }),
  );
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('latest points to the newest run', () => {
  for (const name of ['run-1', 'run-2']) {
    const folder = logged(name);
    renderReports(folder);
    pointLatest(folder);
    rmSync(join(folder, 'summary.md'));
  }
  expect(existsSync(join(reports, 'latest', 'junit.xml'))).toBe(true);
  logged('run-3');
  pointLatest(join(reports, 'run-3'));
  expect(existsSync(join(reports, 'latest', 'junit.xml'))).toBe(false);
  expect(readdirSync(reports).toSorted()).toEqual(['latest', 'run-1', 'run-2', 'run-3']);
});

test('something else called latest is not replaced', () => {
  mkdirSync(join(reports, 'latest', 'mine'), { recursive: true });
  expect(() => pointLatest(logged('run-1'))).toThrow(join(reports, 'latest'));
  expect(readdirSync(join(reports, 'latest'))).toEqual(['mine']);
});
