import { expect, it } from 'vitest';
import { systemClock } from '../../clock.ts';
import { agent, httpServer } from '../../exchange/testing.ts';
import { openWorld } from '../world.ts';
import { servedOnOwnKey } from './served-on-own-key.ts';

const now = Date.UTC(2026, 10, 23, 12);
const ago = (seconds: number) => new Date(now - seconds * 1_000).toISOString();

/** A look at an account that is served on shared capacity, and whose key of the provider has these dates. */
async function passedOver(dates: { created_at: string; updated_at?: string | null }, waitedMs = 0) {
  const key = { label: 'k', disabled: false, is_fallback: false, ...dates };
  const baseUrl = await httpServer(({ url = '' }, response) => {
    response.setHeader('date', new Date(now).toUTCString());
    const data = url.startsWith('/byok') ? [key] : { disabled: false };
    response.end(JSON.stringify(url.startsWith('/chat') ? { usage: { is_byok: false } } : { data }));
  });
  const world = openWorld({
    baseUrl,
    providerUrl: baseUrl,
    keys: { openRouter: 'mine', management: 'all', provider: null },
    model: 'a/one',
    dispatcher: agent(),
    clock: systemClock,
  });
  return servedOnOwnKey.look(world, waitedMs);
}

it('A key that was added a moment ago is not yet in use', async () => {
  const looked = await passedOver({ created_at: ago(30) });
  expect(looked).toMatchObject({ answer: 'not-yet', why: expect.stringContaining('key was added 30 s ago') });
});

it('A key that was changed a moment ago is not yet in use, however old it is', async () => {
  const looked = await passedOver({ created_at: ago(86_400), updated_at: ago(40) });
  expect(looked).toMatchObject({ answer: 'not-yet', why: expect.stringContaining('key was changed 40 s ago') });
});

it('Where nothing tells of changes, no refusal is claimed that nobody has seen', async () => {
  const looked = await passedOver({ created_at: ago(86_400) });
  expect(looked).toMatchObject({
    answer: 'no',
    cause: expect.stringContaining(
      'either a change made in the last two minutes is still spreading (ask again with --wait), or Io Net refuses the key',
    ),
    mayPass: true,
  });
});

it.each([
  ['after as much waiting as a change may take', {}, 110_000],
  ['where the last change was long ago', { updated_at: ago(600) }, 0],
  ['where the key was never changed', { updated_at: null }, 0],
])('A refusal is what is left %s', async (_when, dates, waitedMs) => {
  const looked = await passedOver({ created_at: ago(86_400), ...dates }, waitedMs);
  const cause = 'OpenRouter served on its shared capacity (is_byok is false): Io Net refuses the key that is set, ';
  expect(looked).toMatchObject({ answer: 'no', cause: expect.stringContaining(cause) });
});
