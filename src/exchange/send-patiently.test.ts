import { expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Call } from './exchange.ts';
import { sendPatiently } from './send-patiently.ts';
import { agent, httpServer, rawServer } from './testing.ts';

const chat: Call = { method: 'POST', path: '/chat/completions', headers: {}, body: {} };

/** A server that gives these statuses in turn, the last for ever, and a clock whose sleepers wake at once. */
async function answering(statuses: number[], headers: Record<string, string> = {}) {
  let asked = 0;
  const pauses: number[] = [];
  const whys: string[] = [];
  const baseUrl = await httpServer((request, response) => {
    request.resume();
    response.writeHead(statuses[Math.min(asked++, statuses.length - 1)] ?? 500, headers).end('{}');
  });
  return { ...patient(baseUrl, pauses, whys), pauses, whys, asked: () => asked };
}

function patient(baseUrl: string, pauses: number[], whys: string[]) {
  const clock = { ...systemClock, sleep: async (ms: number) => void pauses.push(ms) };
  const options = { baseUrl, dispatcher: agent(), clock };
  return { options, patience: { random: () => 0.5, onRepeat: (why: string) => void whys.push(why) } };
}

it('returns the answer that came in the end, and tells of the attempts before it', async () => {
  const { options, patience, pauses, whys } = await answering([503, 429, 200]);
  const { response } = await sendPatiently(chat, options, patience);
  expect(response?.status).toBe(200);
  expect(pauses).toEqual([500, 1_000]);
  expect(whys).toEqual(['POST /chat/completions: 503', 'POST /chat/completions: 429']);
});

it('returns the third refusal as it is', async () => {
  const { options, patience, asked } = await answering([529]);
  expect((await sendPatiently(chat, options, patience)).response?.status).toBe(529);
  expect(asked()).toBe(3);
});

it('connects again after a connection that broke', async () => {
  let connections = 0;
  const baseUrl = await rawServer((socket) => {
    connections += 1;
    if (connections === 1) socket.resetAndDestroy();
    else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
  });
  const whys: string[] = [];
  const { options, patience } = patient(baseUrl, [], whys);
  expect(await sendPatiently(chat, options, patience)).toMatchObject({ response: { status: 200 } });
  expect(whys).toEqual([expect.stringMatching(/^POST \/chat\/completions: (reset|closed-early)/)]);
});

it('gives up at once, and says so, when it is asked to wait for an hour', async () => {
  const { options, patience, asked } = await answering([429], { 'retry-after': '3600' });
  await expect(sendPatiently(chat, options, patience)).rejects.toMatchObject({
    code: 'E_BLOCKED',
    message: expect.stringContaining('Retry-After of 3600 s'),
  });
  expect(asked()).toBe(1);
});

it('ends a pause when told to', async () => {
  const { options, patience, asked } = await answering([429]);
  const signal = AbortSignal.abort(new Error('stopped'));
  await expect(sendPatiently(chat, { ...options, clock: systemClock }, { ...patience, signal })).rejects.toThrow(
    'stopped',
  );
  expect(asked()).toBe(1);
});

it('asks once only where nothing is to be left to chance, and for what it expects', async () => {
  const { options, patience, asked } = await answering([429]);
  await sendPatiently(chat, options, {});
  await sendPatiently(chat, options, { ...patience, expected: [429] });
  expect(asked()).toBe(2);
});
