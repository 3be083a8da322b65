import { setInterval, setTimeout } from 'node:timers/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Passing, Weather } from './proxy.ts';

/** Bad weather for the requests that ask a model; everything else is handed on. */
export function onInference(weather: Weather): Weather {
  return (passing) => (passing.isInference ? weather(passing) : passing.forward());
}

/** Nothing for a while, then the answer. */
export function silence(ms: number): Weather {
  return async ({ forward }) => {
    await setTimeout(ms);
    await forward();
  };
}

/** Nothing for a while after so many chunks of the answer, then the rest. */
export function pauseAfter(chunks: number, ms: number): Weather {
  return async ({ forward }) => {
    let passed = 0;
    const alter = new Transform({
      async transform(chunk: Buffer, _encoding, done) {
        if (++passed === chunks + 1) await setTimeout(ms);
        done(null, chunk);
      },
    });
    await forward(alter);
  };
}

/** The beginning of a stream, and nothing after it. */
export const headersOnly: Weather = ({ response }) => startStream(response);

/** Signs of life, and nothing else, for as long as anybody listens. */
export const commentsOnly: Weather = async ({ response }) => {
  startStream(response);
  for await (const _ of setInterval(400)) {
    if (response.destroyed) return;
    response.write(': OPENROUTER PROCESSING\n\n');
  }
};

/** The connection breaks after so many chunks of the answer. */
export function cutAfter(chunks: number): Weather {
  return async ({ request, response, forward }) => {
    let passed = 0;
    const alter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        passed += 1;
        if (passed <= chunks) return done(null, chunk);
        // What was passed on has to leave first; a reset would overtake it.
        response.socket?.end(() => request.socket.destroy());
      },
    });
    await forward(alter);
  };
}

/** A body without end, as fast as it is taken, up to so many bytes. */
export function flood(bytes: number): Weather {
  return async ({ response }) => {
    response.on('error', () => {}).writeHead(200, { 'content-type': 'application/json', 'content-length': bytes });
    const block = Buffer.alloc(64 * 1024, ' ');
    await pipeline(
      Array.from({ length: bytes / block.length }, () => block),
      response,
    );
  };
}

/** This answer to everything. */
export function answer(status: number, headers: Record<string, string>, body: string): Weather {
  return ({ request, response }) => {
    request.resume();
    response.writeHead(status, headers).end(body);
  };
}

/** This weather for the first of these requests, and for every second one after it. */
export function everySecond(weather: Weather): Weather {
  return (passing) => (passing.nth % 2 === 1 ? weather(passing) : passing.forward());
}

/** Something happens before the nth of these requests is handed on. */
export function before(nth: number, happen: () => Promise<unknown> | void): Weather {
  return async (passing) => {
    if (passing.nth === nth) await happen();
    await passing.forward();
  };
}

/** Something happens before the first request to this path is handed on. */
export function beforeFirst(start: string, happen: () => Promise<unknown>): Weather {
  let happened: Promise<unknown> | undefined;
  return async ({ path, forward }) => {
    if (path.startsWith(start)) await (happened ??= happen());
    await forward();
  };
}

/** No request to delete something is ever answered. */
export const silenceOnDelete: Weather = async ({ method, request, forward }) => {
  if (method === 'DELETE') request.resume();
  else await forward();
};

/** No connection survives a request to delete something. */
export const hangUpOnDelete: Weather = async ({ method, request, forward }) => {
  if (method === 'DELETE') request.socket.resetAndDestroy();
  else await forward();
};

function startStream(response: Passing['response']): void {
  response
    .on('error', () => {})
    .writeHead(200, { 'content-type': 'text/event-stream' })
    .flushHeaders();
}
