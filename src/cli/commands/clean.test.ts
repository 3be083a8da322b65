import { describe, expect, type TestContext } from 'vitest';
import { systemClock } from '../../clock.ts';
import type { Interfere } from '../../sandbox/interference.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { test } from '../testing.ts';

/** An account with keys of these names, made some time ago, and how to reach it. */
async function accountWith(
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
  names: string[],
  { interfere = () => ({}), madeMinutesAgo = 61 }: { interfere?: Interfere; madeMinutesAgo?: number } = {},
) {
  let behindMs = madeMinutesAgo * 60_000;
  const clock = { ...systemClock, now: () => systemClock.now() - behindMs };
  const sandbox = await startSandbox({ clock, seed: 'clean', interfere });
  onTestFinished(() => sandbox.close());
  const headers = { authorization: `Bearer ${sandbox.keys.management}`, 'content-type': 'application/json' };
  for (const name of names)
    await fetch(`${sandbox.url}/keys`, { method: 'POST', headers, body: JSON.stringify({ name }) });
  behindMs = 0;
  return {
    env: { OPENROUTER_BASE_URL: sandbox.url, OPENROUTER_MANAGEMENT_KEY: sandbox.keys.management },
    async keys() {
      const { data } = (await (await fetch(`${sandbox.url}/keys`, { headers })).json()) as { data: { name: string }[] };
      return data.map(({ name }) => name).filter((name) => names.includes(name));
    },
  };
}

describe('clean', { concurrent: true, timeout: 60_000 }, () => {
  test('lists, but deletes nothing, when nobody is there to ask', async ({ byok, onTestFinished }) => {
    const { env, keys } = await accountWith({ onTestFinished }, ['byokc-one-key', 'production']);
    const { code, stdout, stderr } = await byok(['clean'], { env });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^Live runs left 1 behind:\n {2}key +byokc-one-key {2}\/keys\/\w+ {2}made \S+Z\n$/);
    expect(stderr).toBe(
      'byok: Nothing was deleted, as nobody is there to ask: say --yes to delete these. [E_CONFIG]\n',
    );
    expect(await keys()).toEqual(['byokc-one-key', 'production']);
  });

  test('deletes what is left of the run it is told, when told to', async ({ byok, onTestFinished }) => {
    const { env, keys } = await accountWith({ onTestFinished }, ['byokc-one-key', 'byokc-two-key', 'production']);
    const one = await byok(['clean', '--yes', '--run', 'one'], { env });
    expect(one).toMatchObject({ code: 0, stdout: expect.stringContaining('Deleted 1 of 1.') });
    expect(await keys()).toEqual(['byokc-two-key', 'production']);
    expect(await byok(['clean', '--run', 'one'], { env })).toEqual({
      code: 0,
      stdout: 'Run one left nothing behind.\n',
      stderr: '',
    });
  });

  test('leaves alone what a run under way may be using, unless that run is named', async ({ byok, onTestFinished }) => {
    const names = ['byokc-one-key', 'byokc-two-key'];
    const { env, keys } = await accountWith({ onTestFinished }, names, { madeMinutesAgo: 59 });
    const { code, stdout } = await byok(['clean', '--yes'], { env });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Left alone: 2 made in the last hour, which a run under way may be using; --run <id> takes them\.\n( {2}key +byokc-.*\n){2}$/,
    );
    expect(await keys()).toEqual(names);
    const one = await byok(['clean', '--yes', '--run', 'one'], { env });
    expect(one.stdout).toContain('Deleted 1 of 1.');
    expect(await keys()).toEqual(['byokc-two-key']);
  });

  test('without a date in the listing, goes by when the run began', async ({ byok, onTestFinished }) => {
    const id = (minutesAgo: number) =>
      new Date(Date.now() - minutesAgo * 60_000).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
    const [old, young] = [`byokc-${id(61)}-aaaa-key`, `byokc-${id(59)}-bbbb-key`];
    // The length of the body stays what was announced.
    const undated = (pieces: readonly string[]) =>
      pieces.map((piece) => piece.replaceAll('"created_at"', '"created_by"'));
    const interfere: Interfere = ({ method }) => (method === 'GET' ? { body: undated } : {});
    const { env, keys } = await accountWith({ onTestFinished }, [old, young], { interfere, madeMinutesAgo: 0 });
    const { code, stdout } = await byok(['clean', '--yes'], { env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Deleted 1 of 1.') });
    expect(await keys()).toEqual([young]);
  });

  test('does not tell an age by a clock that is wrong', async ({ byok, onTestFinished }) => {
    const sandbox = await startSandbox({
      clock: { ...systemClock, now: () => systemClock.now() - 7_200_000 },
      seed: 'clean',
    });
    onTestFinished(() => sandbox.close());
    const env = { OPENROUTER_BASE_URL: sandbox.url, OPENROUTER_MANAGEMENT_KEY: sandbox.keys.management };
    const { code, stderr } = await byok(['clean', '--yes'], { env });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('2.0 h apart') });
  });

  test('ends with 3 and names what it could not delete', async ({ byok, onTestFinished }) => {
    const interfere: Interfere = ({ method }) =>
      method === 'DELETE' ? { head: (head) => ({ ...head, status: 500 }) } : {};
    const { env } = await accountWith({ onTestFinished }, ['byokc-one-key'], { interfere });
    const { code, stdout } = await byok(['clean', '--yes'], { env });
    expect(code).toBe(3);
    expect(stdout).toMatch(
      /Deleted 0 of 1\.\nNot deleted: {2}key +byokc-one-key .*\n {4}DELETE .* was expected to succeed, but: 500/,
    );
  });

  test('without a management key ends with 2 and says what to set', async ({ byok }) => {
    expect(await byok(['clean', '--yes'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'byok: Cleaning up takes a management key: set OPENROUTER_MANAGEMENT_KEY. [E_CONFIG]\n',
    });
  });
});
