import { expect, it } from 'vitest';
import { judge } from './check.ts';
import { failureChecks } from './failures.ts';
import { chunk, jsonSubject, result, streamSubject, testChecks } from './testing.ts';

const availability = {
  code: 'no_endpoints',
  retryable: false,
  requested_models: ['a/b'],
  docs_url: 'https://openrouter.ai/docs/errors#no_endpoints',
};

const failed = (status: number, error: object = {}, rest: object = {}, path = '/chat/completions') =>
  jsonSubject({ error: { code: status, message: 'No.', ...error }, ...rest }, { status, path });

const typed = (error_type: string, more: object = {}) => ({ metadata: { error_type, ...more } });

testChecks(failureChecks, {
  'errors.type-belongs-to-status': {
    silentOn: failed(404, typed('not_found')),
    when: 'a 404 is said to be an overload',
    tripsOn: failed(404, typed('provider_overloaded')),
    finding: { expected: 'an error_type of status 404', actual: 'provider_overloaded, of 503, 529' },
  },
  'errors.word-of-the-api': {
    silentOn: failed(429, { code: 'rate_limit_exceeded' }, { error_type: 'rate_limit_exceeded' }, '/responses'),
    when: 'the word is that of another type',
    tripsOn: jsonSubject(
      {
        type: 'error',
        error: { type: 'api_error', message: 'No.', error_type: 'not_found' },
        request_id: null,
      },
      { status: 404, path: '/messages' },
    ),
    finding: { expected: 'not_found_error, for not_found', actual: 'api_error', where: '/error/type' },
  },
  'errors.500-is-masked': {
    silentOn: failed(500, typed('server')),
    when: 'the provider’s code shines through',
    tripsOn: failed(500, typed('server', { provider_code: 'E42' })),
    finding: { where: '/error/metadata/provider_code' },
  },
  'errors.availability-documented': {
    silentOn: failed(404, { availability }),
    when: 'it does not say whether to retry',
    tripsOn: failed(404, { metadata: { availability: { ...availability, retryable: 'no' } } }),
    finding: { expected: 'boolean', where: '/error availability/retryable' },
  },
  'errors.availability-agrees': {
    silentOn: failed(404, { availability }),
    when: 'its page is about another code',
    tripsOn: failed(404, { availability: { ...availability, docs_url: 'https://openrouter.ai/docs/errors#x' } }),
    finding: { expected: '…#no_endpoints' },
  },
  'errors.in-band-has-message': {
    silentOn: jsonSubject({ error: { code: 502, message: 'Provider disconnected.' } }),
    when: 'the chunk with the error has no words for it',
    tripsOn: streamSubject([chunk({}, { error: { code: 502, message: '' } })]),
    finding: { actual: '""', where: '/error/message' },
  },
  'errors.no-stack-trace': {
    silentOn: failed(500),
    when: 'a message goes on with a frame',
    tripsOn: failed(500, { message: 'Boom\n    at serve (/app/dist/server.js:12:7)' }),
    finding: { expected: 'no stack trace' },
  },
});

const found = (subject: Parameters<typeof judge>[1]) =>
  judge(failureChecks, subject).map(({ check, level, where }) => `${level} ${check} ${where}`);

it('accepts every status that any source gives a type', () => {
  for (const status of [408, 504, 524]) expect(found(failed(status, typed('timeout')))).toEqual([]);
  for (const status of [402, 403]) expect(found(failed(status, typed('payment_required')))).toEqual([]);
});

it('warns of a type that nobody has documented', () => {
  expect(found(failed(404, typed('lost')))).toEqual(['should errors.type-belongs-to-status /error error_type']);
});

it('lets codes of availability be unknown, but not belong to another status', () => {
  const of = (code: string) => ({ availability: { ...availability, code, docs_url: `https://x#${code}` } });
  expect(found(failed(404, of('brand_new')))).toEqual([]);
  expect(found(failed(404, of('capacity_exhausted')))).toEqual([
    'should errors.availability-agrees /error availability/code',
  ]);
});

it('judges an error inside a 200 by the status it names', () => {
  const error = { code: 502, message: 'Upstream', ...typed('rate_limit_exceeded') };
  expect(found(streamSubject([{ ...result({ choices: [] }), error }]))).toEqual([
    'must errors.type-belongs-to-status /error error_type',
  ]);
});

it('wants no routing metadata beside a 500, and lets an unmapped failure keep its code', () => {
  expect(found(failed(500, {}, { openrouter_metadata: { attempt: 1 } }))).toEqual([
    'must errors.500-is-masked /openrouter_metadata',
  ]);
  expect(found(failed(500, typed('unmapped', { provider_code: 'E' })))).toEqual([
    'observed errors.500-is-masked /error/metadata/provider_code',
  ]);
});

it('finds the stacks of other languages', () => {
  const python = 'Traceback (most recent call last):\n  File "/srv/app.py", line 7, in serve';
  expect(found(failed(502, { message: python }))).toEqual([
    expect.stringContaining('errors.no-stack-trace body, character'),
  ]);
});
