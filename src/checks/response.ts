import { describe } from '../contract/validate.ts';
import { softenedByAge } from './age.ts';
import type { Breach, Check, Subject } from './check.ts';
import { inBandErrors } from './errors.ts';
import { failsAsExpected, failsInBandAsExpected } from './expected-failure.ts';
import { at, failed, header, statusOf, stringAt, succeeded } from './reading.ts';

/** What every answer must be, whatever was asked. */
export const responseChecks = [
  {
    id: 'response.complete',
    level: 'must',
    holds: 'The answer arrived whole: no cut, reset, time-out or refused connection.',
    covers: ['api.transport'],
    // A stream that is meant to be cut may be cut at any level.
    applies: (subject) => !failsAsExpected(subject, 'truncated'),
    judge: ({ exchange: { end, chunks } }) =>
      end.how === 'complete' || end.how === 'aborted'
        ? []
        : [
            {
              expected: 'an exchange that the server completes',
              actual: [end.how, end.code, end.message].filter((part) => part !== undefined).join(', '),
              where: `end, after ${chunks.length} chunks`,
            },
          ],
  },
  {
    id: 'response.well-formed',
    level: 'must',
    holds: 'The bytes are valid UTF-8 and what they claim to be: JSON or an event stream.',
    covers: ['api.transport', 'stream.framing'],
    judge: (subject) => subject.exchange.facts.flatMap((fact) => wireBreach(subject, fact)),
  },
  {
    id: 'response.status-expected',
    level: 'must',
    holds: 'The HTTP status is one of those the scenario expects.',
    covers: ['errors.code-is-status'],
    applies: ({ expect }) => expect.status !== undefined,
    judge: (subject) => {
      const status = statusOf(subject);
      const allowed = subject.expect.status ?? [];
      if (status !== undefined && allowed.includes(status)) return [];
      // A failure that was only ever seen may well have another status; whether it is there at all is judged apart.
      const level = subject.expect.errorPath?.row.observedOnly === true ? ({ level: 'observed' } as const) : {};
      const message = stringAt(subject.exchange.json, 'error', 'message');
      const actual = status === undefined ? `no response (${subject.exchange.end.how})` : String(status);
      return [
        {
          expected: `status ${allowed.join(' or ')}`,
          actual: message === undefined ? actual : `${actual}: ${message}`,
          where: 'status',
          ...level,
        },
      ];
    },
  },
  {
    id: 'response.content-type',
    level: 'must',
    holds: 'An answer that is no stream is application/json.',
    covers: ['api.content-type'],
    applies: (subject) =>
      subject.endpoint !== 'other' &&
      header(subject, 'content-type') !== undefined &&
      !(subject.streamed && succeeded(subject)) &&
      !failsAsExpected(subject, 'edge'),
    judge: (subject) => {
      const type = header(subject, 'content-type') ?? '';
      if (/^application\/json\b/i.test(type)) return [];
      // The edge in front of OpenRouter answers in HTML of its own, e.g. 413, 429 and 524.
      const level = failed(subject) ? ({ level: 'should' } as const) : {};
      return [{ expected: 'application/json', actual: type, where: 'header content-type', ...level }];
    },
  },
  {
    id: 'response.content-type-present',
    level: 'should',
    holds: 'The answer says what type of content it has.',
    covers: ['api.content-type'],
    applies: ({ endpoint, exchange }) =>
      endpoint !== 'other' && exchange.response !== undefined && Object.keys(exchange.response.headers).length > 0,
    judge: (subject) =>
      header(subject, 'content-type') === undefined
        ? [{ expected: 'a content-type', actual: 'absent', where: 'header content-type' }]
        : [],
  },
  {
    id: 'response.error-code-is-status',
    level: 'must',
    holds: 'The code in the body of a failure equals its HTTP status.',
    covers: ['errors.code-is-status', 'stream.error-before-token'],
    applies: (subject) => failed(subject) && at(subject.exchange.json, 'error', 'code') !== undefined,
    judge: (subject) => {
      const status = statusOf(subject);
      const code = at(subject.exchange.json, 'error', 'code');
      if (code === status) return [];
      // On /responses the code may be a word such as `invalid_prompt` (api_reference/responses/error-handling).
      if (subject.endpoint === 'responses' && typeof code === 'string' && !/^\d+$/.test(code)) return [];
      return [{ expected: String(status), actual: describe(code), where: '/error/code' }];
    },
  },
  {
    id: 'response.error-has-message',
    level: 'must',
    holds: 'A failure says in words what went wrong.',
    covers: ['errors.envelope'],
    // A page of the edge has no message, where it may be the answer.
    applies: (subject) => failed(subject) && subject.endpoint !== 'other' && !failsAsExpected(subject, 'edge'),
    judge: (subject) => {
      const message = at(subject.exchange.json, 'error', 'message');
      if (typeof message === 'string' && message.trim() !== '') return [];
      if (subject.exchange.json === undefined) {
        return [
          {
            expected: 'a JSON body with an error message',
            actual: `no JSON: ${describe(subject.exchange.text)}`,
            where: 'body',
            ...(header(subject, 'content-type')?.startsWith('text/html') === true
              ? ({ level: 'should' } as const)
              : {}),
          },
        ];
      }
      // In 2025 the envelope was at times wrapped in another.
      return softenedByAge(subject, [
        { expected: 'a message that is not empty', actual: describe(message), where: '/error/message' },
      ]);
    },
  },
  {
    id: 'response.message-expected',
    level: 'should',
    holds: 'The error message says what the scenario provoked.',
    covers: ['errors.envelope'],
    applies: ({ expect }) => expect.message !== undefined,
    judge: (subject) => {
      const message =
        stringAt(subject.exchange.json, 'error', 'message') ?? String(inBandErrors(subject)[0]?.message ?? '');
      const pattern = subject.expect.message;
      if (pattern === undefined || new RegExp(pattern).test(message)) return [];
      return [{ expected: `a message matching ${pattern}`, actual: describe(message), where: '/error/message' }];
    },
  },
  {
    id: 'response.no-in-band-error',
    level: 'must',
    holds: 'An answer with a status of success contains no error.',
    covers: ['errors.in-band', 'stream.error-mid-stream'],
    applies: (subject) => subject.endpoint !== 'other' && !failsInBandAsExpected(subject),
    judge: (subject) => {
      const status = statusOf(subject);
      return inBandErrors(subject).map(({ where, code, message }) => ({
        expected: `no error in an answer with status ${status}`,
        actual: [code, message].filter((part) => part !== undefined).join(' '),
        where,
      }));
    },
  },
  {
    id: 'response.not-cached',
    level: 'must',
    holds: 'The answer is not from the response cache, which would prove nothing about the provider.',
    covers: ['api.response-cache'],
    judge: (subject) => {
      const cache = header(subject, 'x-openrouter-cache-status');
      return cache !== undefined && /^hit\b/i.test(cache)
        ? [{ expected: 'an answer made for this request', actual: cache, where: 'header x-openrouter-cache-status' }]
        : [];
    },
  },
] as const satisfies readonly Check[];

