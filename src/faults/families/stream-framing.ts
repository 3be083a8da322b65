import { cut } from '../../sandbox/interference.ts';
import { type Block, dataBlock, isDone } from '../blocks.ts';
import { at, change, set } from '../edit.ts';
import type { Family } from '../fault.ts';

const own = 'byok/own-key-pays [stream]';
const long = 'streaming/sound-from-first-to-last';
const scripts = 'streaming/text-survives-cuts';

const broken = [
  'response.finish-reason',
  'stream.done-last-and-once',
  'stream.usage-once',
  'content.finish-reason',
  'content.contains',
  'usage.is-byok-expected',
  'routing.pin-proven-by-metadata',
] as const;

/** The blocks of the first half of a stream. */
const half = (blocks: readonly Block[]) => blocks.slice(0, blocks.length / 2);
const bytesOf = (text: string, change: (bytes: Buffer) => Buffer) => [change(Buffer.from(text))];

/** A stream is not framed, delivered or ended as documented. */
export const framing: Family = {
  name: 'stream: framing',
  faults: [
    {
      name: 'no-done',
      says: 'The stream ends without [DONE].',
      trips: ['stream.done-last-and-once'],
      touches: [
        own,
        'completions/pinned-on-own-key [stream]',
        'responses/pinned-on-own-key [stream]',
        'messages/pinned-on-own-key [stream]',
      ],
      stream: (blocks) => blocks.filter((block) => !isDone(block)),
    },
    {
      name: 'done-twice',
      says: '[DONE] comes twice.',
      trips: ['stream.done-last-and-once'],
      touches: [own, 'completions/pinned-on-own-key [stream]'],
      stream: (blocks) => [...blocks, 'data: [DONE]\n\n'],
    },
    {
      name: 'done-twice-on-responses',
      says: '[DONE] of a response comes twice.',
      trips: ['stream.done-last-and-once'],
      touches: ['responses/pinned-on-own-key [stream]', 'messages/pinned-on-own-key [stream]'],
      stream: (blocks) => [...blocks, 'data: [DONE]\n\n'],
    },
    {
      name: 'done-too-early',
      says: '[DONE] comes before the usage.',
      trips: ['stream.done-last-and-once'],
      touches: [own],
      stream: (blocks) => {
        const [last, ...before] = blocks.filter((block) => !isDone(block)).toReversed();
        return [...before.toReversed(), 'data: [DONE]\n\n', ...(last ? [last] : [])];
      },
    },
    {
      name: 'cut-in-the-middle',
      says: 'The connection breaks in the middle of the stream.',
      trips: ['response.complete', ...broken],
      touches: [long],
      stream: (blocks) => [...half(blocks), cut],
    },
    {
      name: 'cut-inside-an-event',
      says: 'The connection breaks in the middle of an event.',
      trips: ['response.complete', 'response.well-formed', ...broken],
      touches: [long],
      stream: (blocks) => [...half(blocks), 'data: {"id":"gen-', cut],
    },
    {
      name: 'cut-before-done',
      says: 'The connection breaks just before [DONE].',
      trips: ['response.complete', 'stream.done-last-and-once'],
      touches: [own],
      stream: (blocks) => [...blocks.filter((block) => !isDone(block)), cut],
    },
    {
      name: 'cut-after-done',
      says: 'The connection breaks after [DONE], before the answer is over.',
      trips: ['response.complete'],
      touches: [own, 'responses/pinned-on-own-key [stream]', 'messages/pinned-on-own-key [stream]'],
      stream: (blocks) => [...blocks, cut],
    },
    {
      name: 'body-cut-off',
      says: 'The connection breaks in the middle of a JSON answer.',
      trips: [
        'response.complete',
        'response.well-formed',
        'response.schema',
        'routing.pin-proven-by-metadata',
        'routing.served-by',
        'usage.is-byok-expected',
      ],
      touches: ['byok/own-key-pays [json]'],
      bytes: (text) => [text.slice(0, text.length / 2), cut],
    },
    {
      name: 'quietly-truncated',
      says: 'The stream ends in good order in the middle of the answer.',
      trips: broken,
      touches: [long],
      stream: half,
    },
    {
      name: 'quietly-truncated-response',
      says: 'The stream of a response ends in good order in the middle of the answer.',
      trips: [
        'events.one-terminal',
        'response.finish-reason',
        'stream.done-last-and-once',
        'stream.usage-once',
        'usage.is-byok-expected',
        'routing.pin-proven-by-metadata',
      ],
      touches: ['responses/pinned-on-own-key [stream]'],
      stream: (blocks) => blocks.slice(0, -2).filter(({ json }) => json?.['type'] !== 'response.completed'),
    },
    {
      name: 'quietly-truncated-message',
      says: 'The stream of a message ends in good order in the middle of the answer.',
      trips: [
        'events.one-terminal',
        'response.finish-reason',
        'stream.done-last-and-once',
        'routing.pin-proven-by-metadata',
        'ids.record-agrees',
      ],
      touches: ['messages/pinned-on-own-key [stream]'],
      stream: (blocks) => blocks.filter(({ text }) => !/message_delta|message_stop|\[DONE\]/.test(text)),
    },
    {
      name: 'buffered',
      says: 'The whole answer comes in one piece at the end.',
      trips: ['stream.incremental'],
      touches: [own],
      hear: set('messages.0.content', 'Count from 1 to 100'),
      stream: (blocks) => {
        const said = blocks.filter(({ json }) => (at(json, 'choices.0.delta.content') ?? '') !== '');
        const text = said.map(({ json }) => at(json, 'choices.0.delta.content')).join('');
        return blocks.flatMap((block) => {
          if (block !== said[0]) return said.includes(block) ? [] : [block];
          const json = structuredClone(block.json ?? {});
          set('choices.0.delta.content', text)(json);
          return [dataBlock(json)];
        });
      },
    },
    {
      name: 'reordered',
      says: 'Two pieces of the content change places.',
      trips: ['content.contains'],
      touches: [scripts],
      stream: (blocks) => {
        const [first, second] = blocks.flatMap(({ json }, index) =>
          at(json, 'choices.0.delta.content') ? [index] : [],
        );
        const swapped = [...blocks];
        [swapped[first ?? 0], swapped[second ?? 0]] = [blocks[second ?? 0] as Block, blocks[first ?? 0] as Block];
        return swapped;
      },
    },
    {
      name: 'piece-lost',
      says: 'A piece of the content is lost.',
      trips: ['content.contains'],
      touches: [scripts],
      stream: (blocks) => blocks.toSpliced(blocks.findIndex(({ json }) => at(json, 'choices.0.delta.content')) + 1, 1),
    },
    {
      name: 'piece-twice',
      says: 'Pieces of the content are sent twice.',
      trips: ['content.contains'],
      touches: [scripts],
      stream: (blocks) =>
        blocks.flatMap((block) => (at(block.json, 'choices.0.delta.content') ? [block, block] : [block])),
    },
    {
      name: 'characters-cut-in-two',
      says: 'Characters of several bytes are decoded by halves.',
      trips: ['content.contains'],
      touches: [scripts, 'messages/text-survives-cuts [stream]'],
      edit: (json) => {
        const halves = (text: string) => text.replaceAll(/[^\p{ASCII}]/gu, '\uFFFD\uFFFD');
        change('choices.0.delta.content', halves)(json);
        change('delta.text', halves)(json);
      },
    },
    {
      name: 'broken-utf8',
      says: 'A byte of a character is lost.',
      trips: ['response.well-formed', 'content.contains'],
      touches: [scripts, 'features/multi-byte-text-survives [json]'],
      bytes: (text) =>
        bytesOf(text, (bytes) => {
          const lost = bytes.findIndex((byte) => byte >= 0x80);
          return lost === -1 ? bytes : Buffer.concat([bytes.subarray(0, lost), bytes.subarray(lost + 1)]);
        }),
    },
    {
      name: 'latin1',
      says: 'The answer is sent in Latin-1.',
      trips: ['response.well-formed', 'content.contains', 'stream.events-are-json'],
      touches: [scripts],
      bytes: (text) => [Buffer.from(text, 'latin1')],
    },
    {
      name: 'ends-inside-a-character',
      says: 'The last bytes are the beginning of a character.',
      trips: ['response.well-formed'],
      touches: [own],
      bytes: (text) => [text, Buffer.from([0xe6, 0x9d])],
    },
    {
      name: 'events-named',
      says: 'Chunks have event names, which clients that listen to unnamed ones never see.',
      trips: ['stream.data-lines-only'],
      touches: [own, 'completions/pinned-on-own-key [stream]'],
      stream: (blocks) => blocks.map((block) => (block.json ? `event: chunk\n${block.text}` : block)),
    },
    {
      name: 'events-with-ids',
      says: 'Chunks have ids, from which clients would resume.',
      trips: ['stream.data-lines-only'],
      touches: [own],
      stream: (blocks) => blocks.map((block, index) => (block.json ? `id: ${index}\n${block.text}` : block)),
    },
    {
      name: 'unknown-field',
      says: 'Events have a field that event streams do not know.',
      trips: ['response.well-formed'],
      touches: [own, 'responses/pinned-on-own-key [stream]'],
      stream: (blocks) => blocks.map((block) => (block.json ? `time: 12\n${block.text}` : block)),
    },
    {
      name: 'stray-line',
      says: 'A line of a log stands between the events.',
      trips: ['response.well-formed'],
      touches: [own],
      stream: (blocks) => ['!! upstream ready\n\n', ...blocks],
    },
    {
      name: 'data-without-prefix',
      says: 'Chunks are sent as lines of JSON without data: in front.',
      trips: [
        'response.well-formed',
        'response.finish-reason',
        'routing.pin-proven-by-metadata',
        'routing.served-by',
        'stream.content-type',
        'stream.done-last-and-once',
        'stream.usage-once',
        'usage.is-byok-expected',
      ],
      touches: [own],
      bytes: (text) => [text.replaceAll(/^data: /gm, '').replaceAll(/^(?::.*|\[DONE\])\n/gm, '')],
    },
    {
      name: 'event-not-closed',
      says: 'No blank line stands between two events, so that they become one.',
      trips: ['stream.events-are-json'],
      touches: [own],
      stream: ([first, second, ...rest]) => [`${first?.text ?? ''}${second?.text.trimEnd() ?? ''}\n`, ...rest],
    },
    {
      name: 'sign-of-life-inside-an-event',
      says: 'A sign of life is written into the middle of an event.',
      trips: ['stream.events-are-json', 'response.well-formed'],
      touches: [own],
      stream: (blocks) =>
        blocks.map((block, index) => (index === 1 ? block.text.replace(',', ',\n: OPENROUTER PROCESSING\n\n') : block)),
    },
    {
      name: 'python-for-json',
      says: 'The data of an event is printed as a dictionary of Python.',
      trips: ['stream.events-are-json'],
      touches: [long],
      stream: (blocks) => blocks.map((block, index) => (index === 2 ? block.text.replaceAll('"', "'") : block)),
    },
    {
      name: 'data-is-a-list',
      says: 'The data of an event is a list of chunks.',
      trips: ['stream.events-are-json'],
      touches: ['streaming/comments-are-no-data'],
      stream: (blocks) => ['data: []\n\n', ...blocks],
    },
    {
      name: 'stream-called-json',
      says: 'An event stream is announced as JSON.',
      trips: ['response.well-formed', 'stream.content-type'],
      touches: [own, 'responses/pinned-on-own-key [stream]', 'messages/pinned-on-own-key [stream]'],
      headers: (headers) => ({ ...headers, 'content-type': 'application/json' }),
    },
    {
      name: 'stream-not-heeded',
      says: 'A request for a stream is answered in one piece.',
      trips: ['stream.content-type'],
      touches: [
        own,
        'responses/pinned-on-own-key [stream]',
        'messages/pinned-on-own-key [stream]',
        'completions/pinned-on-own-key [stream]',
      ],
      hear: set('stream', false),
    },
  ],
};
