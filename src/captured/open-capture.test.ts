import { expect, it } from 'vitest';
import { formatCassette, providerCredential } from '../cassettes/format.ts';
import { answered, cassetteOf, chunksOf } from '../cassettes/testing.ts';
import { result } from '../checks/testing.ts';
import { openCapture } from './open-capture.ts';
import type { RawOptions } from './raw-body.ts';
import { collected, entriesOf, har, recorders, sourceOf, stream } from './testing.ts';

const cassette = formatCassette(cassetteOf([answered(chunksOf(stream))]));
const capture = JSON.stringify({
  source: {},
  request: { method: 'POST', url: 'https://openrouter.ai/api/v1/chat/completions', headers: null, body: null },
  response: { status: 200, headers: null, body: JSON.stringify(result()), body_encoding: 'utf-8' },
});
const body = JSON.stringify(result());

async function opened(text: string, raw: RawOptions = {}) {
  const { form, entries } = await openCapture(sourceOf(text, 'file'), raw);
  const [first] = await collected(entries());
  if (first?.kind !== 'exchange') throw new Error('no exchange');
  return { form, call: first.wire.call, status: first.wire.response?.status };
}

it.each([
  ['an HTTP archive', har([recorders.chrome()]), 'har', '/chat/completions'],
  ['one with a byte order mark', `\uFEFF${har([recorders.chrome()])}`, 'har', '/chat/completions'],
  [
    'one that begins with something else',
    har([recorders.chrome()]).replace('{', '{"made": "by hand",'),
    'har',
    '/chat/completions',
  ],
  ['a cassette', cassette, 'cassette', '/chat/completions'],
  ['a capture', capture, 'capture', '/chat/completions'],
  ['an answer', body, 'body', '/chat/completions'],
  ['an answer behind keep-alive blanks', `\n         \n${body}`, 'body', '/chat/completions'],
  ['an answer of /responses', '{"object":"response","output":[]}', 'body', '/responses'],
  ['a stream', stream, 'body', '/chat/completions'],
  ['a stream of /messages', 'event: message_start\ndata: {"type":"message_start"}\n\n', 'body', '/messages'],
  ['a failure', '{"error":{"code":401,"message":"no"}}', 'body', '/chat/completions'],
])('recognises %s', async (_, text, form, path) => {
  expect(await opened(text)).toMatchObject({ form, call: { path } });
});

it('passes over what a cassette holds of the provider itself, which is no answer of OpenRouter', async () => {
  const { exchanges, ...header } = cassetteOf([answered(chunksOf(stream)), answered(chunksOf(stream))]);
  const [own, other] = exchanges.map((one, index) => (index === 0 ? { ...one, credential: providerCredential } : one));
  const text = formatCassette({ ...header, exchanges: [own, other].filter((one) => one !== undefined) });
  const { entries } = await openCapture(sourceOf(text, 'file'), {});
  expect((await collected(entries())).map(({ number }) => number)).toEqual([2]);
});

it('sees from a body that it is a stream, and from a failure which status it had', async () => {
  expect((await opened(stream)).call.body).toEqual({ stream: true });
  expect((await opened(body)).call.body).toEqual({ stream: false });
  expect(await opened('{"error":{"code":402,"message":"no"}}')).toMatchObject({ status: 402 });
  expect(
    await opened('{"error":{"code":402,"message":"no"},"choices":[]}', { endpoint: '/chat/completions' }),
  ).toMatchObject({ status: 200 });
});

it.each(['/key', 'key', '/api/v1/key', 'https://openrouter.ai/api/v1/key'])(
  'takes %s for the endpoint of a body',
  async (endpoint) => {
    expect((await opened('{"data":{}}', { endpoint })).call).toEqual({ method: 'GET', path: '/key', headers: {} });
  },
);

it.each([
  ['', 'file is empty'],
  ['hello', 'file holds nothing to check: expected an HTTP archive'],
  ['{"name":"byok"}', 'file holds nothing to check'],
  [
    '{"a":\n sk-or-v1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}',
    'file is broken at line 2, column 2 (byte 7): the JSON cannot be read from here on',
  ],
  ['{"source":{},"request":{},"response":{"body":1}}', 'file is not a capture'],
  [cassette.replace('"format": 1', '"format": 9'), 'file is not a cassette at /format: expected format 1'],
])('refuses %j', async (text, message) => {
  await expect(opened(text)).rejects.toThrow(message);
  await expect(opened(text)).rejects.not.toThrow('sk-or');
});

it('names entry and place where an archive breaks, after what comes before', async () => {
  const text = har([recorders.chrome(), recorders.chrome()]);
  const broken = text.slice(0, text.lastIndexOf('"postData"')) + text.slice(text.lastIndexOf('"postData"') + 1);
  const line = broken.slice(0, broken.lastIndexOf('postData"')).split('\n').length;
  const { entries } = await openCapture(sourceOf(broken), {});
  const iterator = entries()[Symbol.asyncIterator]();
  expect((await iterator.next()).value).toMatchObject({ kind: 'exchange', number: 1 });
  await expect(iterator.next()).rejects.toThrow(
    new RegExp(`session.har is broken at line ${line}, column \\d+ \\(byte \\d+\\): entry 2 is no JSON`),
  );
});

it('tells what it skipped', async () => {
  const entries = await entriesOf(har([recorders.chrome({ url: 'https://cdn.example.com/a.js' }), recorders.chrome()]));
  expect(entries.map(({ kind, number }) => [kind, number])).toEqual([
    ['skipped', 1],
    ['exchange', 2],
  ]);
});
