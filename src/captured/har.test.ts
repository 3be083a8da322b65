import { describe, expect, it } from 'vitest';
import { judge } from '../checks/check.ts';
import { checks } from '../checks/checks.ts';
import { subjectOf } from '../checks/recognise.ts';
import { result } from '../checks/testing.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import { readHarEntry } from './har.ts';
import { recorders, stream } from './testing.ts';

function exchangeOf(value: unknown) {
  const entry = readHarEntry(value, 1);
  if (entry.kind === 'skipped') throw new Error(entry.why);
  return { ...entry, exchange: readExchange(entry.wire) };
}

function whySkipped(value: unknown) {
  const entry = readHarEntry(value, 4);
  return entry.kind === 'skipped' ? entry.why : undefined;
}

const { chrome, chromeStream, firefox, firefoxCut, mitmproxy, charles, proxyman } = recorders;
const streamed = { request: { model: 'qwen/qwen3.6-27b', stream: true }, type: 'text/event-stream', body: stream };

describe.each(Object.entries({ chrome, firefox, mitmproxy, charles, proxyman }))('an entry of %s', (_, write) => {
  it('is read as the answer it was', () => {
    const { exchange } = exchangeOf(write());
    expect(exchange.json).toEqual(result());
    expect(exchange.call).toMatchObject({
      method: 'POST',
      path: '/chat/completions',
      body: { model: 'qwen/qwen3.6-27b' },
    });
    expect(judge(checks, subjectOf(exchange))).toEqual([]);
  });

  it('is read as the stream it was', () => {
    const { exchange } = exchangeOf(write({ ...streamed, body: stream.replace('"ok"', '"ök 🚀"') }));
    expect(subjectOf(exchange)).toMatchObject({ endpoint: 'chat', streamed: true });
    expect(exchange.stream).toHaveLength(3);
    expect(exchange.text).toContain('ök 🚀');
  });

  it('is read as the failure it was', () => {
    const { exchange } = exchangeOf(write({ status: 429, body: '{"error":{"code":429,"message":"slow"}}' }));
    expect(exchange.response?.status).toBe(429);
    expect(exchange.json).toEqual({ error: { code: 429, message: 'slow' } });
  });
});

it('knows when the exchange was, and how long it took', () => {
  const { at, madeAt, wire } = exchangeOf(chrome());
  expect({ at, madeAt }).toEqual({ at: '2026-11-20T10:00:00.000Z', madeAt: '2026-11-20' });
  expect(wire).toMatchObject({ response: { headersAt: 81 }, end: { how: 'complete', at: 120.5 } });
});

it('leaves out the pseudo headers of HTTP/2 and joins repeated ones', () => {
  const value = chrome({ headers: { 'X-A': '1' } }) as { response: { headers: { name: string; value: string }[] } };
  value.response.headers.push({ name: 'x-a', value: '2' });
  const { wire } = exchangeOf(value);
  expect(wire.call.headers).toEqual({});
  expect(wire.response?.headers['x-a']).toBe('1, 2');
});

it.each([
  ['a stream of which Chrome kept nothing', chromeStream(), 'without the body, which the recorder did not keep'],
  ['a body that Firefox cut off', firefoxCut(), 'with a body that the recorder cut off'],
  ['a body shorter than its size', withContent({ text: '{"id":', size: 900 }), 'with a body that the recorder cut off'],
  ['a body that nobody kept', withContent({ size: 900 }), 'without the body, which the recorder did not keep'],
  [
    'an answer from the cache',
    chrome({ method: 'GET', status: 304 }),
    'without the body, which the recorder did not keep',
  ],
  ['a request that was blocked', chrome({ status: 0 }), 'without a response'],
  ['a preflight', chrome({ method: 'OPTIONS' }), 'no call of the API'],
  ['a foreign host', chrome({ url: 'https://cdn.example.com/a.js' }), 'of a foreign host'],
  ['an entry without a request', { response: {} }, 'incomplete'],
  ['something else', 17, 'incomplete'],
])('skips %s', (_, value, why) => {
  expect(whySkipped(value)).toBe(why);
});

it('judges a body that is really empty', () => {
  const { exchange } = exchangeOf(withContent({ size: 0, text: '' }));
  expect(exchange.facts.map(({ code }) => code)).toEqual(['invalid-json-body']);
});

it('takes a body for whole when only its line ends were rewritten', () => {
  const { exchange } = exchangeOf(withContent({ text: '{\n"a":\n1}', size: '{\r\n"a":\r\n1}'.length }));
  expect(exchange.json).toEqual({ a: 1 });
});

it.each([
  ['net::ERR_ABORTED', 'aborted'],
  ['Client disconnected.', 'aborted'],
  ['net::ERR_HTTP2_PROTOCOL_ERROR', 'reset'],
])('reads %s as an exchange that was %s', (error, how) => {
  const value = chrome(streamed) as { response: Record<string, unknown> };
  value.response['_error'] = error;
  expect(exchangeOf(value).wire.end).toMatchObject({ how });
});

function withContent(content: Record<string, unknown>): unknown {
  const value = chrome() as { response: Record<string, unknown> };
  return { ...value, response: { ...value.response, content: { mimeType: 'application/json', ...content } } };
}
