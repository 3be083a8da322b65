import { get } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { Pool, request } from 'undici';
import { HarnessError } from '../errors.ts';
import { closeSockets } from './guard.ts';

let proof: Promise<void> | undefined;

/**
 * Proves, once per thread, that `closeSockets` lets nothing out: a loopback server waits while the ways out are tried one by one.
 * To be called while sockets are open. Throws `E_INTERNAL` when anything got through.
 */
export function proveGuard(): Promise<void> {
  proof ??= prove();
  return proof;
}

async function prove(): Promise<void> {
  let seen = 0;
  const server = createServer((socket) => {
    seen++;
    socket
      .on('error', () => {})
      .on('data', () => {
        seen++;
        socket.write('HTTP/1.1 204 No Content\r\n\r\n');
      });
  });
  const url = await listening(server);
  const warm = new Pool(url, { connections: 1 });
  try {
    await warm.request({ path: '/', method: 'GET' });
    seen = 0;
    const closed = closeSockets();
    try {
      await Promise.all([
        refused('a pool with an open connection', warm.request({ path: '/', method: 'GET' })),
        refused('undici', request(url)),
        refused('fetch', fetch(url)),
        refused('node:http', once(get(url), 'response')),
        refused('node:net', once(connect(Number(new URL(url).port), '127.0.0.1'), 'connect')),
      ]);
    } finally {
      closed.release();
    }
    if (seen > 0) throw leak('a connection arrived');
  } finally {
    await warm.destroy();
    server.close();
  }
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function refused(way: string, attempt: Promise<unknown>): Promise<void> {
  try {
    await attempt;
  } catch (error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) {
      if (cause instanceof HarnessError && cause.code === 'E_NETWORK') return;
    }
    throw leak(`${way} failed for another reason`, error);
  }
  throw leak(`${way} got through`);
}

function leak(what: string, cause?: unknown): HarnessError {
  return new HarnessError('E_INTERNAL', `the network guard does not hold: ${what}. A replay cannot be relied on`, {
    cause,
  });
}
