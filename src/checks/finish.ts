import { finishReasons } from '../contract/schemas/chat.ts';
import { describe } from '../contract/validate.ts';
import { carriesContent } from '../exchange/carries-content.ts';
import { softenedByAge } from './age.ts';
import type { Breach, Check, Subject } from './check.ts';
import { errorIn, inBandErrors } from './errors.ts';
import { failsAsExpected, failsInBandAsExpected } from './expected-failure.ts';
import {
  answerOf,
  at,
  hasChoices,
  isAnswer,
  listAt,
  parts,
  place,
  skinOf,
  succeeded,
  type JsonObject,
} from './reading.ts';

/** How an answer ends, streamed or not. */
export const finishChecks = [
  {
    id: 'response.finish-reason',
    level: 'must',
    holds: 'A complete answer says why it ended, in one of the documented words.',
    covers: ['stream.finish-reason'],
    applies: (subject) =>
      isAnswer(subject) &&
      subject.exchange.end.how !== 'aborted' &&
      answerOf(subject) !== null &&
      inBandErrors(subject).length === 0 &&
      !failsAsExpected(subject, 'silent', 'truncated'),
    judge: (subject) => {
      if (!hasChoices(subject)) return softenedByAge(subject, endingBreaches(subject));
      const expected = `one of ${finishReasons.join(', ')}`;
      const stated = statedReasons(subject);
      const wrong = stated.filter(({ reason }) => !finishReasons.some((known) => known === reason));
      const breaches =
        stated.length === 0
          ? [{ expected, actual: 'none', where: '/choices/0/finish_reason' }]
          : wrong.map(({ reason, where }) => ({ expected, actual: describe(reason), where }));
      // Until 2025 some answers had none, or the upstream's own word.
      return softenedByAge(subject, breaches);
    },
  },
  {
    id: 'stream.finish-reason-repeated-equal',
    level: 'must',
    holds: 'A finish reason that is sent again, as with the usage, is the same again.',
    covers: ['stream.finish-reason', 'stream.usage-last'],
    applies: (subject) => hasChoices(subject) && subject.exchange.stream !== null,
    judge: (subject) => {
      const [first, ...again] = statedReasons(subject);
      return again
        .filter(({ reason }) => reason !== first?.reason && inBandErrors(subject).length === 0)
        .map(({ reason, where }) => ({ expected: describe(first?.reason), actual: describe(reason), where }));
    },
  },
  {
    id: 'stream.nothing-after-finish',
    level: 'must',
    holds: 'No content comes after the finish reason.',
    covers: ['stream.finish-reason'],
    applies: (subject) => hasChoices(subject) && subject.exchange.stream !== null,
    // One upstream sent each parallel tool call with the finish reason repeated (2025-09): read right by most clients.
    judge: (subject) =>
      contentAfter(subject, (json) => reasonsIn(json).length > 0, 'the finish reason').map(({ breach, json }) =>
        reasonsIn(json).length > 0 ? { ...breach, level: 'should' } : breach,
      ),
  },
  {
    id: 'stream.nothing-after-error',
    level: 'must',
    holds: 'An error ends the stream: nothing but usage, the closing event and [DONE] comes after it.',
    covers: ['stream.error-mid-stream'],
    applies: (subject) => subject.exchange.stream !== null && inBandErrors(subject).length > 0,
    judge: (subject) =>
      contentAfter(subject, (json) => errorIn(json) !== undefined, 'the error').map(({ breach }) => breach),
  },
  {
    id: 'stream.error-before-token-is-plain',
    level: 'must',
    holds: 'A failure before the first token is plain JSON with its own status, not a stream.',
    covers: ['stream.error-before-token'],
    applies: (subject) => skinOf(subject) !== null && subject.streamed && !failsInBandAsExpected(subject),
    judge: (subject) => {
      if (!succeeded(subject)) {
        return subject.exchange.stream === null
          ? []
          : [
              {
                expected: 'a JSON body',
                actual: 'an event stream',
                where: `status ${subject.exchange.response?.status}`,
              },
            ];
      }
      const early = inBandErrors(subject).find(({ afterContent }) => !afterContent);
      return early === undefined
        ? []
        : [
            {
              expected: 'a failure with its own HTTP status',
              actual: `status ${subject.exchange.response?.status} with error ${describe(early.code)}`,
              where: early.where,
              // The other APIs announce the answer before its first token, and can only go on in the stream.
              ...(hasChoices(subject) ? {} : { level: 'should' as const }),
            },
          ];
    },
  },
] as const satisfies readonly Check[];

/** The APIs without choices say in words of their own how an answer ended. */
function endingBreaches(subject: Subject): Breach[] {
  const answer = answerOf(subject);
  if (answer === null || answer.finishReason !== null) return [];
  const where = subject.endpoint === 'messages' ? '/stop_reason' : '/status';
  const expected = 'a documented word for the end';
  // The reason of an incomplete response is optional in the specification.
  return answer.ending === 'incomplete'
    ? [{ expected: 'a reason', actual: 'none', where: '/incomplete_details/reason', level: 'should' }]
    : [{ expected, actual: describe(answer.ending), where }];
}

function statedReasons(subject: Subject): { reason: unknown; where: string }[] {
  return parts(subject).flatMap(({ where, json }) =>
    reasonsIn(json).map(({ reason, pointer }) => ({ reason, where: place(where, pointer) })),
  );
}

function reasonsIn(json: unknown): { reason: unknown; pointer: string }[] {
  return listAt(json, 'choices').flatMap((choice, index) => {
    const reason = at(choice, 'finish_reason');
    return reason === undefined || reason === null ? [] : [{ reason, pointer: `/choices/${index}/finish_reason` }];
  });
}

function contentAfter(
  subject: Subject,
  ends: (json: JsonObject) => boolean,
  what: string,
): { breach: Breach; json: unknown }[] {
  const all = parts(subject);
  const end = all.findIndex(({ json }) => ends(json));
  if (end === -1) return [];
  return all
    .slice(end + 1)
    .filter(({ json }) => carriesContent(json))
    .map(({ where, json }) => ({
      json,
      breach: {
        expected: `no content after ${what} in ${all[end]?.where}`,
        actual: describe(at(json, 'choices', 0, 'delta', 'content') ?? at(json, 'choices', 0, 'delta')),
        where,
      },
    }));
}
