import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { runWorkflow } from './github-runner.ts';
import { type Machine, test } from './testing.ts';

describe.concurrent('the gate before a deployment', () => {
  /** A machine whose job finds a sandbox in the place of OpenRouter, and something to deploy with. */
  function ready(machine: Machine, url: string): Machine {
    writeFileSync(join(machine.folder, '.env'), `OPENROUTER_BASE_URL=${url}\n`);
    writeFileSync(join(machine.folder, 'deploy.sh'), 'echo deployed\n', { mode: 0o755 });
    return machine;
  }

  test('lets what works be deployed', async ({ machine, sandbox }) => {
    const { url, key } = await sandbox();
    const shelf = machine().folder;
    const jobs = await runWorkflow('examples/github/gate.yml', {
      secrets: { OPENROUTER_API_KEY: key },
      shelf,
      newMachine: () => ready(machine(), url),
    });
    const [gate] = jobs['byok-gate'] ?? [];
    expect(gate).toMatchObject({ result: 'success', outputs: { passed: '7' } });
    expect(gate?.log).toContain('profile: gate@1');
    expect(jobs['deploy']).toMatchObject([
      { result: 'success', log: expect.stringContaining('The gate passed with 7 cases.\ndeployed\n') },
    ]);
    expect(existsSync(join(shelf, 'artifacts/byok-gate/junit.xml'))).toBe(true);
  });

  test('stops a deployment with a key that does not work', async ({ machine, sandbox }) => {
    const { url } = await sandbox();
    const shelf = machine().folder;
    const jobs = await runWorkflow('examples/github/gate.yml', {
      secrets: { OPENROUTER_API_KEY: 'sk-or-v1-unknown' },
      shelf,
      newMachine: () => ready(machine(), url),
    });
    expect(jobs['byok-gate']?.[0]?.result).toBe('failure');
    expect(jobs['byok-gate']?.[0]?.log).toMatch(/^::error /m);
    expect(jobs['deploy']).toEqual([{ result: 'skipped', outputs: {}, log: '' }]);
    expect(existsSync(join(shelf, 'artifacts/byok-gate/junit.xml'))).toBe(true);
  });
});

describe.concurrent('the nightly run', () => {
  test('joins its parts to one report that remembers the night before', async ({ machine }) => {
    const shelf = machine().folder;
    // Of a night long ago, in a format that is passed over.
    mkdirSync(join(shelf, 'caches'));
    writeFileSync(join(shelf, 'caches/byok-history-0-1'), '{"format":0}\n');
    const { part, whole } = await runWorkflow('examples/github/nightly.yml', {
      secrets: {},
      inputs: { target: 'replay', profile: 'gate' },
      shelf,
      newMachine: machine,
    });
    expect(part).toMatchObject(['success', 'success', 'success'].map((result) => ({ result })));
    expect(whole).toMatchObject([{ result: 'success', log: expect.stringContaining('PASSED: 7 pass') }]);
    const parts = [1, 2, 3].map((index) => casesIn(join(shelf, `artifacts/byok-part-${index}/junit.xml`)));
    expect(parts.reduce((sum, cases) => sum + cases, 0)).toBe(7);
    expect(casesIn(join(shelf, 'artifacts/byok-reports/junit.xml'))).toBe(7);
    const history = readFileSync(join(shelf, 'caches/byok-history-1-1'), 'utf8');
    expect(history).toMatch(/^\{"format":0\}\n\{"format":1,.*\}\n$/);
  });

  test('without a key has no part to join, and says so', async ({ machine }) => {
    const shelf = machine().folder;
    const jobs = await runWorkflow('examples/github/nightly.yml', { secrets: {}, shelf, newMachine: machine });
    expect(jobs['part']).toHaveLength(3);
    for (const { result, log } of jobs['part'] ?? []) {
      expect({ result, log }).toEqual({ result: 'failure', log: expect.stringContaining('set OPENROUTER_API_KEY') });
    }
    expect(jobs['whole']?.[0]?.result).toBe('failure');
  });
});

function casesIn(file: string): number {
  return readFileSync(file, 'utf8').match(/<testcase /g)?.length ?? 0;
}
