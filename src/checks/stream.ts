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
  listAt,
  numberAt,
  parts,
  place,
  skinOf,
  succeeded,
} from './reading.ts';
import { usedServerTools } from './usage.ts';

function isStream(subject: Subject): boolean {
  return skinOf(subject) !== null && subject.exchange.stream !== null;
}

function isChunkStream(subject: Subject): boolean {
  return hasChoices(subject) && subject.exchange.stream !== null;
}

/** A stream that was meant to go to its end: not one that the caller left, nor one that broke off with an error. */
function ranToItsEnd(subject: Subject): boolean {
  return (
    isStream(subject) &&
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
    id: 'stream.data-lines-only',
    level: 'should',
    holds: 'Chat streams consist of data lines and comments; neither event names nor ids are sent.',
    covers: ['stream.framing', 'stream.comments'],
    applies: isChunkStream,
    judge: ({ exchange }) =>
      (exchange.stream ?? []).flatMap((item, index) =>
        item.kind === 'event' && (item.event !== undefined || item.id !== undefined)
          ? [
              {
                expected: 'data lines only',
                actual: item.event === undefined ? `id: ${item.id}` : `event: ${item.event}`,
                where: `item ${index}`,
              },
            ]
          : [],
      ),
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
    id: 'stream.constant-id',
    level: 'must',
    holds: 'Every chunk carries the same id and model.',
    covers: ['stream.constant-ids'],
    applies: isChunkStream,
    judge: (subject) => ['id', 'model'].flatMap((field) => changes(subject, field)),
  },
  {
    id: 'stream.constant-provider',
    level: 'should',
    holds: 'Every chunk names the same provider.',
    covers: ['stream.constant-ids'],
    applies: isChunkStream,
    // With debug.echo_upstream_body each attempted provider may announce itself first.
    judge: (subject) => changes(subject, 'provider', ({ json }) => json['debug'] === undefined),
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
  {
    id: 'stream.single-choice',
    level: 'must',
    holds: 'Every choice of a chunk has index 0: one answer was asked for.',
    covers: ['api.chat-chunk'],
    applies: (subject) => isChunkStream(subject) && (at(subject.exchange.call.body, 'n') ?? 1) === 1,
    judge: (subject) =>
      parts(subject).flatMap(({ where, json }) =>
        listAt(json, 'choices').flatMap((choice, place) => {
          const index = numberAt(choice, 'index') ?? 0;
          return index === 0
            ? []
            : [{ expected: 'index 0', actual: String(index), where: `${where} /choices/${place}/index` }];
        }),
      ),
  },
  {
    id: 'stream.role-first',
    level: 'should',
    holds: 'The first delta says that the assistant speaks.',
    covers: ['api.chat-chunk'],
    applies: (subject) => isChunkStream(subject) && firstDelta(subject) !== undefined,
    judge: (subject) => {
      const delta = firstDelta(subject);
      const role = at(delta?.delta, 'role');
      return delta === undefined || role === 'assistant'
        ? []
        : [{ expected: '"assistant"', actual: describe(role), where: `${delta.where} /choices/0/delta/role` }];
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

function firstDelta(subject: Subject): { where: string; delta: unknown } | undefined {
  for (const { where, json } of parts(subject)) {
    const delta = at(json, 'choices', 0, 'delta');
    if (isObject(delta)) return { where, delta };
  }
  return undefined;
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

function changes(
  subject: Subject,
  field: string,
  counts: (part: ReturnType<typeof parts>[number]) => boolean = () => true,
): Breach[] {
  const stated = parts(subject).filter((part) => part.json[field] !== undefined && counts(part));
  const first = stated[0]?.json[field];
  const other = stated.find(({ json }) => json[field] !== first);
  return other === undefined
    ? []
    : [
        {
          expected: `${describe(first)}, as in ${stated[0]?.where}`,
          actual: describe(other.json[field]),
          where: place(other.where, `/${field}`),
        },
      ];
}
