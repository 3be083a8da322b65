import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Call } from '../exchange/exchange.ts';
import { send } from '../exchange/send.ts';
import { agent, httpServer } from '../exchange/testing.ts';
import { agreeingClock } from './agreeing-clock.ts';

const dayMs = 86_400_000;
const noon = Date.UTC(2026, 10, 23, 12);
const call = (method: Call['method'], path: string): Call => ({ method, path, headers: {} });

/** Calls a server whose clock differs from ours, as the server's headers have it. */
async function calling(headers: Record<string, string>) {
  const asked: string[] = [];
  const baseUrl = await httpServer((request, response) => {
    request.resume();
    asked.push(`${request.method} ${request.url}`);
    response.sendDate = false;
    response.writeHead(request.method === 'POST' ? 201 : 200, headers).end('{}');
  });
  const clock = { ...systemClock, now: () => noon };
  const dispatcher = agent().compose(agreeingClock(clock));
  const options = { baseUrl, dispatcher, clock: systemClock };
  return { asked, answered: (one: Call) => send(one, options).then(({ response }) => response?.status) };
}

const date = (ms: number) => new Date(ms).toUTCString();

describe('a server that says another time', () => {
  it.each([-dayMs, dayMs, 6 * 60_000])('by %i ms is not talked to, and both clocks are named', async (apartMs) => {
    const { answered } = await calling({ date: date(noon + apartMs) });
    await expect(answered(call('GET', '/key'))).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringMatching(
        new RegExp(`${new Date(noon + apartMs).toISOString()}.*2026-11-23T12:00:00.000Z.*Set this machine's clock`),
      ),
    });
  });

  it('still tells of what it made, takes no more calls, and deletes', async () => {
    const { answered, asked } = await calling({ date: date(noon + dayMs) });
    expect(await answered(call('POST', '/keys'))).toBe(201);
    await expect(answered(call('PATCH', '/keys/1'))).rejects.toMatchObject({ code: 'E_CONFIG' });
    expect(await answered(call('DELETE', '/keys/1'))).toBe(200);
    expect(asked).toEqual(['POST /keys', 'DELETE /keys/1']);
  });
});

describe('a server is believed', () => {
  it.each([
    ['that is a minute off', { date: date(noon - 60_000) }],
    ['that says no time', {}],
    ['that says no time one could read', { date: 'yesterday' }],
    ['whose answer a cache has kept for an hour', { date: date(noon - 3_600_000), age: '3600' }],
    ['whose answer a cache has kept and dated anew', { date: date(noon), age: '3600' }],
  ])('%s', async (_, headers) => {
    const { answered } = await calling(headers);
    expect(await answered(call('GET', '/models'))).toBe(200);
  });
});
