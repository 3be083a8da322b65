import { describe, expect, it } from 'vitest';
import type { Call, Ending, WireExchange } from './exchange.ts';
import { whetherAgain } from './retry.ts';

const now = Date.UTC(2026, 10, 23, 12);
const chat = { method: 'POST', path: '/chat/completions' } as const;
const first = { expected: [], repeats: 0, now, random: 0.5 };

function answered(status: number, { headers = {}, call = chat }: { headers?: object; call?: Partial<Call> } = {}) {
  const end = { how: 'complete', at: 1 } as const;
  const response = { status, headers: { ...headers }, headersAt: 1 };
  return { call: { ...chat, headers: {}, ...call }, response, chunks: [], end } satisfies WireExchange;
}

function broken(end: Ending, call: Partial<Call> = chat): WireExchange {
  return { call: { ...chat, headers: {}, ...call }, chunks: [], end };
}

const reset = { how: 'reset', at: 1, code: 'ECONNRESET' } as const;
const refused = { how: 'not-connected', at: 1, code: 'ECONNREFUSED' } as const;
const makesKey = { method: 'POST', path: '/keys' } as const;

describe('a call is made again', () => {
  it.each([429, 502, 503, 529])('after a %i', (status) => {
    expect(whetherAgain(answered(status), first)).toEqual({
      again: true,
      pauseMs: 500,
      why: `POST /chat/completions: ${status}`,
    });
  });

  it.each([
    ['that was refused', refused],
    ['that broke', reset],
    ['that ended too early', { how: 'closed-early', at: 1 }],
    ['that was not made in time', { how: 'timed-out', at: 1, code: 'connect' }],
  ] as const)('after a connection %s', (_, end) => {
    expect(whetherAgain(broken(end), first)).toMatchObject({ again: true });
  });

  it('after longer pauses each time, in part left to chance', () => {
    const pauses = [0, 1].flatMap((repeats) =>
      [0, 0.999].map((random) => whetherAgain(answered(503), { ...first, repeats, random })),
    );
    expect(pauses).toMatchObject([{ pauseMs: 250 }, { pauseMs: 750 }, { pauseMs: 500 }, { pauseMs: 1_499 }]);
  });

  it.each([
    ['3', 3_500],
    ['60', 60_500],
    ['Mon, 23 Nov 2026 12:00:07 GMT', 7_500],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 500],
    ['soon', 500],
  ])('no earlier than Retry-After %s allows', (header, pauseMs) => {
    const wire = answered(429, { headers: { 'retry-after': header } });
    expect(whetherAgain(wire, first)).toMatchObject({ again: true, pauseMs });
  });

  it('when it would make something, only if that cannot have happened yet', () => {
    const on = (wire: WireExchange) => whetherAgain(wire, first)?.again ?? false;
    expect([429, 503, 529].map((status) => on(answered(status, { call: makesKey })))).toEqual([true, true, true]);
    expect(on(broken(refused, makesKey))).toBe(true);
    expect(on(broken(reset, makesKey))).toBe(false);
    expect(on(answered(502, { call: makesKey }))).toBe(false);
    expect(on(broken(reset, { method: 'DELETE', path: '/keys/1' }))).toBe(true);
  });
});

describe('a call is not made again', () => {
  it.each([200, 400, 401, 402, 403, 404, 408, 413, 500, 524])('after a %i', (status) => {
    expect(whetherAgain(answered(status), first)).toBeNull();
  });

  it('after the status it asks for', () => {
    expect(whetherAgain(answered(429), { ...first, expected: [429] })).toBeNull();
  });

  it('more than twice', () => {
    expect(whetherAgain(answered(503), { ...first, repeats: 2 })).toBeNull();
  });

  it.each([
    ['an answer that broke off', { ...answered(200), end: reset }],
    ['a server that did not answer in time', broken({ how: 'timed-out', at: 1, code: 'headers' })],
    ['going away on purpose', broken({ how: 'aborted', at: 1 })],
  ] as const)('after %s', (_, wire) => {
    expect(whetherAgain(wire, first)).toBeNull();
  });

  it('when the server asks for more patience than anybody has', () => {
    const wire = answered(429, { headers: { 'retry-after': '3600' } });
    expect(whetherAgain(wire, first)).toEqual({
      again: false,
      why: 'POST /chat/completions: 429, with Retry-After of 3600 s: longer than the 60 s this harness waits.',
    });
  });
});
