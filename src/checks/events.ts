import { describe } from '../contract/validate.ts';
import type { AnswerEvent } from '../exchange/answer-view.ts';
import type { Check, Subject } from './check.ts';
import { inBandErrors } from './errors.ts';
import { messagesOrder, responsesOrder } from './event-order.ts';
import { failsAsExpected } from './expected-failure.ts';
import { answerOf, dataEvents, done, numberAt } from './reading.ts';

/** A stream of typed events: those of /responses and /messages. */
function isEventStream({ endpoint, exchange }: Subject): boolean {
  return (endpoint === 'responses' || endpoint === 'messages') && exchange.stream !== null;
}

function ranToItsEnd(subject: Subject): boolean {
  return (
    isEventStream(subject) && subject.exchange.end.how !== 'aborted' && !failsAsExpected(subject, 'truncated', 'bare')
  );
}

function numbered(subject: Subject): { event: AnswerEvent; sequence: number }[] {
  return dataEvents(subject).flatMap((event) => {
    const sequence = numberAt(event.json, 'sequence_number');
    return sequence === undefined ? [] : [{ event, sequence }];
  });
}

/** What streams of typed events promise beyond those of chunks. Source: StreamEvents and MessagesStreamEvents. */
export const eventChecks = [
  {
    id: 'events.in-order',
    level: 'must',
    holds: 'The stream opens before it tells anything, and each part begins, goes on and ends in that order.',
    covers: ['stream.events'],
    applies: (subject) => isEventStream(subject) && dataEvents(subject).some(({ type }) => type !== undefined),
    judge: (subject) => (subject.endpoint === 'messages' ? messagesOrder : responsesOrder)(dataEvents(subject)),
  },
  {
    id: 'events.one-terminal',
    level: 'must',
    holds: 'Exactly one event closes the answer: completed, incomplete or failed; message_stop.',
    covers: ['stream.events'],
    applies: ranToItsEnd,
    judge: (subject) => {
      const closing = answerOf(subject)?.terminals ?? [];
      // An error event may stand for the closing one: none of the sources says that another follows.
      if (closing.length === 1 || (closing.length === 0 && inBandErrors(subject).length > 0)) return [];
      return [
        {
          expected: 'one closing event',
          actual: closing.length === 0 ? 'none' : closing.map(({ type }) => type).join(', '),
          where: closing.length === 0 ? 'end of stream' : `event ${closing[1]?.index}`,
        },
      ];
    },
  },
  {
    id: 'events.nothing-after-terminal',
    level: 'must',
    holds: 'Nothing but [DONE] comes after the closing event.',
    covers: ['stream.events'],
    applies: (subject) => isEventStream(subject) && (answerOf(subject)?.terminals.length ?? 0) > 0,
    judge: (subject) => {
      const closing = answerOf(subject)?.terminals[0];
      return dataEvents(subject)
        .filter(({ index, data }) => index > (closing?.index ?? 0) && data.trim() !== done)
        .map(({ index, type, data }) => ({
          expected: `nothing after ${closing?.type}`,
          actual: type ?? describe(data),
          where: `event ${index}`,
        }));
    },
  },
  {
    id: 'events.sequence-increases',
    level: 'must',
    holds: 'The events of a response are numbered in increasing order.',
    covers: ['stream.sequence'],
    applies: (subject) => subject.endpoint === 'responses' && numbered(subject).length > 0,
    judge: (subject) => {
      const all = numbered(subject);
      return all.flatMap(({ event, sequence }, place) => {
        const before = all[place - 1]?.sequence ?? -1;
        return sequence > before
          ? []
          : [
              {
                expected: `more than ${before}`,
                actual: String(sequence),
                where: `event ${event.index} /sequence_number`,
              },
            ];
      });
    },
  },
  {
    id: 'events.name-is-type',
    level: 'must',
    holds: 'The name of an event, where sent, is the type in its data.',
    covers: ['stream.events'],
    applies: isEventStream,
    judge: (subject) =>
      dataEvents(subject).flatMap(({ index, name, type }) =>
        name === undefined || type === undefined || name === type
          ? []
          : [{ expected: type, actual: name, where: `event ${index} line event` }],
      ),
  },
  {
    id: 'events.messages-are-named',
    level: 'must',
    holds: 'Every event of a message has a name: Anthropic’s clients read no other.',
    covers: ['stream.events'],
    applies: (subject) => subject.endpoint === 'messages' && isEventStream(subject),
    judge: (subject) =>
      dataEvents(subject)
        .filter(({ name, type }) => name === undefined && type !== undefined)
        .slice(0, 1)
        .map(({ index, type }) => ({ expected: `event: ${type}`, actual: 'no name', where: `event ${index}` })),
  },
  {
    id: 'events.told-once-more-alike',
    level: 'must',
    holds: 'The text in the closing event of a response is the text that was streamed.',
    covers: ['stream.events'],
    applies: (subject) => subject.endpoint === 'responses' && (answerOf(subject)?.restated ?? null) !== null,
    judge: (subject) => {
      const { content = '', restated = '' } = answerOf(subject) ?? {};
      return content === restated
        ? []
        : [{ expected: describe(content), actual: describe(restated), where: '/response/output' }];
    },
  },
] as const satisfies readonly Check[];
