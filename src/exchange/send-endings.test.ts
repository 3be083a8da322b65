import type { Socket } from 'node:net';
import { type Agent, Client, type Dispatcher } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Call, WireExchange } from './exchange.ts';
import { type SendOptions, send } from './send.ts';
import { agent, closedPort, httpServer, manualClock, rawServer } from './testing.ts';

const chat: Call = { method: 'POST', path: '/chat/completions', headers: {}, body: { stream: true } };

function exchange(baseUrl: string, options: Partial<SendOptions> = {}): Promise<WireExchange> {
  return send(chat, { baseUrl, dispatcher: agent(), clock: systemClock, ...options });
}

const text = ({ chunks }: WireExchange) => Buffer.concat(chunks.map(({ bytes }) => bytes)).toString();

const streamHead = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n';
const piece = (body: string) => `${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`;

/** Passes everything on and tells when a piece of the body has reached the client. */
function watched(): { dispatcher: Dispatcher; arrived: Promise<void> } {
  const { promise: arrived, resolve } = Promise.withResolvers<void>();
  const dispatcher = agent().compose(
    (dispatch) => (options, handler) =>
      dispatch(options, {
        onRequestStart: (...args) => handler.onRequestStart?.(...args),
        onResponseStart: (...args) => handler.onResponseStart?.(...args),
        onResponseData(...args) {
          handler.onResponseData?.(...args);
          resolve();
        },
        onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
        onResponseError: (...args) => handler.onResponseError?.(...args),
      }),
  );
  return { dispatcher, arrived };
}

describe('not connected', () => {
  test('to a closed port', async () => {
    const result = await exchange(await closedPort());
    expect(result).toMatchObject({ chunks: [], end: { how: 'not-connected', code: 'ECONNREFUSED' } });
    expect(result).not.toHaveProperty('response');
  });

  test('to a host without an address', async () => {
    const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND api.test'), { code: 'ENOTFOUND' });
    const dispatcher = agent({ connect: { lookup: (_host, _options, found) => found(unknown, []) } });
    expect((await exchange('http://api.test', { dispatcher })).end).toMatchObject({
      how: 'not-connected',
      code: 'ENOTFOUND',
      message: 'getaddrinfo ENOTFOUND api.test',
    });
  });

  test('to a server that speaks no TLS', async () => {
    const url = await httpServer(() => {});
    const { end } = await exchange(url.replace('http:', 'https:'));
    expect(end).toMatchObject({ how: 'not-connected', code: expect.stringMatching(/SSL|EPROTO/) });
  });

  test('to a server that hangs up during the TLS handshake', async () => {
    const url = await rawServer((socket) => socket.resetAndDestroy());
    const { end } = await exchange(url.replace('http:', 'https:'));
    expect(end).toMatchObject({ how: 'not-connected', code: 'ECONNRESET' });
  });
});

