import { describe, expect, it, onTestFinished } from 'vitest';
import { HarnessError } from '../errors.ts';
import { readAnswer } from '../exchange/answer.ts';
import { Budget, emptyPurse, spendOf } from '../exchange/budget.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import { send } from '../exchange/send.ts';
import { agent } from '../exchange/testing.ts';
import { ionet } from '../provider.ts';
import type { Interfere } from '../sandbox/interference.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { VirtualClock } from '../sandbox/virtual-clock.ts';
import { arrangedSession, type ArrangedSessionOptions } from '../targets/arranged-session.ts';
import { effortOf, mostProbes } from './effort.ts';
import { arrange } from './given.ts';
import { answering } from './testing.ts';

const model = ionet.models[0] ?? '';

/** A sandbox of its own and a session with it. */
async function opened(
  over: Partial<ArrangedSessionOptions> = {},
  { propagationMs = 30_000, interfere }: { propagationMs?: number; interfere?: Interfere } = {},
) {
  const clock = new VirtualClock(Date.UTC(2026, 10, 23));
  const sandbox = await startSandbox({ clock, seed: 'given', propagationMs, ...(interfere && { interfere }) });
  onTestFinished(() => sandbox.close());
  const dispatcher = agent({ connectTimeout: 0 });
  const target = { baseUrl: sandbox.url, dispatcher, clock };
  const ask = async (method: 'GET' | 'POST', path: string, key: string | null, body?: unknown): Promise<Exchange> => {
    const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
    return readExchange(await send({ method, path, headers, ...(body !== undefined && { body }) }, target));
  };
  const idsAt = async (path: string) => {
    const { data } = (await ask('GET', path, sandbox.keys.management)).json as {
      data: { id?: string; hash?: string }[];
    };
    return data.map(({ id, hash }) => hash ?? id);
  };
  const purse = emptyPurse();
  const session = arrangedSession({
    ...target,
    budget: new Budget({ maxCostUsd: 1, maxRequests: 10_000, prices: {} }, purse),
    model,
    customerKey: sandbox.keys.inference,
    managementKey: sandbox.keys.management,
    providerKeys: {
      valid: sandbox.keys.provider,
      second: sandbox.keys.providerSecond,
      forbidden: sandbox.keys.providerForbidden,
      exhausted: sandbox.keys.providerExhausted,
    },
    backstage: sandbox.backstage,
    sandbox: true,
    mayBurden: true,
    label: 'given-test',
    arrange,
    release: async () => undefined,
    ...over,
  });
  return {
    session,
    /** Requests of the session so far. */
    requests: () => spendOf(purse).requests,
    /** What a pinned request with this key comes to. */
    async pinned(key: string | null) {
      const messages = [{ role: 'user', content: 'Reply with exactly: ok' }];
      const body = { model, messages, max_tokens: 16, provider: { only: [ionet.slug] } };
      const exchange = await ask('POST', '/chat/completions', key, body);
      const answer = readAnswer(exchange);
      const served = exchange.response?.status === 200;
      return served ? { isByok: answer?.usage?.['is_byok'], by: answer?.provider } : exchange.response?.status;
    },
    /** Ids of everything that can be made through the management API. */
    inventory: () => Promise.all(['/keys', '/workspaces', '/byok', '/guardrails'].map(idsAt)),
    /** Status of the credits, which only a management key may read. */
    credits: async (key: string | null) => (await ask('GET', '/credits', key)).response?.status,
  };
}

/** An OpenRouter that says a key is disabled, and goes on serving it. */
const keepingKeysEnabled: Interfere = ({ method }, { state }) => {
  if (method === 'POST') for (const key of state.apiKeys) key.disabled = false;
  return {};
};

const ownKey = { isByok: true, by: ionet.name };
const shared = { isByok: false, by: ionet.name };

it.each([
  ['customer', ownKey],
  ['no-key', 401],
  ['unknown-key', 401],
  ['disabled-key', 401],
  ['key-limit-zero', 403],
  ['no-credits', 402],
  ['byok-none', shared],
  ['byok-disabled', shared],
  ['byok-fallback', shared],
  ['byok-for-another-model', shared],
  ['byok-for-another-api-key', shared],
  ['byok-in-another-workspace', shared],
  ['byok-invalid', shared],
  ['byok-invalid-always-used', 401],
  ['byok-forbidden-always-used', 403],
  ['byok-exhausted-always-used', 429],
  ['byok-first-refused-second-valid', ownKey],
  ['byok-just-added', ownKey],
  ['past-byok-allowance', ownKey],
  ['provider-ignored', 404],
  ['provider-not-allowed', 404],
])('under %s a pinned request comes to %o, and nothing made for it is left', async (given, outcome) => {
  const { session, pinned, inventory, requests } = await opened();
  const before = await inventory();
  const { name, key } = await session.credential(given);
  expect(name).toBe(given);
  expect(await pinned(key)).toEqual(outcome);
  await session.close('done');
  expect(await inventory()).toEqual(before);
  const { managing, waits } = effortOf(given);
  // A plan promises no more than this is made.
  expect(requests()).toBeGreaterThanOrEqual(managing);
  expect(requests()).toBeLessThanOrEqual(managing + waits * mostProbes);
});

