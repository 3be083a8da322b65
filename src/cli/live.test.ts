import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, type TestContext } from 'vitest';
import { systemClock } from '../clock.ts';
import { readEvents } from '../report/read-events.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { test } from './testing.ts';

/** Keys and address of a sandbox that stands for OpenRouter; no management key is among them. */
async function gateEnvironment({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) {
  const sandbox = await startSandbox({ clock: systemClock, seed: 'gate' });
  onTestFinished(() => sandbox.close());
  return { OPENROUTER_BASE_URL: sandbox.url, OPENROUTER_API_KEY: sandbox.keys.inference };
}

/** Ends the process with 99 when it opens a socket. */
const withoutSockets = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
    "import net from 'node:net'; net.Socket.prototype.connect = () => process.exit(99);",
  )}`,
};

const gate = ['run', '--target', 'live', '--profile', 'gate'] as const;

describe('live', { concurrent: true, timeout: 60_000 }, () => {
  test('a plan names the most that would be sent and spent, without a key and without a socket', async ({ byok }) => {
    const { code, stdout } = await byok([...gate, '--plan'], { env: withoutSockets });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^A plan for profile gate@1, at most; nothing was sent\.$/m);
    expect(stdout).toMatch(/^z-ai\/glm-5\.2 +3 +7 +0 +0 +\d+ +0\.00\d\d$/m);
    expect(stdout).toMatch(
      /^At most 17 requests, 2 of them for prices, and 0\.00\d\d USD; the recorded answers cost 0\.00\d\d USD\.$/m,
    );
    expect(stdout).toContain('The limits are 20 requests and 0.01 USD: they are enough.');
  });

  test('every scenario that a profile requires is declared: one that were not would be refused', async ({ byok }) => {
    const { code, stdout } = await byok(['run', '--target', 'live', '--profile', 'nightly', '--plan']);
    expect(code).toBe(0);
    expect(stdout).toContain('A plan for profile nightly@1');
  });

  test('the gate passes with one key, and takes no more than was planned', async ({ byok, folder, onTestFinished }) => {
    const reportDir = folder();
    const env = await gateEnvironment({ onTestFinished });
    const { code, stdout } = await byok([...gate, '--report-dir', reportDir], { env });
    expect(code).toBe(0);
    expect(stdout).toContain('profile: gate@1');
    expect(stdout).toMatch(/, in 17 requests$/m);
    const finished = readEvents(join(reportDir, 'events.ndjson')).findLast((event) => event.type === 'run-finished');
    expect(finished?.spend).toMatchObject({ requests: 17, openRouterUsd: 0 });
    expect(finished?.spend?.providerUsd).toBeGreaterThan(0);
    expect(readFileSync(join(reportDir, 'junit.xml'), 'utf8')).toContain('value="gate@1"');
  });

  test('a budget that is used up leaves the run incomplete, with nothing spent beyond it', async ({
    byok,
    folder,
    onTestFinished,
  }) => {
    const reportDir = folder();
    const env = await gateEnvironment({ onTestFinished });
    const { code, stdout } = await byok([...gate, '--max-cost', '0.000001', '--report-dir', reportDir], { env });
    expect(code).toBe(3);
    expect(stdout).toMatch(/E_BUDGET: The budget of 0\.000001 USD \(--max-cost\) is used up/);
    expect(stdout).toMatch(/0 USD on the customer's own key /);
  });

  test('without a key nothing is sent, and one sentence says which to set', async ({ byok }) => {
    const { code, stderr } = await byok(gate, { env: withoutSockets });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'byok: A live run needs a key: set OPENROUTER_API_KEY in the environment or in .env. [E_CONFIG]\n',
    });
  });
});
