import { describe } from '../contract/validate.ts';
import type { Check, Subject } from './check.ts';
import { answerOf, at, failed, header, numberAt, statusOf, succeeded } from './reading.ts';

const rateLimitHeaders = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];

function retryAfterInBody(subject: Subject): number | undefined {
  return numberAt(answerOf(subject)?.error?.availability, 'retry_after');
}

function knowsHeaders({ exchange }: Subject): boolean {
  return Object.keys(exchange.response?.headers ?? {}).length > 0;
}

/** Whether the provider, and not OpenRouter, refused: only then does an error speak of one. */
function isOfProvider(subject: Subject): boolean {
  const metadata = answerOf(subject)?.error?.metadata;
  return ['provider_name', 'provider_code', 'raw'].some((field) => (at(metadata, field) ?? null) !== null);
}

/** What headers say about limits. Source: https://openrouter.ai/docs/api_reference/limits. */
export const limitChecks = [
  {
    id: 'response.retry-after-in-seconds',
    level: 'must',
    holds: 'Retry-After, where sent, is a positive number of whole seconds.',
    covers: ['errors.429'],
    applies: (subject) => header(subject, 'retry-after') !== undefined,
    judge: (subject) => {
      const value = header(subject, 'retry-after') ?? '';
      return /^\d+$/.test(value) && Number(value) > 0
        ? []
        : [{ expected: 'whole seconds, more than 0', actual: value, where: 'header retry-after' }];
    },
  },
  {
    id: 'errors.retry-after-agrees',
    level: 'must',
    holds: 'What availability.retry_after tells, Retry-After tells too.',
    covers: ['errors.availability'],
    applies: (subject) => failed(subject) && knowsHeaders(subject) && retryAfterInBody(subject) !== undefined,
    judge: (subject) => {
      const [sent, told] = [header(subject, 'retry-after'), retryAfterInBody(subject)];
      if (sent !== undefined && Number(sent) === told) return [];
      const expected = `${told}, as in availability/retry_after`;
      // One page has the header always, the other only with some statuses.
      const level = sent === undefined ? ({ level: 'should' } as const) : {};
      return [{ expected, actual: sent ?? 'absent', where: 'header retry-after', ...level }];
    },
  },
  {
    id: 'errors.rate-limit-headers-only-own',
    level: 'must',
    holds: 'X-RateLimit headers come only with OpenRouter’s own 429.',
    covers: ['errors.rate-limit-headers'],
    applies: (subject) => subject.endpoint !== 'other' && (failed(subject) || succeeded(subject)),
    judge: (subject) => {
      const status = statusOf(subject);
      if (status === 429 && !isOfProvider(subject)) return [];
      return rateLimitHeaders
        .filter((name) => header(subject, name) !== undefined)
        .map((name) => ({
          expected: `absent with ${status === 429 ? 'a provider’s 429' : `status ${status}`}`,
          actual: describe(header(subject, name)),
          where: `header ${name}`,
        }));
    },
  },
] as const satisfies readonly Check[];