it('the management key reads what the customer’s may not', async () => {
  const { session, credits } = await opened();
  expect(await credits((await session.credential('management-key')).key)).toBe(200);
  expect(await credits((await session.credential('customer')).key)).toBe(403);
});

describe('a state of the world', () => {
  it('is made once for all the calls of a session', async () => {
    const { session } = await opened();
    expect(await session.credential('byok-none')).toBe(await session.credential('byok-none'));
  });

  it('that nobody has described is an error of the suite', async () => {
    const { session } = await opened();
    await expect(session.credential('byok-borrowed')).rejects.toMatchObject({
      code: 'E_SUITE',
      message: expect.stringMatching(/^There is no given "byok-borrowed"\. Known: customer, /),
    });
  });

  it('is no longer waited for once the run is stopped, and what was made for it is deleted', async () => {
    const stop = new AbortController();
    let holding = 0;
    const { session, inventory } = await opened(
      {
        signal: stop.signal,
        onWait: () => stop.abort(new HarnessError('E_INTERRUPTED', 'stopped')),
        onHolding: (more) => void (holding += more),
      },
      { propagationMs: 3_600_000 },
    );
    const before = await inventory();
    await expect(session.credential('byok-disabled')).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    expect(holding).toBe(3);
    await session.close('failed');
    expect(holding).toBe(0);
    expect(await inventory()).toEqual(before);
  });

  it('in which a key stops to pay is no proof when it never paid', async () => {
    const { session } = await opened({}, { propagationMs: 3_600_000 });
    await expect(session.credential('byok-disabled')).rejects.toMatchObject({
      code: 'E_TIMEOUT',
      message: expect.stringContaining('so nothing can be shown by taking it away'),
    });
  });

  const troubled = (when: () => boolean): Interfere => {
    return ({ path }) => (path === '/chat/completions' && when() ? { head: (head) => ({ ...head, status: 502 }) } : {});
  };

  it.each([
    ['disabled-key', 401],
    ['key-limit-zero', 403],
    ['provider-ignored', 404],
    ['byok-invalid-always-used', 401],
    ['byok-exhausted-always-used', 429],
    ['byok-disabled', shared],
    ['byok-first-refused-second-valid', ownKey],
  ])('is not taken for brought about by a 502 that passes: %s', async (given, outcome) => {
    let probes = 0;
    let over = false;
    const { session, pinned } = await opened({}, { interfere: troubled(() => !over && probes++ % 2 === 0) });
    const { key } = await session.credential(given);
    over = true;
    expect(probes).toBeGreaterThan(1);
    expect(await pinned(key)).toEqual(outcome);
  });

  it('that nothing but trouble could show is not known to be there', async () => {
    const { session } = await opened({}, { interfere: troubled(() => true) });
    await expect(session.credential('disabled-key')).rejects.toMatchObject({
      code: 'E_TIMEOUT',
      message:
        '120 s after a change of keys or rules POST /chat/completions still ended in 502, so whether the change took effect could not be seen.',
    });
  });

  it('that does not come about although answers come is left to the checks', async () => {
    const { session, pinned } = await opened({}, { interfere: keepingKeysEnabled });
    expect(await pinned((await session.credential('disabled-key')).key)).toEqual(ownKey);
  });

  it('in a workspace of its own is no proof while a key of the provider serves all workspaces', async () => {
    const baseUrl = await answering([200, { data: [{ workspace_id: null, disabled: false }] }]);
    const { session } = await opened({ baseUrl });
    await expect(session.credential('byok-disabled')).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining('Move it to one workspace.'),
    });
  });

  it('needs a management key, and says which variable to set', async () => {
    const { session } = await opened({ managementKey: null });
    for (const given of ['management-key', 'byok-none', 'disabled-key']) {
      await expect(session.credential(given)).rejects.toMatchObject({
        code: 'E_CONFIG',
        message: expect.stringContaining('set OPENROUTER_MANAGEMENT_KEY'),
      });
    }
  });

  it('needs a key of the provider to bring along, and says which variable to set', async () => {
    const { session } = await opened({ providerKeys: {} });
    await expect(session.credential('byok-disabled')).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining(`set ${ionet.keyVariable}`),
    });
  });

  it.each(['byok-invalid', 'byok-invalid-always-used', 'byok-first-refused-second-valid'])(
    'that shows the provider a key it refuses does not apply where that may not be, and nothing is made: %s',
    async (given) => {
      const { session, requests } = await opened({ mayBurden: false });
      await expect(session.credential(given)).rejects.toMatchObject({
        name: 'NotApplicable',
        message: expect.stringContaining('live one case of a run may, and it is not this one'),
      });
      expect(requests()).toBe(0);
    },
  );

  it.each(['no-credits', 'past-byok-allowance'])(
    'that no API brings about does not apply outside: %s',
    async (given) => {
      const { session } = await opened({ backstage: undefined });
      await expect(session.credential(given)).rejects.toMatchObject({ name: 'NotApplicable' });
    },
  );
});
