import type { IncomingMessage } from 'node:http';
import { Dispatcher } from 'undici';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { HarnessError } from '../errors.ts';
import type { Call, WireExchange } from './exchange.ts';
import { type SendOptions, send } from './send.ts';
import { agent, httpServer, manualClock } from './testing.ts';

const get: Call = { method: 'GET', path: '/key', headers: {} };
const chat: Call = { method: 'POST', path: '/chat/completions', headers: {}, body: { stream: true } };

function exchange(baseUrl: string, options: Partial<SendOptions> = {}, call = chat): Promise<WireExchange> {
  return send(call, { baseUrl, dispatcher: agent(), clock: systemClock, ...options });
}

const text = ({ chunks }: WireExchange) => chunks.map(({ bytes }) => Buffer.from(bytes).toString());

describe('a complete exchange', () => {
  test('keeps status, headers and the chunks as they were sent', async () => {
    const url = await httpServer((_, response) => {
      response.writeHead(429, { 'Content-Type': 'text/event-stream', 'X-Twice': ['a', 'b'], 'Set-Cookie': ['c', 'd'] });
      for (const part of ['data: 1\n', '\ndata', ': 2\n\n']) response.write(part);
      response.end();
    });
    const { response, end, ...rest } = await exchange(url);
    expect(response).toMatchObject({
      status: 429,
      headers: { 'content-type': 'text/event-stream', 'x-twice': 'a, b', 'set-cookie': 'c, d' },
    });
    expect(text({ ...rest, end })).toEqual(['data: 1\n', '\ndata', ': 2\n\n']);
    const times = [response!.headersAt, ...rest.chunks.map(({ at }) => at), end.at];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(end).toEqual({ how: 'complete', at: end.at });
  });

  test('sends JSON below the base URL and says what it sent', async () => {
    const requests: [IncomingMessage, string][] = [];
    const url = await httpServer(async (request, response) => {
      requests.push([request, Buffer.concat(await request.toArray()).toString()]);
      response.end('{}');
    });
    const body = { model: 'm', messages: [{ role: 'user', content: 'grün' }] };
    const call = { ...chat, path: '/chat/completions?a=%2F', headers: { authorization: 'Bearer x' }, body };
    const { call: sent } = await exchange(`${url}/api/v1`, {}, call);
    const [request, received] = requests[0]!;
    expect(request).toMatchObject({ method: 'POST', url: '/api/v1/chat/completions?a=%2F' });
    expect(JSON.parse(received)).toEqual(body);
    expect(request.headers).toMatchObject({
      authorization: 'Bearer x',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'user-agent': expect.stringMatching(/^byok-conformance\/\d/),
    });
    expect(request.headers).toMatchObject(sent.headers);
  });

  test('lets the caller choose headers, and has no content type without a body', async () => {
    const seen: object[] = [];
    const url = await httpServer((request, response) => {
      seen.push(request.headers);
      response.end();
    });
    await exchange(url, {}, { ...get, headers: { 'user-agent': 'mine', accept: 'text/plain' } });
    expect(seen).toMatchObject([{ 'user-agent': 'mine', accept: 'text/plain' }]);
    expect(seen[0]).not.toHaveProperty('content-type');
  });

  test('follows no redirect', async () => {
    const paths: (string | undefined)[] = [];
    const url = await httpServer((request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect((await exchange(url)).response).toMatchObject({ status: 307, headers: { location: '/elsewhere' } });
    expect(paths).toEqual(['/chat/completions']);
  });
});

describe('a dispatcher of our own', () => {
  /** Gives what `script` gives, all in one go. */
  class Scripted extends Dispatcher {
    readonly #script: (handler: Dispatcher.DispatchHandler, controller: Dispatcher.DispatchController) => void;

    constructor(script: (handler: Dispatcher.DispatchHandler, controller: Dispatcher.DispatchController) => void) {
      super();
      this.#script = script;
    }

    override dispatch(_: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
      const controller = { aborted: false, paused: false, reason: null, abort() {}, pause() {}, resume() {} };
      handler.onRequestStart?.(controller, null);
      this.#script(handler, controller);
      return true;
    }
  }

  test('is seen chunk by chunk even if it never yields', async () => {
    const clock = manualClock();
    const dispatcher = new Scripted((handler, controller) => {
      clock.advance(5);
      handler.onResponseStart?.(controller, 200, { 'content-type': 'text/event-stream' }, 'OK');
      for (const part of ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']) {
        clock.advance(10.0004);
        handler.onResponseData?.(controller, Buffer.from(part));
      }
      clock.advance(1);
      handler.onResponseEnd?.(controller, {});
    });
    const result = await exchange('https://api.test/v1', { clock, dispatcher });
    expect(result.response?.headersAt).toBe(5);
    expect(result.chunks.map(({ at }) => at)).toEqual([15, 25.001, 35.001]);
    expect(text(result)).toEqual(['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']);
    expect(result.end.how).toBe('complete');
    expect(clock.pending()).toEqual([]);
  });

  const recorded = { how: 'timed-out', at: 60_000.125, code: 'idle' } as const;

  test.for([['before', false] as const, ['after', true] as const])(
    'may end the exchange as recorded %s the headers',
    async ([, answered]) => {
      const dispatcher = new Scripted((handler, controller) => {
        if (answered) handler.onResponseStart?.(controller, 200, {}, 'OK');
        if (answered) handler.onResponseData?.(controller, Buffer.from('a'));
        handler.onResponseError?.(controller, Object.assign(new Error('recorded'), { ending: recorded }));
      });
      const result = await exchange('https://api.test/v1', { dispatcher });
      expect(result.end).toEqual(recorded);
      expect(text(result)).toEqual(answered ? ['a'] : []);
    },
  );

  test.for([['before', false] as const, ['after', true] as const])(
    'has its harness errors passed on %s the headers',
    async ([, answered]) => {
      const miss = new HarnessError('E_CASSETTE', 'No recording.');
      const dispatcher = new Scripted((handler, controller) => {
        if (answered) handler.onResponseStart?.(controller, 200, {}, 'OK');
        handler.onResponseError?.(controller, miss);
      });
      await expect(exchange('https://api.test/v1', { dispatcher })).rejects.toBe(miss);
    },
  );

  test('that breaks is no ending of the exchange', async () => {
    const dispatcher = new Scripted(() => {
      throw new TypeError('x is not a function');
    });
    await expect(exchange('https://api.test/v1', { dispatcher })).rejects.toMatchObject({
      code: 'E_INTERNAL',
      message: 'The call could not be handed to the network: x is not a function',
      cause: expect.any(TypeError),
    });
  });
});

describe('a call that no request can be made of is refused', () => {
  test.for([
    ['a base URL that is none', 'E_CONFIG', 'openrouter.ai/api/v1', {}],
    ['a base URL of another kind', 'E_CONFIG', 'file:///api/v1', {}],
    ['a path without a slash', 'E_SUITE', 'http://127.0.0.1', { path: 'key' }],
    ['a body JSON does not have', 'E_SUITE', 'http://127.0.0.1', { body: () => {} }],
    ['a body JSON cannot have', 'E_SUITE', 'http://127.0.0.1', { body: { n: 1n } }],
    ['a path with a line end', 'E_INTERNAL', 'http://127.0.0.1', { path: '/a\nb' }],
    ['a header with a line end', 'E_INTERNAL', 'http://127.0.0.1', { headers: { a: 'b\nc' } }],
  ] as const)('%s', async ([, code, baseUrl, part]) => {
    await expect(exchange(baseUrl, {}, { ...chat, ...part })).rejects.toMatchObject({ name: 'HarnessError', code });
  });

  test('a dispatcher that is closed', async () => {
    const dispatcher = agent();
    await dispatcher.close();
    await expect(exchange('http://127.0.0.1:1', { dispatcher })).rejects.toMatchObject({ code: 'E_INTERNAL' });
  });
});
