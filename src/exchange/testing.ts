import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Agent } from 'undici';
import { onTestFinished } from 'vitest';
import type { Clock } from '../clock.ts';
import type { WireExchange } from './exchange.ts';

/** A clock that stands still until it is moved. */
interface ManualClock extends Clock {
  advance(ms: number): void;
  /** Resolves once a limit of that many ms has been set. */
  armed(ms: number): Promise<void>;
  pending(): number[];
}

export function manualClock(): ManualClock {
  let now = 1_000;
  const limits = new Set<{ ms: number; due: number; callback: () => void }>();
  const waiting = new Map<number, () => void>();
  return {
    now: () => now,
    limit(ms, callback) {
      const limit = { ms, due: now + ms, callback };
      limits.add(limit);
      waiting.get(ms)?.();
      return () => limits.delete(limit);
    },
    sleep: () => Promise.reject(new Error('nothing here sleeps')),
    advance(ms) {
      now += ms;
      for (const limit of limits) {
        if (limit.due > now) continue;
        limits.delete(limit);
        limit.callback();
      }
    },
    armed: (ms) =>
      [...limits].some((limit) => limit.ms === ms)
        ? Promise.resolve()
        : new Promise((resolve) => waiting.set(ms, resolve)),
    pending: () => [...limits].map(({ ms }) => ms).toSorted((a, b) => a - b),
  };
}

/** An HTTP server on loopback for the running test; resolves to its base URL. */
export function httpServer(listener: RequestListener): Promise<string> {
  return listening(createHttpServer(listener));
}

/** A server that is handed each connection once a request has begun to arrive on it, to answer byte by byte. */
export function rawServer(onRequest: (socket: Socket) => void): Promise<string> {
  return listening(
    createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => onRequest(socket));
    }),
  );
}

/** A base URL on loopback at which nothing listens any more. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = addressOf(server);
  await new Promise((resolve) => server.close(resolve));
  return url;
}

async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return addressOf(server);
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A dispatcher for the running test. */
export function agent(options?: Agent.Options): Agent {
  const made = new Agent(options);
  onTestFinished(() => made.destroy());
  return made;
}

/** An exchange of these chunks, one millisecond apart. */
export function wireOf(
  chunks: readonly (string | Uint8Array)[],
  { type = 'text/event-stream', status = 200 }: { type?: string; status?: number } = {},
): WireExchange {
  return {
    call: { method: 'POST', path: '/chat/completions', headers: {} },
    response: { status, headers: type === '' ? {} : { 'content-type': type }, headersAt: 0.5 },
    chunks: chunks.map((bytes, index) => ({
      at: index + 1,
      bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
    })),
    end: { how: 'complete', at: chunks.length + 1 },
  };
}

/** Pseudo-random integers below a bound, the same for the same seed. */
export function seeded(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** The same bytes in other pieces, up to `longest` bytes each. */
export function cut(bytes: Uint8Array, longest: number, random: (bound: number) => number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < bytes.length;) {
    const to = from + 1 + random(longest);
    pieces.push(bytes.subarray(from, to));
    from = to;
  }
  return pieces;
}