/** What a body looks like that was left in the middle. */
const brokenOff: ReadonlySet<string> = new Set(['unterminated-event', 'invalid-json-body', 'invalid-utf8']);

function wireBreach(subject: Subject, fact: Subject['exchange']['facts'][number]): Breach[] {
  // Where we left, the end of the body is of our own making.
  if (subject.exchange.end.how === 'aborted' && brokenOff.has(fact.code)) return [];
  const breach = { expected: expectations[fact.code], actual: fact.detail, where: fact.where };
  switch (fact.code) {
    case 'bom':
    case 'unknown-stream-field':
      return [{ ...breach, level: 'should' }];
    case 'data-without-framing':
      return failsAsExpected(subject, 'bare') ? [] : [breach];
    case 'unterminated-event':
      if (failsAsExpected(subject, 'truncated')) return [];
      // Some servers and most recorders leave out the blank line after the last event.
      return /\[DONE\]\s*"?$/.test(fact.detail) ? [{ ...breach, level: 'observed' }] : [breach];
    case 'invalid-json-body':
      // A failure of the edge has a page as its body; `response.error-has-message` judges that.
      if (failsAsExpected(subject, 'edge')) return [];
      return failed(subject) ? [{ ...breach, level: 'should' }] : [breach];
    default:
      return [breach];
  }
}

const expectations = {
  'invalid-utf8': 'valid UTF-8',
  'content-type-mismatch': 'a body of the announced type',
  bom: 'no byte order mark',
  'invalid-json-body': 'a body that is JSON',
  'unterminated-event': 'an event closed by a blank line',
  'unknown-stream-field': 'only data lines and comments',
  'data-without-framing': 'data lines in an event stream',
  'invalid-stream-line': 'only data lines and comments',
} as const satisfies Record<Subject['exchange']['facts'][number]['code'], string>;
