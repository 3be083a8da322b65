import { copyFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect } from 'vitest';
import { projectRoot } from '../cli/paths.ts';
import { type Machine, sourceOf, test } from './testing.ts';

const lines = sourceOf('examples/cron/crontab').split('\n');

/** Calls the script by the line of the crontab, from another folder and with the little that cron hands on. */
async function callByCron(machine: Machine, env: Record<string, string> = {}, before = '') {
  const [, command = ''] = /^\d+ \d+ \* \* \* (\S+)$/.exec(lines.at(-2) ?? '') ?? [];
  const script = join(machine.folder, basename(command));
  copyFileSync(join(projectRoot, 'examples/cron', basename(command)), script);
  const path = lines.find((line) => line.startsWith('PATH='))?.slice('PATH='.length) ?? '';
  return machine.run(`cd / && ${before}${script}`, ['/bin/sh'], { PATH: path, LOGNAME: 'byok', ...env });
}

describe.concurrent('the script for cron', () => {
  test('is silent when all is well, and keeps reports and history', async ({ machine, sandbox }) => {
    const at = machine();
    const { url, key } = await sandbox();
    writeFileSync(join(at.folder, '.env'), `OPENROUTER_API_KEY=${key}\nOPENROUTER_BASE_URL=${url}\n`);
    expect(await callByCron(at, { BYOK_PROFILE: 'gate' })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(at.files('reports')).toEqual([
      expect.stringMatching(/^\d{8}-\d{6}$/),
      expect.stringMatching(/\.log$/),
      expect.stringMatching(/\.txt$/),
      'history.ndjson',
    ]);
    const [folder = ''] = at.files('reports');
    expect(at.files(join('reports', folder))).toContain('junit.xml');
    expect(at.read('reports/history.ndjson')).toContain('"target":"live"');
  });

  test('prints why a run did not begin, for cron to mail, and ends as it did', async ({ machine }) => {
    const { code, stdout, stderr } = await callByCron(machine());
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout).toMatch(/set OPENROUTER_API_KEY.*\nbyok ended with 2\. Its reports: \/.*\/reports\/\d{8}-\d{6}\n$/);
  });

  test('prints how a run ended that could not test', async ({ machine, sandbox }) => {
    const at = machine();
    const { url } = await sandbox();
    writeFileSync(join(at.folder, '.env'), `OPENROUTER_API_KEY=sk-or-v1-unknown\nOPENROUTER_BASE_URL=${url}\n`);
    const { code, stdout } = await callByCron(at, { BYOK_PROFILE: 'gate' });
    expect(code).toBe(3);
    expect(stdout).toContain('profile: gate@1');
    expect(stdout).not.toContain('✓');
  });

  test('does not begin beside a run that is under way', async ({ machine }) => {
    const at = machine();
    const { code, stdout } = await callByCron(at, {}, `exec 8>"${at.folder}/.lock" && flock -n 8 && `);
    expect({ code, stdout }).toEqual({ code: 3, stdout: 'The run before this one is still under way.\n' });
    expect(at.called()).toEqual([]);
  });
});
