import { type Block, dataBlock, isDone, type Json } from '../blocks.ts';
import { all, at, change, drop, set, where } from '../edit.ts';
import type { Noise } from '../noise.ts';

const comment = ': OPENROUTER PROCESSING\n\n';
const isChunk = (json: Json | undefined) => json?.['choices'] !== undefined && json['error'] === undefined;
const isLast = (json: Json | undefined) => json?.['usage'] !== undefined && json['usage'] !== null && isChunk(json);
const isNothing = (text: unknown) => text === '';

/** Pieces of `size` bytes. */
function pieces(text: string, size: number): Buffer[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

/** A copy of the first chunk, changed, before the chunk that `is` finds. */
function inserted(
  blocks: readonly Block[],
  is: (block: Block) => boolean,
  edit: (json: Json) => void,
): readonly Block[] {
  const first = blocks.find(({ json }) => isChunk(json))?.json;
  const place = blocks.findIndex(is);
  if (!first || place === -1) return blocks;
  const json = structuredClone(first);
  edit(json);
  return blocks.toSpliced(place, 0, dataBlock(json));
}

const silence = all(
  change('choices.0.delta.content', () => ''),
  change('choices.0.text', () => ''),
  drop('choices.0.delta.tool_calls'),
  drop('choices.0.delta.reasoning'),
  drop('choices.0.delta.reasoning_details'),
  change('choices.0.reasoning', () => null),
);

/** Another event of the API that clients are to pass over. */
const unknownEvent = (block: Block): string =>
  block.text.startsWith('event: ') ? 'event: ping\ndata: {"type":"ping"}\n\n' : '';

/** Streams that say the same in another way. */
/** The answer itself tells how it ended; without that, [DONE] is the only end there is, and leaving it out would be a lie. */
const endsInWords = (blocks: readonly Block[]): boolean =>
  blocks.some(({ text }) =>
    /"(?:finish|stop)_reason":"[a-z_]+"|"type":"response\.(?:completed|incomplete)"/.test(text),
  );

/** Nothing stands outside events and comments; a comment behind what does would be a part of it. */
const areFramed = (blocks: readonly Block[]): boolean => blocks.every(({ text }) => /^(?:data|event)?:/.test(text));

export const noiseInStreams: readonly Noise[] = [
  {
    name: 'comments-everywhere',
    says: 'A comment stands before and after every event.',
    only: 'streams',
    stream: (blocks) => (areFramed(blocks) ? [comment, ...blocks.flatMap((block) => [block, comment])] : blocks),
  },
  {
    name: 'comments-inside-events',
    says: 'Comments stand between the lines of an event.',
    only: 'streams',
    stream: (blocks) => blocks.map((block) => (block.json ? `: upstream at work\n${block.text}` : block)),
  },
  {
    name: 'empty-comments',
    says: 'Comments are empty.',
    only: 'streams',
    stream: (blocks) => blocks.flatMap((block) => [':\n\n', block]),
  },
  {
    name: 'many-comments-first',
    says: 'Hundreds of comments come before the first token.',
    only: 'streams',
    stream: (blocks) => [comment.repeat(300), ...blocks],
  },
  {
    name: 'crlf',
    says: 'Lines end with CR and LF.',
    only: 'streams',
    bytes: (text) => [text.startsWith('{') ? text : text.replaceAll('\n', '\r\n')],
  },
  {
    name: 'cr',
    says: 'Lines end with CR.',
    only: 'streams',
    bytes: (text) => [text.startsWith('{') ? text : text.replaceAll('\n', '\r')],
  },
  {
    name: 'single-bytes',
    says: 'Every byte comes in a chunk of its own.',
    only: 'streams',
    bytes: (text) => pieces(text, 1),
  },
  {
    name: 'odd-pieces',
    says: 'Chunks of seven bytes cut characters and line ends.',
    bytes: (text) => pieces(text, 7),
  },
  {
    name: 'crlf-cut-in-two',
    says: 'CR and LF come in chunks of their own.',
    only: 'streams',
    bytes: (text) => (text.startsWith('{') ? [text] : text.replaceAll('\n', '\r\n').split(/(?<=\r)/)),
  },
  {
    name: 'all-in-one-packet',
    says: 'All events come in one chunk.',
    only: 'streams',
    bytes: (text) => [text],
  },
  {
    name: 'no-blank-after-colon',
    says: 'No blank stands after `data:`.',
    only: 'streams',
    bytes: (text) => [text.replaceAll(/^data: /gm, 'data:')],
  },
  {
    name: 'retry-line',
    says: 'The stream says when to reconnect.',
    only: 'streams',
    stream: (blocks) => ['retry: 3000\n\n', ...blocks],
  },
  {
    name: 'data-on-many-lines',
    says: 'The data of an event is laid out over many lines.',
    only: 'streams',
    stream: (blocks) =>
      blocks.map(({ text, json }) => {
        if (!json) return { text };
        const lines = JSON.stringify(json, null, 1).split('\n');
        return text.replace(/^data: .*$/m, () => lines.map((line) => `data: ${line}`).join('\n'));
      }),
  },
  {
    name: 'blank-lines-between-events',
    says: 'Several blank lines stand between events.',
    only: 'streams',
    stream: (blocks) => blocks.flatMap((block) => [block, '\n\n']),
  },
  {
    name: 'no-blank-line-at-the-end',
    says: 'No blank line follows [DONE].',
    only: 'streams',
    stream: (blocks) =>
      endsInWords(blocks) ? blocks.map((block) => (isDone(block) ? { text: 'data: [DONE]\n' } : block)) : blocks,
  },
  {
    name: 'stream-with-charset',
    says: 'The content type of a stream has a character set.',
    only: 'streams',
    headers: (headers) =>
      headers['content-type'] === 'text/event-stream'
        ? { ...headers, 'content-type': 'text/event-stream; charset=utf-8' }
        : headers,
  },
  {
    name: 'empty-deltas',
    says: 'A chunk without content comes before every other.',
    only: 'streams',
    stream: (blocks) =>
      blocks.flatMap((block) =>
        isChunk(block.json) && !isLast(block.json)
          ? [
              ...inserted(
                [block],
                () => true,
                all(
                  silence,
                  change('choices.0.finish_reason', () => null),
                  change('choices.0.native_finish_reason', () => null),
                ),
              ),
            ]
          : [block],
      ),
  },
  {
    name: 'huge-chunk',
    says: 'A chunk is a megabyte long.',
    only: 'streams',
    at: ['chat'],
    stream: (blocks) =>
      blocks.some(({ json }) => Boolean(at(json, 'choices.0.delta.content')))
        ? inserted(
            blocks,
            ({ json }) => isChunk(json),
            all(silence, set('choices.0.delta.content', ' '.repeat(1_000_000))),
          )
        : blocks,
  },
  {
    name: 'content-null',
    says: 'Deltas without content have null for it.',
    only: 'streams',
    edit: change('choices.0.delta.content', (text) => (isNothing(text) ? null : text)),
  },
  {
    name: 'everything-null',
    says: 'Deltas have every field, null where there is nothing.',
    only: 'streams',
    edit: change('choices.0.delta', (delta: Json) => ({ refusal: null, reasoning: null, tool_calls: null, ...delta })),
  },
  {
    name: 'role-once',
    says: 'Only the first delta has a role.',
    only: 'streams',
    stream: (blocks) =>
      blocks.map((block) => {
        if (!block.json || block === blocks.find(({ json }) => isChunk(json))) return block;
        drop('choices.0.delta.role')(block.json);
        return isChunk(block.json) ? dataBlock(block.json) : block;
      }),
  },
  {
    name: 'usage-without-choices',
    says: 'The chunk with the usage has no choice.',
    only: 'streams',
    edit: where(isLast, set('choices', [])),
  },
  {
    name: 'usage-without-finish-reason',
    says: 'The finish reason does not stand beside the usage once more.',
    only: 'streams',
    stream: (blocks) =>
      blocks.some(({ json }) => !isLast(json) && typeof at(json, 'choices.0.finish_reason') === 'string')
        ? blocks.map((block) => {
            if (!block.json || !isLast(block.json)) return block;
            change('choices.0.finish_reason', () => null)(block.json);
            return dataBlock(block.json);
          })
        : blocks,
  },
  {
    name: 'finish-reason-three-times',
    says: 'The finish reason comes in three chunks.',
    only: 'streams',
    stream: (blocks) =>
      blocks.flatMap((block) =>
        isChunk(block.json) && !isLast(block.json) && typeof at(block.json, 'choices.0.finish_reason') === 'string'
          ? [block, block]
          : [block],
      ),
  },
  {
    name: 'usage-null-until-the-end',
    says: 'Every chunk but the last has null for its usage.',
    only: 'streams',
    edit: where((json) => isChunk(json) && !isLast(json), set('usage', null)),
  },
  {
    name: 'created-per-chunk',
    says: 'Every chunk tells its own time.',
    only: 'streams',
    edit: where(
      isLast,
      change('created', (time: number) => time + 3),
    ),
  },
  {
    name: 'fingerprints',
    says: 'Chunks have a fingerprint, a service tier and padding.',
    only: 'streams',
    edit: where(
      isChunk,
      all(set('system_fingerprint', 'fp_44709d6fcb'), set('service_tier', 'default'), set('obfuscation', 'x81kd')),
    ),
  },
  {
    name: 'pings',
    says: 'A ping stands between the events of a message.',
    only: 'streams',
    stream: (blocks) =>
      blocks.flatMap((block) =>
        /message_stop/.test(block.text) || isDone(block) ? [block] : [block, unknownEvent(block)],
      ),
  },
  {
    name: 'named-responses',
    says: 'Events of /responses have their type for a name.',
    only: 'streams',
    stream: (blocks) =>
      blocks.map((block) =>
        String(block.json?.['type']).startsWith('response.')
          ? `event: ${String(block.json?.['type'])}\n${block.text}`
          : block,
      ),
  },
  {
    name: 'no-done-on-messages',
    says: 'A message ends with message_stop, as Anthropic’s do.',
    only: 'streams',
    at: ['messages'],
    stream: (blocks) => (endsInWords(blocks) ? blocks.filter((block) => !isDone(block)) : blocks),
  },
  {
    name: 'error-without-done',
    among: 'chat-errors/200-',
    says: 'No [DONE] follows an error.',
    only: 'streams',
    stream: (blocks) =>
      blocks.some(({ json }) => (json?.['error'] ?? null) !== null || json?.['type'] === 'response.failed')
        ? blocks.filter((block) => !isDone(block))
        : blocks,
  },
  {
    name: 'steps-of-numbers',
    says: 'Numbers of events leave gaps.',
    only: 'streams',
    edit: change('sequence_number', (n: number) => n * 10 + 5),
  },
];
