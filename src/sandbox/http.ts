import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock.ts';
import { HarnessError } from '../errors.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A server on loopback. */
export interface LocalServer {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** Stops listening and breaks every connection. */
  close(): Promise<void>;
}

export interface LocalServerOptions {
  clock: Clock;
  /** 0 lets the system choose. */
  port: number;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void> | void;
}

/**
 * Listens on 127.0.0.1. Nothing in its answers depends on the wall clock: `date` comes from `clock`, no idle connection is closed.
 *
 * A handler that throws is a mistake of ours: it answers 500 with its message, or breaks the connection when the answer has begun.
 *
 * @throws HarnessError E_CONFIG when the port cannot be had
 */
export async function startServer({ clock, port, handle }: LocalServerOptions): Promise<LocalServer> {
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 }, (request, response) => {
    response.sendDate = false;
    response.setHeader('date', new Date(clock.now()).toUTCString());
    invoke(handle, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: { message: `sandbox: ${String(error)}`, code: 500 } });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(unavailable(port, cause)));
    server.listen(port, '127.0.0.1', resolve);
  });
  if (clock instanceof VirtualClock) clock.watch(server);
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function invoke(handle: LocalServerOptions['handle'], request: IncomingMessage, response: ServerResponse) {
  await handle(request, response);
}

function unavailable(port: number, cause: NodeJS.ErrnoException): HarnessError {
  const problem = cause.code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${cause.code})`;
  return new HarnessError(
    'E_CONFIG',
    `port ${port} on 127.0.0.1 ${problem}; choose another one, or 0 for any free one`,
    {
      cause,
    },
  );
}

/** Sends `value` as the whole answer, with the bare content type OpenRouter uses. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}

export type JsonBody = { kind: 'json'; value: unknown } | { kind: 'invalid'; text: string } | { kind: 'too-large' };

/** Reads the whole body; what exceeds `maxBytes` is read and thrown away, so that the client gets to see the answer. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<JsonBody> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= maxBytes) parts.push(part);
  }
  if (size > maxBytes) return { kind: 'too-large' };
  const text = Buffer.concat(parts).toString('utf8');
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'invalid', text };
  }
}

/** Aborted once the connection of `response` closes before the answer is finished. */
export function clientGone(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new Error('the client went away'));
  });
  return controller.signal;
}