describe('closed early', () => {
  test.for([
    ['in a body of known length', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'],
    ['in a body of known length, announced', 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 10\r\n\r\nhalf'],
    ['between two chunks', `${streamHead}${piece('half')}`],
    ['inside a chunk', `${streamHead}9\r\nhalf`],
    ['between two chunks, announced', `${streamHead.replace('OK\r\n', 'OK\r\nconnection: close\r\n')}${piece('half')}`],
  ])('%s', async ([, bytes = '']) => {
    const result = await exchange(await rawServer((socket) => socket.end(bytes)));
    expect(result).toMatchObject({ response: { status: 200 }, end: { how: 'closed-early' } });
    expect(text(result)).toBe('half');
  });

  test('before any answer', async () => {
    const result = await exchange(await rawServer((socket) => socket.end()));
    expect(result).toMatchObject({ chunks: [], end: { how: 'closed-early', code: 'UND_ERR_SOCKET' } });
    expect(result).not.toHaveProperty('response');
  });
});

test('a body whose end is the end of the connection is complete', async () => {
  const url = await rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nall'));
  const result = await exchange(url);
  expect([text(result), result.end.how]).toEqual(['all', 'complete']);
});

describe('reset', () => {
  test('in the middle of a stream', async () => {
    const { dispatcher, arrived } = watched();
    const url = await rawServer(async (socket) => {
      socket.write(streamHead + piece('data: 1\n\n'));
      await arrived;
      socket.resetAndDestroy();
    });
    const result = await exchange(url, { dispatcher });
    expect(text(result)).toBe('data: 1\n\n');
    expect(result.end).toMatchObject({ how: 'reset', code: 'ECONNRESET' });
  });

  test('before any answer', async () => {
    const url = await rawServer((socket) => socket.resetAndDestroy());
    expect((await exchange(url)).end).toMatchObject({ how: 'reset', code: 'ECONNRESET' });
  });

  test('by an answer that is no HTTP', async () => {
    const url = await rawServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    expect((await exchange(url)).end).toMatchObject({ how: 'reset', code: 'HTTPParserError' });
  });
});

describe('a limit of ours ends the exchange in its own code and closes the connection', () => {
  const limits = { connect: 11, headers: 12, firstEvent: 13, idle: 14, total: 1_000 };

  /** Moves the clock by a limit as soon as it has been set. */
  async function pass(ms: number, url: string, dispatcher: Dispatcher = agent()): Promise<WireExchange> {
    const clock = manualClock();
    const result = exchange(url, { clock, limits, dispatcher });
    await clock.armed(ms);
    clock.advance(ms);
    return result.finally(() => expect(clock.pending()).toEqual([]));
  }

  test('connect', async () => {
    const stuck = new Client('http://127.0.0.1:1', { connect: () => {} });
    onTestFinished(() => void stuck.destroy());
    const result = await pass(11, 'http://127.0.0.1:1', stuck);
    expect(result.end).toEqual({ how: 'timed-out', at: 11, code: 'connect' });
  });

  test('connect, when it is that of the dispatcher', async () => {
    const late = Object.assign(new Error('Connect Timeout Error'), { code: 'UND_ERR_CONNECT_TIMEOUT' });
    const dispatcher = agent({ connect: (_options, done) => done(late, null) });
    const { end } = await exchange('http://127.0.0.1:1', { dispatcher });
    expect(end).toMatchObject({ how: 'timed-out', code: 'connect' });
  });

  test.for([
    ['headers', 12, ''],
    ['first-event', 13, `${streamHead}${piece(': OPENROUTER PROCESSING\n\n')}`],
    ['idle', 14, `HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{`],
  ] as const)('%s', async ([code, ms, bytes]) => {
    const closed = Promise.withResolvers<void>();
    const url = await rawServer((socket) => {
      socket.on('close', () => closed.resolve());
      if (bytes !== '') socket.write(bytes);
    });
    const result = await pass(ms, url);
    expect(result.end).toEqual({ how: 'timed-out', at: ms, code });
    await closed.promise;
  });

  test('total', async () => {
    const url = await rawServer(() => {});
    const { end } = await pass(1_000, url);
    expect(end).toMatchObject({ how: 'timed-out', code: 'total' });
  });

  test('size', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await rawServer((socket) => {
      socket.on('close', () => closed.resolve());
      socket.write(streamHead + piece('12345678') + piece('9') + piece('more'));
    });
    const result = await exchange(url, { limits: { body: 8 } });
    expect([text(result), result.end.how]).toEqual(['123456789', 'too-large']);
    await closed.promise;
  });
});

describe('going away closes the connection', () => {
  /** A server that sends the bytes and waits, and the moment its connection was closed. */
  async function waiting(bytes: string): Promise<{ url: string; requested: Promise<void>; closed: Promise<void> }> {
    const requested = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    const url = await rawServer((socket: Socket) => {
      requested.resolve();
      socket.on('close', () => closed.resolve());
      if (bytes !== '') socket.write(bytes);
    });
    return { url, requested: requested.promise, closed: closed.promise };
  }

  test('before the headers', async () => {
    const { url, requested, closed } = await waiting('');
    const client = new AbortController();
    const result = exchange(url, { signal: client.signal });
    await requested;
    client.abort();
    expect(await result).toMatchObject({ chunks: [], end: { how: 'aborted' } });
    await closed;
  });

  test('in the middle of a stream', async () => {
    const { url, closed } = await waiting(streamHead + piece('data: 1\n\n'));
    const { dispatcher, arrived } = watched();
    const client = new AbortController();
    const result = exchange(url, { dispatcher, signal: client.signal });
    await arrived;
    client.abort();
    expect(await result).toMatchObject({ response: { status: 200 }, chunks: [{}], end: { how: 'aborted' } });
    await closed;
  });

  test('after a number of events, comments not counted', async () => {
    const events = [': c\n\n', 'data: 1\n\n', ': c\n\nda', 'ta: 2\n\n', 'data: 3\n\n'];
    const { url, closed } = await waiting(streamHead + events.map(piece).join(''));
    const result = await exchange(url, { leaveAfter: 2 });
    expect(text(result)).toBe(events.slice(0, 4).join(''));
    expect(result.end).toEqual({ how: 'aborted', at: result.chunks.at(-1)?.at });
    await closed;
  });

  test('is not needed when the stream has fewer events', async () => {
    const url = await rawServer((socket) => socket.end(`${streamHead}${piece('data: 1\n\n')}0\r\n\r\n`));
    expect((await exchange(url, { leaveAfter: 2 })).end.how).toBe('complete');
  });

  test('before the call makes no request', async () => {
    const url = await httpServer(() => expect.unreachable());
    const result = await exchange(url, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ chunks: [], end: { how: 'aborted', at: 0 } });
  });

  test('happens to an exchange whose dispatcher is destroyed', async () => {
    const { url, requested } = await waiting('');
    const dispatcher: Agent = agent();
    const result = exchange(url, { dispatcher });
    await requested;
    await dispatcher.destroy();
    expect((await result).end).toMatchObject({ how: 'aborted', code: 'UND_ERR_DESTROYED' });
  });
});

test('a connection is used again after a complete exchange', async () => {
  const sockets = new Set<Socket>();
  const url = await httpServer((request, response) => {
    sockets.add(request.socket);
    response.end('{}');
  });
  const dispatcher = agent({ connections: 1 });
  await exchange(url, { dispatcher });
  await exchange(url, { dispatcher });
  expect(sockets.size).toBe(1);
});
