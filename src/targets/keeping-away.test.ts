import { expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { send } from '../exchange/send.ts';
import { agent, httpServer } from '../exchange/testing.ts';
import { keepingAway } from './keeping-away.ts';

/** Calls a server that turns everybody away, at a time of our own. */
async function calling(headers: Record<string, string>, status = 429) {
  let asked = 0;
  let now = Date.UTC(2026, 10, 23, 12);
  const baseUrl = await httpServer((request, response) => {
    request.resume();
    asked += 1;
    response.writeHead(status, headers).end('{}');
  });
  const dispatcher = agent().compose(keepingAway({ ...systemClock, now: () => now }));
  const options = { baseUrl, dispatcher, clock: systemClock };
  const chat = (model: string, key = 'a') =>
    send({ method: 'POST', path: '/chat/completions', headers: { authorization: key }, body: { model } }, options);
  return { chat, asked: () => asked, pass: (ms: number) => void (now += ms) };
}

it('sends nothing more for a model and key that were turned away for an hour', async () => {
  const { chat, asked } = await calling({ 'retry-after': '3600' });
  await chat('a/one');
  await expect(chat('a/one')).rejects.toMatchObject({
    code: 'E_BLOCKED',
    message:
      'POST /chat/completions was not sent: an earlier call for a/one with the same key was answered 429 with Retry-After of 3600 s.',
  });
  expect(asked()).toBe(1);
});

it('sends for other models, with other keys, and once the hour is over', async () => {
  const { chat, asked, pass } = await calling({ 'retry-after': '3600' });
  await chat('a/one');
  await chat('a/two');
  await chat('a/one', 'b');
  pass(3_600_000);
  await chat('a/one');
  expect(asked()).toBe(4);
});

it.each([
  ['a pause one can wait for', { 'retry-after': '60' }, 429],
  ['no pause', {}, 429],
  ['a pause beside an answer that turns nobody away', { 'retry-after': '3600' }, 200],
] as const)('sends on after %s', async (_, headers, status) => {
  const { chat, asked } = await calling(headers, status);
  await chat('a/one');
  await chat('a/one');
  expect(asked()).toBe(2);
});
