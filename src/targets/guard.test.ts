import dgram from 'node:dgram';
import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { Pool, request } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HarnessError } from '../errors.ts';
import { closeSockets } from './guard.ts';
import { proveGuard } from './prove-guard.ts';

let server: http.Server;
let origin: string;
let port: number;
let requests: number;
let connections: number;
let guard: { release(): void } | undefined;

beforeEach(async () => {
  requests = 0;
  connections = 0;
  server = http.createServer((_incoming, response) => {
    requests++;
    response.end('out');
  });
  server.on('connection', () => connections++);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  ({ port } = server.address() as AddressInfo);
  origin = `http://127.0.0.1:${port}`;
});

afterEach(async () => {
  guard?.release();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The guard's error, wherever the client library put it. */
async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof HarnessError && cause.code === 'E_NETWORK') return cause.message;
  }
  throw new Error('not refused by the guard', { cause: error });
}

const waysOut: [string, () => Promise<unknown>][] = [
  ['undici', () => request(origin)],
  ['global fetch', () => fetch(origin)],
  ['node:http', () => once(http.get(origin), 'response')],
  ['node:https', () => once(https.get(origin.replace('http', 'https')), 'response')],
  ['node:net', () => once(net.connect(port, '127.0.0.1'), 'connect')],
  ['tls', () => once(tls.connect(port, '127.0.0.1'), 'secureConnect')],
  ['http2', () => once(http2.connect(origin), 'connect')],
];

test.for(waysOut)('a closed guard refuses %s, naming the address, and no connection is made', async ([, attempt]) => {
  guard = closeSockets();
  expect(await refusalOf(attempt())).toMatch(new RegExp(`(127\\.0\\.0\\.1|localhost):${port}`));
  expect(connections).toBe(0);
});

test('a pool whose connection is already open sends nothing more', async () => {
  const pool = new Pool(origin, { connections: 1 });
  const { body } = await pool.request({ path: '/', method: 'GET' });
  await body.dump();
  guard = closeSockets();
  await refusalOf(pool.request({ path: '/', method: 'GET' }));
  expect(requests).toBe(1);
  await pool.destroy();
});

test('a kept-alive connection of node:http sends nothing more', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const [response] = (await once(http.get(origin, { agent }), 'response')) as [http.IncomingMessage];
  await once(response.resume(), 'close');
  guard = closeSockets();
  await refusalOf(once(http.get(origin, { agent }), 'response'));
  expect(requests).toBe(1);
  agent.destroy();
});

test('what was written while still connecting is not sent once connected', async () => {
  const socket = net.connect(port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  guard = closeSockets();
  await refusalOf(once(socket, 'data'));
  expect(requests).toBe(0);
});

test('an open HTTP/2 session sends nothing more', async () => {
  const peer = http2.createServer((_incoming, response) => response.end('out'));
  await once(peer.listen(0, '127.0.0.1'), 'listening');
  const session = http2.connect(`http://127.0.0.1:${(peer.address() as AddressInfo).port}`);
  await once(session, 'remoteSettings');
  guard = closeSockets();
  expect(() => session.request({ ':path': '/' })).toThrow(HarnessError);
  guard.release();
  session.destroy();
  await new Promise((resolve) => peer.close(resolve));
});

test('nothing is sent over UDP', async () => {
  const socket = dgram.createSocket('udp4');
  guard = closeSockets();
  const sent = Promise.withResolvers<void>();
  socket.send('out', port, '127.0.0.1', (error) => (error ? sent.reject(error) : sent.resolve()));
  await refusalOf(sent.promise);
  socket.close();
});

test('sockets open again once the last guard is released', async () => {
  const [first, second] = [closeSockets(), closeSockets()];
  first.release();
  first.release();
  await refusalOf(fetch(origin));
  second.release();
  expect(await (await fetch(origin, { headers: { connection: 'close' } })).text()).toBe('out');
});

test('the guard is proven to hold, and sockets are open afterwards', async () => {
  await proveGuard();
  const { body } = await request(origin, { headers: { connection: 'close' } });
  expect(await body.text()).toBe('out');
});
