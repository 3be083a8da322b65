import { expect, test } from 'vitest';
import { startSandbox } from './start-sandbox.ts';
import { VirtualClock } from './virtual-clock.ts';

const start = (port = 0) => startSandbox({ clock: new VirtualClock(1_790_000_000_000), seed: 'test', port });

const post = (url: string, key: string) =>
  fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'qwen/qwen3.6-27b',
      messages: [{ role: 'user', content: 'hi' }],
      provider: { only: ['io-net'] },
    }),
  });

test('the customer is served on the key it brought, and backstage turns the world', async () => {
  const sandbox = await start();
  try {
    const usage = async () =>
      ((await (await post(sandbox.url, sandbox.keys.inference)).json()) as { usage: object }).usage;
    expect(await usage()).toMatchObject({ is_byok: true, cost: 0 });
    sandbox.backstage.exceedByokAllowance();
    expect(await usage()).toMatchObject({ is_byok: true, cost: expect.any(Number) });
    expect((await post(sandbox.url, sandbox.backstage.keyWithoutCredits())).status).toBe(402);
    expect(() => sandbox.backstage.alwaysUse('none', true)).toThrow(/no BYOK key none/);
  } finally {
    await sandbox.close();
  }
});

test('keys of one seed are the same every time', async () => {
  const [one, two] = [await start(), await start()];
  await Promise.all([one.close(), two.close()]);
  expect(one.keys).toEqual(two.keys);
});

test('a port that is taken is named, and nothing stays open', async () => {
  const first = await start();
  const port = Number(new URL(first.url).port);
  try {
    await expect(start(port)).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining(String(port)),
    });
  } finally {
    await first.close();
  }
});
