import { describe } from '../contract/validate.ts';
import type { Breach, Check, Subject } from './check.ts';
import { at, hasChoices, isObject, listAt, numberAt, parts, place } from './reading.ts';

function isChunkStream(subject: Subject): boolean {
  return hasChoices(subject) && subject.exchange.stream !== null;
}

/** What the chunks of a stream promise, where an answer has choices. */
export const chunkChecks = [
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

function firstDelta(subject: Subject): { where: string; delta: unknown } | undefined {
  for (const { where, json } of parts(subject)) {
    const delta = at(json, 'choices', 0, 'delta');
    if (isObject(delta)) return { where, delta };
  }
  return undefined;
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
