import { describe, expect } from 'vitest';
import { historyEntryOf } from '../../history/testing.ts';
import { test } from '../testing.ts';

function history(...verdicts: ('pass' | 'fail')[]): Record<string, string> {
  const lines = verdicts.map((verdict, index) =>
    JSON.stringify({
      format: 1,
      ...historyEntryOf({
        runId: `run-${index}`,
        at: `2026-11-${10 + index}T03:00:00.000Z`,
        verdicts: { 'pinning/only-pins z-ai/glm-5.2 [json]': verdict, 'setup/key-valid': 'pass' },
      }),
    }),
  );
  return { 'history.ndjson': lines.map((line) => `${line}\n`).join('') };
}

describe('list --flaky', { concurrent: true, timeout: 60_000 }, () => {
  test('names what changed its verdict, how often and when last, and ends 0', async ({ byok, folder }) => {
    const file = `${folder(history('pass', 'fail', 'pass'))}/history.ndjson`;
    expect(await byok(['list', '--flaky', '--history', file])).toEqual({
      code: 0,
      stdout: [
        '3 runs: replay of sandbox recordings, harness 0.1.0, contract of 2026-11-23',
        '  pinning/only-pins z-ai/glm-5.2 [json]  changed 2 times in 3 runs, last 2026-11-12T03:00:00.000Z: fail, then pass',
        '',
      ].join('\n'),
      stderr: '',
    });
  });

  test('says when nothing did', async ({ byok, folder }) => {
    const file = `${folder(history('fail', 'fail'))}/history.ndjson`;
    const { code, stdout } = await byok(['list', '--flaky', '--history', file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 runs: .*\n {2}no scenario changed its verdict\n$/);
  });

  test('says when there is too little history to tell', async ({ byok, folder }) => {
    const file = `${folder(history('pass'))}/history.ndjson`;
    const { code, stdout } = await byok(['list', '--flaky', '--history', file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Too little history to tell: \S+ holds 1 run, and it takes two /);
  });
});
