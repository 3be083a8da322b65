import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EventLog } from './event-log.ts';
import { refusedWrite } from './files.ts';
import { readEvents } from './read-events.ts';
import { everyVerdict, problem, run, runStarted, step } from './testing.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-log-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('what was appended is read back, each event as soon as it happened', () => {
  const events = run(...everyVerdict(), problem({ file: 'suites/a.suite.ts' }));
  const log = new EventLog(join(folder, 'deep', 'run'));
  for (const [index, event] of events.entries()) {
    log.append(event);
    expect(readEvents(log.file)).toEqual(events.slice(0, index + 1));
  }
  log.close();
});

test('text that JSON can hold survives the log unchanged', () => {
  const events = [runStarted({ profile: 'a\n\u0000\uD800 "é" 👍' })];
  const log = new EventLog(folder);
  log.append(events[0]!);
  log.close();
  expect(readEvents(log.file)).toEqual(events);
});

test('a last line cut anywhere is ignored', () => {
  const log = new EventLog(folder);
  for (const event of run()) log.append(event);
  log.close();
  const whole = readFileSync(log.file);
  const firstLine = whole.indexOf('\n') + 1;
  for (let end = firstLine; end < whole.length - 1; end += 1) {
    writeFileSync(log.file, whole.subarray(0, end));
    expect(readEvents(log.file)).toEqual([runStarted()]);
  }
});

test('a broken line inside the log is named with file and line', () => {
  const file = join(folder, 'events.ndjson');
  writeFileSync(file, `${JSON.stringify(runStarted())}\n{"type":"case-fin\n`);
  expect(() => readEvents(file)).toThrow(`${file}:2, but it is not JSON`);
});

test('an event with a wrong field is named with file, line and field', () => {
  const file = join(folder, 'events.ndjson');
  writeFileSync(file, `${JSON.stringify({ ...runStarted(), target: 'moon' })}\n`);
  expect(() => readEvents(file)).toThrow(`${file}:1, but target: `);
  writeFileSync(file, `${JSON.stringify(runStarted())}\n`);
  appendFileSync(file, JSON.stringify({ type: 'case-finished', steps: [step()] }));
  expect(() => readEvents(file)).toThrow(`${file}:2`);
});

test('a log of another version says so', () => {
  const file = join(folder, 'events.ndjson');
  writeFileSync(file, `${JSON.stringify({ ...runStarted(), format: 2 })}\n`);
  expect(() => readEvents(file)).toThrow('another version of the harness');
});

test('a folder without a log is named', () => {
  expect(() => readEvents(join(folder, 'events.ndjson'))).toThrow('ENOENT');
});

test('a folder that already holds a run is refused and left alone', () => {
  const log = new EventLog(folder);
  log.append(runStarted());
  log.close();
  expect(() => new EventLog(folder)).toThrow('choose another folder with --report-dir');
  expect(readEvents(log.file)).toHaveLength(1);
});

test('a folder that cannot be made is named with the remedy', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => new EventLog(join(file, 'run'))).toThrow(
    expect.objectContaining({ code: 'E_CONFIG', message: expect.stringContaining(file) }),
  );
});

test.each([
  ['ENOSPC', 'The disk is full'],
  ['EROFS', 'cannot be written'],
  ['EACCES', 'cannot be written'],
  ['EIO', 'Choose another folder'],
])('%s comes with its remedy', (code, remedy) => {
  const error = refusedWrite('/reports/x', Object.assign(new Error(code), { code }));
  expect(error.message).toContain(`/reports/x, but the system answered ${code}`);
  expect(error.message).toContain(remedy);
});
