import { describe, expect, it, test } from 'vitest';
import type { ErrorRow, Skin } from '../contract/errors/row.ts';
import { judge, type Subject } from './check.ts';
import { failsAs, formSeen } from './error-path.ts';
import { chunk, chunks, jsonSubject, result, streamSubject, subjectWith } from './testing.ts';

const row: ErrorRow = {
  endpoint: 'chat',
  says: 'Nothing is left to route to.',
  status: [404],
  errorType: ['not_found'],
  availability: { code: ['constraint_filtered'], excludedBy: 'max_price' },
  message: { pattern: /^No endpoints/, level: 'must' },
  form: 'envelope',
  alsoOn: ['responses', 'messages'],
  source: { url: 'https://openrouter.ai/docs/x', section: 'x', read: '2026-11-23' },
  provocation: { how: 'live', by: 'a price' },
};

const availability = { code: 'constraint_filtered', excluded_by: ['max_price'], retryable: false };
const body = (error: object = {}) => ({
  error: { code: 404, message: 'No endpoints found.', metadata: { error_type: 'not_found' }, availability, ...error },
});

function found(subject: Subject, over: Partial<ErrorRow> = {}, skin: Skin = 'chat') {
  return judge(failsAs('chat/404-x', { ...row, ...over }, skin), subject).map(
    ({ check, level, where }) => `${level} ${check} at ${where}`,
  );
}

const failed = (error?: object, status = 404) => jsonSubject(body(error), { status });

test('a failure as documented breaks nothing', () => {
  expect(found(failed())).toEqual([]);
  expect(found(failed({ metadata: undefined, availability: undefined }))).toEqual([]);
});

it.each([
  ['an answer that does not fail', jsonSubject(result()), 'must error-path.form at chat/404-x form'],
  ['another status', failed({}, 400), 'must error-path.status at chat/404-x status'],
  [
    'another type',
    failed({ metadata: { error_type: 'server' } }),
    'must error-path.type at chat/404-x /error error_type',
  ],
  [
    'another availability code',
    failed({ availability: { code: 'no_endpoints' } }),
    'must error-path.availability at chat/404-x /error availability/code',
  ],
  [
    'another reason for exclusion',
    failed({ availability: { ...availability, excluded_by: ['quantization'] } }),
    'must error-path.availability at chat/404-x /error availability/excluded_by',
  ],
  ['another message', failed({ message: 'No.' }), 'must error-path.message at chat/404-x /error/message'],
])('%s is found', (_, subject, finding) => {
  expect(found(subject)).toContain(finding);
});

test('an error under 200 is none under its own status', () => {
  expect(found(failed({}, 200))).toEqual([
    'must error-path.status at chat/404-x status',
    'must error-path.form at chat/404-x form',
  ]);
});

test('headers are asked for and watched where the row speaks of them', () => {
  const headers = { required: ['retry-after'] };
  const limited = jsonSubject(body(), { status: 404, headers: { 'x-ratelimit-limit': '20' } });
  expect(found(limited, { headers })).toEqual([
    'must error-path.headers at chat/404-x header retry-after',
    'should error-path.headers at chat/404-x header x-ratelimit-limit',
  ]);
  expect(found(limited)).toEqual([]);
});

test('a row that was only seen binds nobody to its looks, but the failure has to be there', () => {
  const seen = { observedOnly: true } as const;
  expect(found(failed({ message: 'No.' }, 400), seen)).toEqual([
    'observed error-path.status at chat/404-x status',
    'observed error-path.message at chat/404-x /error/message',
  ]);
  expect(found(jsonSubject(result()), seen)).toContain('must error-path.form at chat/404-x form');
});

test('another accepted status brings its own types and no availability', () => {
  const subject = failed({ metadata: { error_type: 'permission_denied' }, availability: { code: 'x' } }, 403);
  expect(found(subject, { status: [404, 403] })).toEqual([]);
});

describe('on the other APIs', () => {
  const on = (path: string, json: unknown) => jsonSubject(json, { path, status: 404 });
  const anthropic = (type: string) => ({
    type: 'error',
    error: { type, message: 'No endpoints', error_type: 'not_found' },
    request_id: null,
  });

  test('each API’s own envelope and OpenRouter’s are accepted', () => {
    expect(found(on('/messages', anthropic('not_found_error')), {}, 'messages')).toEqual([]);
    expect(found(on('/messages', body()), {}, 'messages')).toEqual([]);
    expect(found(on('/responses', body()), {}, 'responses')).toEqual([]);
    expect(found(on('/responses', body({ code: 'server_error' })), {}, 'responses')).toEqual([]);
  });

  test('the word for the type is that of the API', () => {
    expect(found(on('/messages', anthropic('api_error')), {}, 'messages')).toEqual([
      'must error-path.type at chat/404-x /error/type',
    ]);
    expect(found(on('/responses', body({ code: 'rate_limit_exceeded' })), {}, 'responses')).toEqual([
      'must error-path.type at chat/404-x /error/code',
    ]);
  });

  test('a text that is specified for one API only is advice to the others', () => {
    const other = body({ message: 'Model not found' });
    expect(found(on('/messages', other), {}, 'messages')).toEqual([
      'should error-path.message at chat/404-x /error/message',
    ]);
  });
});

