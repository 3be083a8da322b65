import { messagesTypeOf } from '../contract/errors/mapping.ts';
import type { ErrorType } from '../contract/errors/row.ts';
import { describe, violations } from '../contract/validate.ts';
import type { Breach, Check, Subject } from './check.ts';
import { isErrorType, responsesCodesOf, statusesOfAvailability, statusesOfType } from './error-types.ts';
import { answerOf, at, failed, numberAt, statusOf, stringAt, succeeded } from './reading.ts';

function errorOf(subject: Subject) {
  return answerOf(subject)?.error ?? undefined;
}

/** The status of the failure: that of the answer, or the one an error inside a 200 names. */
function failureStatus(subject: Subject): number | undefined {
  return failed(subject) ? statusOf(subject) : numberAt(errorOf(subject), 'code');
}

/** What a failure says about itself, wherever it stands. Source: api_reference/errors-and-debugging. */
export const failureChecks = [
  {
    id: 'errors.type-belongs-to-status',
    level: 'must',
    holds: 'error_type, where sent, belongs to the status of the failure.',
    covers: ['errors.type'],
    applies: (subject) => errorOf(subject)?.errorType !== undefined,
    judge: (subject) => {
      const { errorType = '', pointer = '' } = errorOf(subject) ?? {};
      const where = `${pointer} error_type`;
      const statuses = statusesOfType(errorType);
      const status = failureStatus(subject);
      if (statuses === undefined) {
        return [{ expected: 'a documented error_type', actual: describe(errorType), where, level: 'should' }];
      }
      return status === undefined || statuses.includes(status)
        ? []
        : [{ expected: `an error_type of status ${status}`, actual: `${errorType}, of ${statuses.join(', ')}`, where }];
    },
  },
  {
    id: 'errors.word-of-the-api',
    level: 'must',
    holds: 'Where error_type is sent too, the code on /responses and the type on /messages are the words for it.',
    covers: ['errors.type'],
    applies: (subject) => isErrorType(errorOf(subject)?.errorType ?? '') && wordOf(subject) !== undefined,
    judge: (subject) => {
      const { errorType = '', pointer = '' } = errorOf(subject) ?? {};
      const word = wordOf(subject);
      if (!isErrorType(errorType) || word === undefined) return [];
      const expected = word.of(errorType);
      if (expected.includes(word.said)) return [];
      return [
        {
          expected: `${expected.join(' or ')}, for ${errorType}`,
          actual: word.said,
          where: `${pointer}/${word.field}`,
        },
      ];
    },
  },
  {
    id: 'errors.500-is-masked',
    level: 'must',
    holds: 'A failure with status 500 tells neither the provider’s code nor routing metadata.',
    covers: ['errors.masking'],
    applies: (subject) => errorOf(subject) !== undefined && failureStatus(subject) === 500,
    judge: (subject) => {
      const error = errorOf(subject);
      const breaches: Breach[] = [];
      const routing = answerOf(subject)?.metadata;
      if (routing !== undefined && failed(subject)) {
        breaches.push({ expected: 'absent', actual: describe(routing), where: '/openrouter_metadata' });
      }
      for (const field of ['provider_code', 'raw', 'provider_error_code']) {
        const told = at(error?.metadata, field);
        if (told === undefined || told === null) continue;
        breaches.push({
          expected: 'absent',
          actual: describe(told),
          where: `${error?.pointer}/metadata/${field}`,
          // The pages disagree about the code of a failure nobody has mapped.
          ...(error?.errorType === 'unmapped' && field === 'provider_code' ? { level: 'observed' as const } : {}),
        });
      }
      return breaches;
    },
  },
  {
    id: 'errors.availability-documented',
    level: 'must',
    holds: 'The availability object has a code, says whether to retry, and names the models and the page to read.',
    covers: ['errors.availability'],
    applies: (subject) => errorOf(subject)?.availability !== undefined,
    judge: (subject) => {
      const { availability, pointer = '' } = errorOf(subject) ?? {};
      return violations('availability', availability).map(({ expected, actual, pointer: inside }) => ({
        expected,
        actual,
        where: `${pointer} availability${inside}`,
      }));
    },
  },
  {
    id: 'errors.availability-agrees',
    level: 'should',
    holds: 'The availability code belongs to the status, and its page is the one about that code.',
    covers: ['errors.availability'],
    applies: (subject) => typeof at(errorOf(subject)?.availability, 'code') === 'string',
    judge: (subject) => {
      const { availability, pointer = '' } = errorOf(subject) ?? {};
      const code = stringAt(availability, 'code') ?? '';
      const statuses = statusesOfAvailability(code);
      const status = failureStatus(subject);
      const page = stringAt(availability, 'docs_url');
      const breaches: Breach[] = [];
      if (statuses !== undefined && status !== undefined && !statuses.includes(status)) {
        breaches.push({
          expected: `a code of status ${status}`,
          actual: `${code}, of ${statuses.join(', ')}`,
          where: `${pointer} availability/code`,
        });
      }
      if (page !== undefined && !page.endsWith(`#${code}`)) {
        breaches.push({ expected: `…#${code}`, actual: describe(page), where: `${pointer} availability/docs_url` });
      }
      return breaches;
    },
  },
  {
    id: 'errors.in-band-has-message',
    level: 'must',
    holds: 'An error inside an answer with a status of success says in words what went wrong.',
    covers: ['errors.in-band'],
    applies: (subject) => succeeded(subject) && errorOf(subject) !== undefined,
    judge: (subject) => {
      const { message, pointer = '' } = errorOf(subject) ?? {};
      return typeof message === 'string' && message.trim() !== ''
        ? []
        : [{ expected: 'a message that is not empty', actual: describe(message), where: `${pointer}/message` }];
    },
  },
  {
    id: 'errors.no-stack-trace',
    level: 'must',
    holds: 'A failure shows nobody’s stack.',
    covers: ['errors.no-secrets'],
    applies: (subject) => errorOf(subject) !== undefined || failed(subject),
    judge: ({ exchange }) => {
      const found = stackTrace.exec(exchange.text);
      return found === null
        ? []
        : [{ expected: 'no stack trace', actual: describe(found[0]), where: `body, character ${found.index}` }];
    },
  },
] as const satisfies readonly Check[];

/** A frame of JavaScript or Python, or the words above one, in a body where line ends may be escaped. */
const stackTrace =
  /(?:\n|\\n)\s*at [\w.<>[\] ]*\(?[^\s()]*\.[cm]?[jt]s:\d+:\d+|Traceback \(most recent call last\)|File \\?"[^"]+\\?", line \d+, in /;

/** The word an API of its own has for the type of an error, as it was said and as it should be. */
function wordOf(subject: Subject) {
  const error = errorOf(subject);
  if (subject.endpoint === 'messages' && error?.type !== undefined) {
    return { field: 'type', said: error.type, of: (type: ErrorType) => [messagesTypeOf(type)] };
  }
  // A code that repeats the status is the plain envelope of OpenRouter.
  return subject.endpoint === 'responses' && typeof error?.code === 'string'
    ? { field: 'code', said: error.code, of: responsesCodesOf }
    : undefined;
}
