import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { caseFinished, finding, run } from '../report/testing.ts';
import { test } from './testing.ts';

const failed = run(caseFinished({ verdict: 'fail', findings: [finding()] }))
  .map((event) => `${JSON.stringify(event)}\n`)
  .join('');

describe('the end of a run', { concurrent: true, timeout: 60_000 }, () => {
  test('stands on the page of a GitHub step too', async ({ byok, folder }) => {
    const reports = folder({ 'events.ndjson': failed });
    const page = join(folder(), 'page.md');
    const env = { GITHUB_STEP_SUMMARY: page };
    const { code, stdout, stderr } = await byok(['report', 'render', reports, '--format', 'github'], { env });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(
      /^::error file=suites\/pinning\.suite\.ts,line=12,.*\n[^:][^]*\nFAILED: 1 of 1 case failed\n$/,
    );
    expect(readFileSync(page, 'utf8')).toBe(`${readFileSync(join(reports, 'summary.md'), 'utf8')}\n`);
  });

  test('is the same when that page cannot be written, with a word about it', async ({ byok, folder }) => {
    const reports = folder({ 'events.ndjson': failed });
    const env = { GITHUB_STEP_SUMMARY: join(reports, 'none', 'page.md') };
    expect(await byok(['report', 'render', reports, '--format', 'quiet'], { env })).toEqual({
      code: 1,
      stdout: 'FAILED: 1 of 1 case failed\n',
      stderr: expect.stringMatching(/^byok: Expected to append the summary to .*ENOENT.*\n$/),
    });
  });

  test('in an unknown format is refused, with the known ones', async ({ byok, folder }) => {
    const reports = folder({ 'events.ndjson': failed });
    const { code, stdout, stderr } = await byok(['report', 'render', reports, '--format', 'xml']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--format xml: expected text, github, json, quiet.');
  });
});
