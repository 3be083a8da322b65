import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from './clock.ts';
import * as api from './index.ts';
import { startSandbox } from './sandbox/start-sandbox.ts';

const root = join(import.meta.dirname, '..');
const documentation = readFileSync(join(root, 'docs/api.md'), 'utf8');
const examples = new Map(
  [...documentation.matchAll(/^```ts (\S+)\n([\s\S]*?)^```$/gm)].map(([, name = '', code = '']) => [name, code]),
);

describe('the documented API', () => {
  it('judges an answer, as the first example is written', async () => {
    const sandbox = await startSandbox({ clock: systemClock, seed: 'docs' });
    onTestFinished(() => sandbox.close());
    const keys = { OPENROUTER_BASE_URL: sandbox.url, OPENROUTER_API_KEY: sandbox.keys.inference };
    expect(await ran('judge.ts', keys)).toEqual({ code: 0, stdout: '0 findings\n' });

    const refused = await ran('judge.ts', { ...keys, OPENROUTER_API_KEY: 'sk-or-v1-not-a-key' });
    expect(refused).toEqual({
      code: 1,
      stdout: expect.stringMatching(/^must \S+ at .*: expected status 200, was 401/),
    });
  });

  it('is what the example repository is written with', () => {
    const suite = 'suites/summaries.suite.ts';
    expect(readFileSync(join(root, 'examples/own-suites', suite), 'utf8')).toBe(examples.get(suite));
  });

  it('is named in the documentation, name by name', () => {
    expect(Object.keys(api).filter((name) => !documentation.includes(`\`${name}`))).toEqual([]);
  });
});

/** Runs an example of the documentation in a folder in which this package is installed, as far as Node.js can tell. */
async function ran(name: string, env: Record<string, string>): Promise<{ code: number | null; stdout: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'byok-api-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const installed = join(folder, 'node_modules/byok-conformance');
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, 'package.json'), '{ "type": "module", "exports": "./src/index.ts" }');
  symlinkSync(join(root, 'src'), join(installed, 'src'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, name), examples.get(name) ?? '');
  const child = spawn(process.execPath, [name], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'close') as Promise<[number | null]>]);
  return { code, stdout };
}