describe('inside a 200', () => {
  const error = { code: 502, message: 'Upstream', metadata: { error_type: 'provider_unavailable' } };
  const midStream: Partial<ErrorRow> = { status: [200], errorType: ['provider_unavailable'], form: 'mid-stream' };
  const rowOf = (over: Partial<ErrorRow>): ErrorRow => {
    const { message: _, availability: __, ...rest } = row;
    return { ...rest, ...over };
  };
  const foundIn = (subject: Subject, over: Partial<ErrorRow>, skin: Skin = 'chat') =>
    judge(failsAs('x', rowOf(over), skin), subject).map(({ check }) => check);
  const part = (over: object) => chunk({ content: '' }, { error, ...over }, { finish_reason: 'error' });

  test.each([
    ['a chunk beside its choice', streamSubject([chunk(), part({})])],
    ['a chunk without choices', streamSubject([chunk(), part({ choices: [] })])],
    ['a bare body after the events', subjectWith(`data: ${JSON.stringify(chunk())}\n\n${JSON.stringify({ error })}`)],
  ])('an error in %s is one in the middle of the stream', (_, subject) => {
    expect(foundIn(subject, midStream)).toEqual([]);
  });

  test.each(['response.failed', 'response.error', 'error'])('so is the event %s', (type) => {
    const nested = { status: 'failed', error: { code: 'server_error', message: 'x' } };
    const event = type === 'response.failed' ? { type, response: nested } : { type, error: nested.error };
    const subject = streamSubject([event], { path: '/responses' });
    expect(foundIn(subject, { ...midStream, form: 'responses-event' }, 'responses')).toEqual([]);
  });

  test('and the error event of /messages', () => {
    const event = { type: 'error', error: { type: 'api_error', message: 'x', error_type: 'provider_unavailable' } };
    const subject = streamSubject([event], { path: '/messages' });
    expect(foundIn(subject, { ...midStream, form: 'messages-event' }, 'messages')).toEqual([]);
  });

  test('a whole stream is not', () => {
    expect(foundIn(streamSubject(), midStream)).toEqual(['error-path.form']);
  });

  test('an error in the choice, a failed response, an early end, silence and a cut are what they are', () => {
    const choice = jsonSubject(
      result({ choices: [{ index: 0, message: { content: 'a' }, finish_reason: 'error', error }] }),
    );
    const response = { object: 'response', status: 'failed', error: { code: 'server_error', message: 'x' } };
    const short = jsonSubject(result({ choices: [{ index: 0, message: { content: 'a' }, finish_reason: 'length' }] }));
    const silent = jsonSubject(result({ choices: [{ index: 0, message: { content: '' }, finish_reason: null }] }));
    const cases = [
      ['choice', choice, 'chat'],
      ['failed-object', jsonSubject(response, { path: '/responses' }), 'responses'],
      ['shortened-answer', short, 'chat'],
      ['silent', silent, 'chat'],
      ['truncated', streamSubject(chunks().slice(0, 1)), 'chat'],
    ] as const;
    for (const [form, subject, skin] of cases) {
      expect(foundIn(subject, { ...midStream, form }, skin)).toEqual([]);
      expect(foundIn(jsonSubject(result()), { ...midStream, form }, skin)).toEqual(['error-path.form']);
    }
  });

  test('a failure that may come before the answer too is plain then', () => {
    const early = jsonSubject({ error: { ...error, code: 400 } }, { status: 400 });
    const type = { errorType: ['provider_unavailable'] } as const;
    expect(foundIn(early, { ...type, status: [200, 400], form: 'shortened-answer' })).toEqual([]);
    expect(foundIn(early, { ...type, status: [200], form: 'shortened-answer' })).toContain('error-path.form');
    const late = jsonSubject({ error });
    expect(foundIn(late, { ...type, status: [500, 200] })).toEqual([]);
  });

  test('a native finish reason may be the only sign', () => {
    const only = result({
      choices: [{ index: 0, message: { content: 'a' }, finish_reason: null, native_finish_reason: 'network_error' }],
    });
    expect(foundIn(jsonSubject(only), { ...midStream, form: 'silent' })).toEqual([]);
  });
});

test('a page of the edge is as good as an envelope where the edge may answer', () => {
  const page = subjectWith('<html></html>', { status: 413, headers: { 'content-type': 'text/html' } });
  expect(found(page, { status: [413], form: 'edge' })).toEqual([]);
  expect(found(page, { status: [413] })).toEqual(['must error-path.form at chat/404-x form']);
});

describe('the form that was seen', () => {
  const seen = (subject: Subject, over: Partial<ErrorRow> = {}) => formSeen({ ...row, ...over }, subject.exchange);

  test('is told where several are accepted', () => {
    expect(seen(failed({}, 403), { status: [402, 403] })).toBe('Seen: status 403 (of 402, 403).');
    expect(seen(failed(), { form: 'edge' })).toBe('Seen: an envelope under its own status.');
    expect(seen(jsonSubject(body(), { path: '/messages', status: 404 }))).toBe('Seen: OpenRouter’s envelope.');
    expect(seen(jsonSubject(body(), { path: '/responses', status: 404 }))).toBe('Seen: a number for a code.');
    expect(seen(failed({ availability: undefined }))).toBe('Seen: no availability object.');
  });

  test('is not worth a word where only one is, or where none was', () => {
    expect(seen(failed())).toBeNull();
    expect(seen(jsonSubject(result()))).toBeNull();
  });
});
