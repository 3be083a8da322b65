import { once } from 'node:events';
import { createServer, type IncomingMessage, request as requestOf, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';

/** A request on its way from the harness to the sandbox. */
export interface Passing {
  method: string;
  /** Path and query below the base URL. */
  path: string;
  /** Asks a model for an answer. */
  isInference: boolean;
  /** How many of its kind, inference or not, came so far: 1 for the first. */
  nth: number;
  request: IncomingMessage;
  response: ServerResponse;
  /** Hands it on, and the answer back, which may be altered on its way. */
  forward(alter?: Transform): Promise<void>;
}

/** What happens to a request instead of being handed on at once. */
export type Weather = (passing: Passing) => Promise<void> | void;

/** Stands between harness and sandbox, so that what goes wrong goes wrong on the wire, and counts. */
export interface Proxy {
  /** Base URL, like that of the sandbox. */
  url: string;
  /** Method and path of every request, in order. */
  asked: string[];
  /** Most connections of the harness that were ever open at the same moment. */
  mostConnections(): number;
  /** Connections that are still open once the process at their other end is gone: its system has a moment to say so. */
  leftOpen(): Promise<number>;
  /** Bytes of answers that the network took from here. */
  sentBytes(): number;
  close(): Promise<void>;
}

/** Listens on loopback for what is meant for `upstream`, the base URL of a sandbox. */
export async function startProxy(upstream: string, weather: Weather): Promise<Proxy> {
  const { origin, pathname } = new URL(upstream);
  const asked: string[] = [];
  const counts = { inference: 0, other: 0 };
  const sockets = new Set<Socket>();
  let most = 0;
  let sent = 0;
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const method = request.method ?? '';
    const path = (request.url ?? '').replace(pathname, '');
    const isInference = method === 'POST' && /^\/(chat\/completions|responses|messages|completions)/.test(path);
    asked.push(`${method} ${path}`);
    const nth = (counts[isInference ? 'inference' : 'other'] += 1);
    const forward = (alter?: Transform) => handOn(request, response, origin, alter);
    // Whoever goes away in the middle ends the handing on; that is what some of these days are about.
    Promise.resolve(weather({ method, path, isInference, nth, request, response, forward })).catch(() =>
      response.destroy(),
    );
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    most = Math.max(most, sockets.size);
    socket.once('close', () => {
      sockets.delete(socket);
      sent += socket.bytesWritten;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    asked,
    mostConnections: () => most,
    async leftOpen() {
      const closed = Promise.all([...sockets].map((socket) => once(socket, 'close')));
      await Promise.race([closed, setTimeout(1_000, undefined, { ref: false })]);
      return sockets.size;
    },
    sentBytes: () => sent,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handOn(request: IncomingMessage, response: ServerResponse, origin: string, alter?: Transform) {
  const onward = requestOf(origin + (request.url ?? ''), { method: request.method, headers: request.headers });
  response.once('close', () => onward.destroy());
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    onward.once('response', resolve).on('error', reject),
  );
  await pipeline(request, onward);
  const answer = await answered;
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  response.flushHeaders();
  await (alter === undefined ? pipeline(answer, response) : pipeline(answer, alter, response));
}
