import { describe } from '../contract/validate.ts';
import { carriesContent } from '../exchange/carries-content.ts';
import type { Breach, Check, Subject } from './check.ts';
import { inBandErrors } from './errors.ts';
import { failsAsExpected } from './expected-failure.ts';
import {
  answerOf,
  at,
  dataEvents,
  done,
  hasChoices,
  header,
  isObject,
  numberAt,
  parts,
  skinOf,
  succeeded,
} from './reading.ts';
import { usedServerTools } from './usage.ts';

function isStream(subject: Subject): boolean {
  return skinOf(subject) !== null && subject.exchange.stream !== null;
}

/** A stream that was meant to go to its end: not a failure told as one, nor one that the caller left or that broke off with an error. */
function ranToItsEnd(subject: Subject): boolean {
  return (
    isStream(subject) &&
    succeeded(subject) &&
    subject.exchange.end.how !== 'aborted' &&
    inBandErrors(subject).length === 0 &&
    !failsAsExpected(subject, 'truncated')
  );
}

/** How a stream is framed, ordered and ended; what only /responses and /messages have is in `events.ts`. */
export const streamChecks = [
  {
    id: 'stream.content-type',
    level: 'must',
    holds: 'A successful answer to a streaming request is an event stream.',
    covers: ['stream.framing', 'api.content-type'],
    applies: (subject) =>
      skinOf(subject) !== null && subject.streamed && succeeded(subject) && !failsAsExpected(subject, 'bare'),
    judge: (subject) => {
      const type = header(subject, 'content-type');
      if (type !== undefined && !/^text\/event-stream\b/i.test(type)) {
        return [{ expected: 'text/event-stream', actual: type, where: 'header content-type' }];
      }
      if (subject.exchange.stream !== null && dataEvents(subject).length > 0) return [];
      return [{ expected: 'data events', actual: describe(subject.exchange.text), where: 'body' }];
    },
  },
  {
    id: 'stream.events-are-json',
    level: 'must',
    holds: 'The data of each event but [DONE] is one JSON object.',
    covers: ['stream.framing'],
    applies: isStream,
    judge: (subject) =>
      dataEvents(subject).flatMap(({ index, data, json }) =>
        data.trim() === done || isObject(json)
          ? []
          : [{ expected: 'a JSON object', actual: describe(data), where: `event ${index}` }],
      ),
  },
  {
    id: 'stream.done-last-and-once',
    level: 'must',
    holds: 'The stream ends with exactly one [DONE], and nothing comes after it.',
    covers: ['stream.done'],
    // Whether [DONE] follows an error is documented nowhere; both are accepted.
    applies: ranToItsEnd,
    judge: (subject) => doneBreaches(subject),
  },
  {
    id: 'stream.usage-once',
    level: 'must',
    holds: 'The stream carries exactly one usage.',
    covers: ['stream.usage-last'],
    // A message tells its usage twice on purpose, at the start and at the end.
    applies: (subject) => ranToItsEnd(subject) && subject.endpoint !== 'messages',
    judge: (subject) => {
      const usages = usageEvents(subject);
      const distinct = new Set(usages.map(({ usage }) => JSON.stringify(usage)));
      if (distinct.size === 1) return [];
      return [
        {
          expected: 'one usage',
          actual: distinct.size === 0 ? 'none' : `${distinct.size} that differ`,
          where: usages.map(({ where }) => where).join(', ') || 'stream',
        },
      ];
    },
  },
  {
    id: 'stream.usage-last',
    level: 'must',
    holds: 'Usage stands in the last event before [DONE].',
    covers: ['stream.usage-last'],
    applies: (subject) => hasChoices(subject) && ranToItsEnd(subject) && usageEvents(subject).length > 0,
    judge: (subject) => {
      const last = parts(subject).at(-1);
      const usage = usageEvents(subject).at(-1);
      return usage === undefined || usage.where === last?.where
        ? []
        : [
            {
              expected: `usage in ${last?.where}, the last before [DONE]`,
              actual: `in ${usage.where}`,
              where: usage.where,
            },
          ];
    },
  },
  {
    id: 'stream.incremental',
    level: 'should',
    holds: 'A long answer comes in more than one piece, before the end.',
    covers: ['stream.framing'],
    applies: (subject) => ranToItsEnd(subject) && !usedServerTools(subject) && (completionTokens(subject) ?? 0) >= 64,
    judge: (subject) => {
      const pieces = parts(subject).filter(({ json }) => carriesContent(json));
      return pieces.length > 1
        ? []
        : [
            {
              expected: 'several pieces of content',
              actual: `${pieces.length} for ${completionTokens(subject)} tokens`,
              where: pieces[0]?.where ?? 'stream',
            },
          ];
    },
  },
] as const satisfies readonly Check[];

function usageEvents(subject: Subject) {
  return parts(subject)
    .map(({ where, json }) => ({ where, usage: at(json, 'response', 'usage') ?? json['usage'] }))
    .filter(({ usage }) => isObject(usage));
}

function completionTokens(subject: Subject): number | undefined {
  return numberAt(answerOf(subject)?.usage, 'completion_tokens');
}

/** The specification has [DONE] on all of them, but Anthropic's own streams end with message_stop. */
const doneLevels = { chat: 'must', completions: 'must', responses: 'must', messages: 'observed' } as const;

function doneBreaches(subject: Subject): Breach[] {
  const events = dataEvents(subject);
  const first = events.find(({ data }) => data.trim() === done);
  if (first === undefined) {
    // An unterminated [DONE] is no event, yet it was said.
    const said = subject.exchange.facts.some(
      ({ code, detail }) => code === 'unterminated-event' && detail.includes(done),
    );
    const level = doneLevels[skinOf(subject) ?? 'chat'];
    return said ? [] : [{ expected: '[DONE] as the last event', actual: 'none', where: 'end of stream', level }];
  }
  const after = events.slice(first.index + 1);
  return after.map(({ index, data }) => ({
    expected: 'nothing after [DONE]',
    actual: describe(data),
    where: `event ${index}`,
  }));
}
