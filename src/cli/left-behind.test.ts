import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, type TestContext } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Interfere } from '../sandbox/interference.ts';
import { ionet } from '../provider.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { suite, test } from './testing.ts';

/** A suite whose scenario needs a throw-away key. */
const needsKey = suite(
  `scenario({ id: 'own/key-disabled', says: 'It is refused.', proves: ['errors.401'], scope: 'account', modes: 'none', steps: [refused(get('/key'), { status: [401] }, { given: 'disabled-key' })] });`,
);

/** What a live run needs, with a sandbox for OpenRouter. */
async function live({ onTestFinished }: Pick<TestContext, 'onTestFinished'>, interfere: Interfere = () => ({})) {
  const calls: string[] = [];
  const sandbox = await startSandbox({
    clock: systemClock,
    seed: 'left-behind',
    propagationMs: 500,
    interfere(request, world) {
      calls.push(`${request.method} ${request.path}`);
      return interfere(request, world);
    },
  });
  onTestFinished(() => sandbox.close());
  const env = {
    OPENROUTER_BASE_URL: sandbox.url,
    OPENROUTER_API_KEY: sandbox.keys.inference,
    OPENROUTER_MANAGEMENT_KEY: sandbox.keys.management,
    [ionet.keyVariable]: sandbox.keys.provider,
  };
  return { env, calls };
}

/** A management API that makes a key and then answers no more. */
async function heldAfterMaking({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  const server = createServer((request, response) => {
    request.resume();
    if (request.url?.startsWith('/models')) return void response.writeHead(404).end();
    if (request.method !== 'POST') return void server.emit('held');
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"key":"k","data":{"hash":"h"}}');
  });
  onTestFinished(() => void server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const env = {
    OPENROUTER_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    OPENROUTER_API_KEY: 'sk-or-v1-not-a-real-key',
    OPENROUTER_MANAGEMENT_KEY: 'sk-or-v1-nor-is-this',
  };
  return { server, env };
}

const argv = (suites: string, reportDir: string) =>
  ['run', '--target', 'live', '--suites', suites, '--report-dir', reportDir] as const;

describe('a live run', { concurrent: true, timeout: 60_000 }, () => {
  test('names in its report what it could not delete, beside the verdict of the case', async ({
    byok,
    folder,
    onTestFinished,
  }) => {
    const { env } = await live({ onTestFinished }, ({ method }) =>
      method === 'DELETE' ? { head: (head) => ({ ...head, status: 500 }) } : {},
    );
    const reportDir = folder();
    const { code, stdout } = await byok(argv(folder({ 'a.suite.ts': needsKey }), reportDir), { env });
    expect(code).toBe(3);
    expect(stdout).toContain('cases: 1 pass');
    const said =
      /E_LEFT_BEHIND.*: \/keys\/\w+ is left in the account\. .*but: 500.*"byok clean --run [\w-]+" deletes it/s;
    expect(stdout).toMatch(said);
    expect(readFileSync(join(reportDir, 'junit.xml'), 'utf8')).toContain('is left in the account');
  });

  test('stopped by a second signal says what is left and how to delete it', async ({
    byok,
    folder,
    onTestFinished,
  }) => {
    const { server, env } = await heldAfterMaking({ onTestFinished });
    const reportDir = folder();
    const { code, stderr } = await byok(argv(folder({ 'a.suite.ts': needsKey }), reportDir), {
      env,
      watch(child, printed) {
        server.once('held', () => child.kill('SIGINT'));
        if (printed.stderr.includes('Stopping')) child.kill('SIGTERM');
      },
    });
    expect(code).toBe(130);
    const said = /What this run made .* is left there\. "byok clean --run [\w-]+" deletes it\./;
    expect(stderr).toMatch(said);
    expect(readFileSync(join(reportDir, 'summary.md'), 'utf8')).toMatch(/byok clean --run/);
  });

  test
    .skipIf(process.platform === 'win32')
    .concurrent(
      'that cannot write its report any more still deletes what it made',
      async ({ byok, folder, onTestFinished }) => {
        const { env, calls } = await live({ onTestFinished });
        const line = needsKey.split('\n')[1] ?? '';
        const many = Array.from({ length: 60 }, (_, index) => line.replace('key-disabled', `key-disabled-${index}`));
        const waits = line
          .replace('key-disabled', 'byok-awaited')
          .replace("given: 'disabled-key'", "given: 'byok-just-added'");
        const suites = folder({ 'a.suite.ts': suite(...many), 'b.suite.ts': suite(waits) });
        // Blocks of 512 bytes: room for the catalogue of error paths, what is planned and a few cases.
        const { code, stderr } = await byok(argv(suites, folder()), { env, shell: 'ulimit -f 216; exec "$@"' });
        expect(code).toBe(2);
        expect(stderr).toMatch(/Expected to write .*events\.ndjson/);
        const count = (pattern: RegExp) => calls.filter((call) => pattern.test(call)).length;
        const made = count(/^POST \/(workspaces|keys|byok)$/);
        expect(made).toBeGreaterThan(0);
        expect(count(/^DELETE/)).toBe(made);
      },
    );
});
