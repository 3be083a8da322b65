import { expect, it } from 'vitest';
import { judge } from './check.ts';
import { limitChecks } from './limits.ts';
import { jsonSubject, result, testChecks } from './testing.ts';

const rateLimit = { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1790000000000' };

const limited = (headers: Record<string, string>, error: object = {}, status = 429) =>
  jsonSubject({ error: { code: status, message: 'Slow down.', ...error } }, { status, headers });

const retryAfter = (seconds: number) => ({ availability: { code: 'capacity_exhausted', retry_after: seconds } });

testChecks(limitChecks, {
  'response.retry-after-in-seconds': {
    silentOn: limited({ 'retry-after': '40' }),
    when: 'it is a date',
    tripsOn: limited({ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }),
    finding: { where: 'header retry-after' },
  },
  'errors.retry-after-agrees': {
    silentOn: limited({ 'retry-after': '40' }, retryAfter(40)),
    when: 'body and header differ',
    tripsOn: limited({ 'retry-after': '40' }, retryAfter(41)),
    finding: { expected: '41, as in availability/retry_after', actual: '40' },
  },
  'errors.rate-limit-headers-only-own': {
    silentOn: limited(rateLimit),
    when: 'they come with success',
    tripsOn: jsonSubject(result(), { headers: rateLimit }),
    finding: { expected: 'absent with status 200', where: 'header x-ratelimit-limit' },
  },
});

it('misses Retry-After where only the body tells the time', () => {
  expect(judge(limitChecks, limited({}, retryAfter(40)))).toMatchObject([{ level: 'should', actual: 'absent' }]);
});

it('knows a provider’s 429 by its metadata', () => {
  const found = judge(limitChecks, limited(rateLimit, { metadata: { provider_name: 'Io Net', raw: '{}' } }));
  expect(found).toHaveLength(3);
  expect(judge(limitChecks, limited(rateLimit, { metadata: { provider_name: null } }))).toEqual([]);
});

it('waits no time at all for nobody', () => {
  expect(judge(limitChecks, limited({ 'retry-after': '0' }))).toHaveLength(1);
});
