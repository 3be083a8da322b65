import { expect, it } from 'vitest';
import { judge } from './check.ts';
import { responseChecks } from './response.ts';
import { secretChecks } from './secrets.ts';
import { choice, chunk, chunks, jsonSubject, result, streamSubject, subjectWith, testChecks } from './testing.ts';

const good = jsonSubject(result());
const notFound = { error: { message: 'No endpoints found for acme/fake.', code: 404 } };
const refused = jsonSubject(notFound, { status: 404 });

testChecks(responseChecks, {
  'response.complete': {
    silentOn: good,
    when: 'the connection broke',
    tripsOn: jsonSubject(result(), { end: { how: 'reset', at: 7, code: 'ECONNRESET' } }),
    finding: { actual: 'reset, ECONNRESET' },
  },
  'response.well-formed': {
    silentOn: streamSubject(),
    when: 'the body ends inside a character',
    tripsOn: subjectWith(Buffer.from(JSON.stringify(result({ model: 'ü' }))).subarray(0, -1)),
    finding: { expected: 'a body that is JSON' },
  },
  'response.status-expected': {
    silentOn: jsonSubject(notFound, { status: 404 }, { expect: { status: [403, 404] } }),
    when: 'the request that should fail succeeds',
    tripsOn: jsonSubject(result(), {}, { expect: { status: [403, 404] } }),
    finding: { expected: 'status 403 or 404', actual: '200' },
  },
  'response.content-type': {
    silentOn: good,
    when: 'JSON is announced as text',
    tripsOn: jsonSubject(result(), { headers: { 'content-type': 'text/plain' } }),
  },
  'response.content-type-present': {
    silentOn: good,
    when: 'there is none though other headers are known',
    tripsOn: {
      ...good,
      exchange: { ...good.exchange, response: { status: 200, headers: { server: 'x' }, headersAt: 1 } },
    },
  },
  'response.error-code-is-status': {
    silentOn: refused,
    when: 'they differ',
    tripsOn: jsonSubject(notFound, { status: 400 }),
    finding: { expected: '400', actual: '404', where: '/error/code' },
  },
  'response.error-has-message': {
    silentOn: refused,
    when: 'the message is blank',
    tripsOn: jsonSubject({ error: { code: 404, message: ' ' } }, { status: 404 }),
  },
  'response.message-expected': {
    silentOn: jsonSubject(notFound, { status: 404 }, { expect: { message: /^No endpoints found/ } }),
    when: 'it is another',
    tripsOn: jsonSubject(notFound, { status: 404 }, { expect: { message: /ignored/ } }),
  },
  'response.no-in-band-error': {
    silentOn: good,
    when: 'the choice contains one',
    tripsOn: jsonSubject(
      result({ choices: [choice({}, { finish_reason: 'error', error: { code: 502, message: 'gone' } })] }),
    ),
    finding: { actual: '502 gone', where: '/choices/0/error' },
  },
  'response.not-cached': {
    silentOn: good,
    when: 'the cache was hit',
    tripsOn: jsonSubject(result(), { headers: { 'x-openrouter-cache-status': 'HIT' } }),
  },
});

testChecks(secretChecks, {
  'response.no-secrets': {
    silentOn: good,
    when: 'the provider’s key stands in an error',
    tripsOn: jsonSubject({ error: { code: 401, message: `bad key io-v2-${'a'.repeat(40)}` } }, { status: 401 }),
    finding: { actual: 'a provider key of 46 characters' },
  },
});

it('never repeats a leaked key in the finding', () => {
  const key = `sk-or-v1-${'0f'.repeat(32)}`;
  const found = judge(secretChecks, jsonSubject(result(), { headers: { 'x-debug': key } }));
  expect(found).toHaveLength(1);
  expect(JSON.stringify(found)).not.toContain(key);
});

it('lets POST /keys give the key it made', () => {
  const created = jsonSubject({ key: `sk-or-v1-${'0f'.repeat(32)}` }, { path: '/keys', status: 201 });
  expect(judge(secretChecks, created)).toEqual([]);
});

it.each([
  ['beside the choices of a chunk', [chunk(), chunk({ content: '' }, { error: { code: 502, message: 'gone' } })]],
  ['in a chunk without choices', [chunk(), chunk({}, { choices: [], error: { code: 502, message: 'gone' } })]],
  ['only as native finish reason', [chunk(), chunk({}, {}, { native_finish_reason: 'network_error' })]],
])('sees an error that stands %s', (_, parts) => {
  expect(judge(responseChecks, streamSubject(parts)).map(({ check }) => check)).toEqual(['response.no-in-band-error']);
});

it('sees a bare error with status 200', () => {
  expect(judge(responseChecks, jsonSubject({ error: { code: 429, message: 'later' } }))).toContainEqual(
    expect.objectContaining({ check: 'response.no-in-band-error', where: '/error' }),
  );
});

it('accepts a word as code on /responses only', () => {
  const body = { error: { code: 'invalid_prompt', message: 'no' } };
  const check = (path: string) => judge(responseChecks, jsonSubject(body, { path, status: 400 }));
  expect(check('/responses')).toEqual([]);
  expect(check('/chat/completions')).toContainEqual(
    expect.objectContaining({ check: 'response.error-code-is-status' }),
  );
});

it('does not blame a page of the edge as strictly as an answer of the API', () => {
  const page = subjectWith('<html>', { status: 524, headers: { 'content-type': 'text/html' } });
  expect(judge(responseChecks, page).map(({ level }) => level)).toEqual(['should', 'should']);
});

it('takes an unterminated [DONE] as seen', () => {
  const body = chunks().map((part) => `data: ${JSON.stringify(part)}\n\n`);
  const cut = subjectWith(`${body.join('')}data: [DONE]`, {
    request: { stream: true },
    headers: { 'content-type': 'text/event-stream' },
  });
  expect(judge(responseChecks, cut)).toEqual([expect.objectContaining({ level: 'observed' })]);
});

it('takes placeholders and masked labels for no keys', () => {
  const content = 'Send `Authorization: Bearer YOUR_OPENROUTER_API_KEY`, not sk-or-v1-0e6...1c96.';
  expect(judge(secretChecks, jsonSubject(result({ choices: [choice({ content })] })))).toEqual([]);
});
