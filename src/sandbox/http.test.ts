import { connect } from 'node:net';
import { Agent, request } from 'undici';
import { expect, test } from 'vitest';
import { HarnessError } from '../errors.ts';
import { clientGone, type LocalServerOptions, readJson, sendJson, startServer } from './http.ts';
import { VirtualClock } from './virtual-clock.ts';

const EPOCH = 1_790_000_000_000;

async function serve(handle: LocalServerOptions['handle'], port = 0) {
  const clock = new VirtualClock(EPOCH);
  const server = await startServer({ clock, port, handle });
  const agent = new Agent();
  return {
    clock,
    origin: server.origin,
    agent,
    async [Symbol.asyncDispose]() {
      await agent.destroy();
      await server.close();
    },
  };
}

test('an answer carries nothing of the wall clock', async () => {
  await using server = await serve((_, response) => sendJson(response, 200, { ok: true }));
  const { headers, body } = await request(server.origin, { dispatcher: server.agent });
  expect(await body.json()).toEqual({ ok: true });
  expect(headers).toEqual({
    connection: 'keep-alive',
    'content-type': 'application/json',
    date: new Date(EPOCH).toUTCString(),
    'transfer-encoding': 'chunked',
  });
});

test('a port in use is a configuration error that names it', async () => {
  await using server = await serve(() => {});
  const port = Number(new URL(server.origin).port);
  const second = serve(() => {}, port);
  await expect(second).rejects.toThrow(HarnessError);
  await expect(second).rejects.toMatchObject({ code: 'E_CONFIG', message: expect.stringContaining(`port ${port}`) });
});

test('a body is read as JSON, kept as text when it is none, and thrown away beyond the limit', async () => {
  await using server = await serve(async (incoming, response) => sendJson(response, 200, await readJson(incoming, 20)));
  const post = async (body: string) => {
    const answer = await request(server.origin, { method: 'POST', body, dispatcher: server.agent });
    return answer.body.json();
  };
  expect(await post('{"a":"ü"}')).toEqual({ kind: 'json', value: { a: 'ü' } });
  expect(await post('{"a":')).toEqual({ kind: 'invalid', text: '{"a":' });
  expect(await post(`"${'x'.repeat(100_000)}"`)).toEqual({ kind: 'too-large' });
});

test('a handler that throws answers 500, and breaks the connection once the answer has begun', async () => {
  await using server = await serve((incoming, response) => {
    if (incoming.url === '/late') response.write('begun');
    throw new Error('boom');
  });
  const early = await request(server.origin, { dispatcher: server.agent });
  expect([early.statusCode, await early.body.text()]).toEqual([500, expect.stringContaining('boom')]);
  const late = request(`${server.origin}/late`, { dispatcher: server.agent });
  await expect(late.then(({ body }) => body.text())).rejects.toThrow();
});

test('a client that goes away ends what was being done for it', async () => {
  const ended = Promise.withResolvers<unknown>();
  await using server = await serve((_, response) => {
    const gone = clientGone(response);
    gone.addEventListener('abort', () => ended.resolve(gone.reason));
    response.write('begun');
  });
  const { body } = await request(server.origin, { dispatcher: server.agent });
  body.on('error', () => {});
  body.destroy();
  expect(await ended.promise).toBeInstanceOf(Error);
});

test('closing breaks connections that are still open', async () => {
  const clock = new VirtualClock(EPOCH);
  const server = await startServer({ clock, port: 0, handle: () => {} });
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('connect', resolve));
  await server.close();
  await closed;
  expect(socket.destroyed).toBe(true);
});
