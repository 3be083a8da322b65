import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { projectRoot } from '../cli/paths.ts';
import { runAction } from './github-runner.ts';
import { type Machine, test } from './testing.ts';

function use(machine: Machine, inputs: Record<string, string>, actionPath = projectRoot) {
  return runAction(inputs, { machine, actionPath, shelf: machine.home, env: {} });
}

const replay = { target: 'replay', profile: 'gate' };

describe.concurrent('the action', () => {
  test('runs the models and the part of the cases that it is asked for', async ({ machine }) => {
    const at = machine();
    const inputs = { ...replay, models: 'z-ai/glm-5.2\n', shard: '1/2', 'report-dir': 'a b/c' };
    const { result, outputs, log } = await use(at, inputs);
    expect({ result, outputs }).toEqual({
      result: 'success',
      // Of four cases.
      outputs: { passed: expect.stringMatching(/^[123]$/), failed: '0', incomplete: '0', 'report-dir': 'a b/c' },
    });
    expect(at.files('a b/c')).toContain('junit.xml');
    expect(log).not.toContain('qwen');
    expect(at.called()).toEqual([]);
  });

  test('counts what failed and ends with 1', async ({ machine }) => {
    const at = machine();
    writeFileSync(
      join(at.folder, 'known.yaml'),
      'known:\n  - { scenario: byok/none, reason: a, link: https://a.example, expires: 2099-01-01 }\n',
    );
    const { outputs, log } = await use(at, { ...replay, baseline: 'known.yaml' });
    expect(outputs).toMatchObject({ passed: '7', failed: '1', incomplete: '0' });
    expect(log).toMatch(/^::error .*E_BASELINE/m);
    expect(log).toContain('(ended with 1)');
  });

  test('counts what could not run and ends with 3', async ({ machine, sandbox }) => {
    const { url, key } = await sandbox();
    const inputs = { 'base-url': url, 'openrouter-api-key': key, 'max-cost': '0.000001' };
    const { outputs, log } = await use(machine(), inputs);
    expect(outputs).toMatchObject({ failed: '0', incomplete: expect.stringMatching(/^[1-7]$/) });
    expect(log).toContain('(ended with 3)');
  });

  test('takes every input for a word, whatever is in it', async ({ machine }) => {
    const at = machine();
    const nasty = '$(touch pwned) `touch pwned` "; touch pwned; "';
    const names = ['target', 'profile', 'models', 'max-cost', 'baseline', 'history', 'shard', 'report-dir', 'base-url'];
    const { outputs, log } = await use(at, Object.fromEntries(names.map((name) => [name, nasty])));
    expect(outputs).toEqual({ passed: '', failed: '', incomplete: '', 'report-dir': nasty });
    expect(log).toContain(`OPENROUTER_BASE_URL in the environment is "${nasty}"`);
    const { log: next } = await use(at, { ...Object.fromEntries(names.map((name) => [name, nasty])), 'base-url': '' });
    expect(next).toContain(`--target ${nasty}: expected one of replay, sandbox, live.`);
    expect(existsSync(join(at.folder, 'pwned'))).toBe(false);
  });

  test('writes no output that a folder’s name would bring in', async ({ machine }) => {
    const { outputs, log } = await use(machine(), { ...replay, 'report-dir': 'reports\npassed=1000' });
    expect(outputs).toEqual({ passed: '', failed: '', incomplete: '', 'report-dir': '' });
    expect(log).toContain('::error::report-dir should be a folder named in one line');
  });

  test('installs what the lock file names where nothing is installed, and remembers the run where it is told to', async ({
    machine,
  }) => {
    const at = machine();
    const path = join(at.home, 'action');
    mkdirSync(path);
    for (const name of ['src', 'suites', 'fixtures', 'package.json'])
      symlinkSync(join(projectRoot, name), join(path, name));
    const inputs = { ...replay, history: 'history.ndjson' };
    expect(await use(at, inputs, path)).toMatchObject({ result: 'success', outputs: { passed: '7' } });
    expect(at.read('history.ndjson')).toContain('"profile":"gate@1"');
    expect(at.called()).toEqual(['npm ci --omit=dev --ignore-scripts --no-audit --no-fund']);
  });

  test('says what to do where Node.js is too old', async ({ machine }) => {
    const at = machine();
    at.add('node', '[ "$1" = --version ] || exit 1; echo v20.1.0');
    const { result, log } = await use(at, replay);
    expect(result).toBe('failure');
    expect(log).toContain(
      '::error::byok-conformance needs Node.js 22.19 or newer, found v20.1.0. Put actions/setup-node before it.',
    );
  });
});
