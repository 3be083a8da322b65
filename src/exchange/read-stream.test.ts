import { describe, expect, test } from 'vitest';
import type { StreamItem } from './exchange.ts';
import { readStream } from './read-stream.ts';
import { cut, seeded, wireOf } from './testing.ts';

function read(...chunks: (string | Uint8Array)[]) {
  const wire = wireOf(chunks);
  return readStream(wire.chunks, new TextDecoder().decode(Buffer.concat(wire.chunks.map(({ bytes }) => bytes))));
}

const events = (items: StreamItem[]) => items.filter((item) => item.kind === 'event').map(({ data }) => data);

test('an event arrives with the chunk that holds its blank line', () => {
  expect(read('da', 'ta: one\n', '\ndata: two\n\n', 'data: three', '\n\n').items).toEqual([
    { kind: 'event', at: 3, data: 'one' },
    { kind: 'event', at: 3, data: 'two' },
    { kind: 'event', at: 5, data: 'three' },
  ]);
});

test('a comment arrives with the end of its line, wherever it stands', () => {
  expect(read(': OPENROUTER', ' PROCESSING\n\nda', 'ta: a\n: inside\nda', 'ta: b\n\n').items).toEqual([
    { kind: 'comment', at: 2, text: 'OPENROUTER PROCESSING' },
    { kind: 'comment', at: 3, text: 'inside' },
    { kind: 'event', at: 4, data: 'a\nb' },
  ]);
});

test.for(['\n', '\r', '\r\n'])('lines may end in %j', (end) => {
  const text = [': c', '', 'event: message', 'id: 7', 'data: a', 'data:', 'data:  b', '', ''].join(end);
  const expected = [
    { kind: 'comment', text: 'c' },
    { kind: 'event', event: 'message', id: '7', data: 'a\n\n b' },
  ];
  expect(read(text)).toMatchObject({ items: expected, facts: [] });
  expect(read(...text)).toMatchObject({ items: expected, facts: [] });
});

test('CR and LF of one line end may come in different chunks', () => {
  expect(read('data: a\r', '\n\r', '\ndata: b\r\n', '\r\n')).toMatchObject({
    items: [
      { at: 2, data: 'a' },
      { at: 4, data: 'b' },
    ],
    facts: [],
  });
});

test('characters cut across chunks survive', () => {
  const bytes = Buffer.from('data: grün 🦉\n\n');
  expect(events(read(...Array.from(bytes, (byte) => Uint8Array.of(byte))).items)).toEqual(['grün 🦉']);
});

test('a byte order mark is no part of the first line, but only the first is', () => {
  expect(events(read(Uint8Array.of(0xef), Uint8Array.of(0xbb, 0xbf), 'data: \uFEFFa\n\n').items)).toEqual(['\uFEFFa']);
  expect(read('ï»¿data: a\n\n')).toMatchObject({ items: [], facts: [{ code: 'invalid-stream-line' }] });
});

describe('what is left at the end is a fact and no item', () => {
  test.for([
    ['data: a\n\ndata: [DO', 'event 1', 'data: [DO'],
    ['data: a\n\ndata: [DONE]\n', 'event 1', 'data: [DONE]'],
    ['data: a\n\ndata: [DONE]\r', 'event 1', 'data: [DONE]'],
    ['event: x\ndata: a\nda', 'event 0', 'event: x\ndata: a\nda'],
    ['data: a\r\n\r\n: half a comm', 'event 1', ': half a comm'],
  ] as const)('%j', ([text, where, detail]) => {
    expect(read(text).facts).toEqual([{ code: 'unterminated-event', where, detail }]);
    expect(read(...text)).toEqual({ ...read(text), items: expect.anything() });
    expect(events(read(text).items)).toEqual(text.startsWith('data: a') ? ['a'] : []);
  });

  test('complete comments and blank lines are nothing left', () => {
    expect(read('data: a\n\n: c\n').facts).toEqual([]);
    expect(read('data: a\r\n\r\n\r\n').facts).toEqual([]);
    expect(read('data: a\n\n   ').facts).toEqual([]);
    expect(read().facts).toEqual([]);
  });
});

test('unknown fields and stray lines are facts that say where they stood', () => {
  expect(read('data: a\n\nfoo: bar\nretry: soon\nInternal Server Error\ndata: b\n\n')).toMatchObject({
    items: [{ data: 'a' }, { data: 'b' }],
    facts: [
      { code: 'unknown-stream-field', where: 'before event 1', detail: 'foo: bar' },
      { code: 'invalid-stream-line', where: 'before event 1', detail: 'retry: soon' },
      { code: 'invalid-stream-line', where: 'before event 1', detail: 'Internal Server Error' },
    ],
  });
});

test('a stray number is no JSON body', () => {
  expect(read('5\n\n')).toMatchObject({ unframed: undefined, facts: [{ code: 'invalid-stream-line', detail: '5' }] });
});

describe('JSON without framing is read', () => {
  test.for([
    ['alone', '{"error":{"code":429}}'],
    ['with a line end', '{"error":{"code":429}}\n'],
    ['over many lines', '{\n  "error": {\n    "code": 429\n  }\n}'],
    ['after keep-alive blanks', '\n         \n\n         \n{"error":{"code":429}}'],
    ['after comments', ': OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n{"error":{"code":429}}'],
    ['after an event', 'data: {}\n\n{"error":{"code":429}}\n\n'],
  ])('%s', ([, text = '']) => {
    for (const reading of [read(text), read(...text)]) {
      expect(reading.unframed).toEqual({ error: { code: 429 } });
      expect(reading.facts).toMatchObject([{ code: 'data-without-framing' }]);
    }
  });

  test('and kept as a fact when it is broken', () => {
    const { unframed, facts } = read('{"error":{"co');
    expect(unframed).toBeUndefined();
    expect(facts).toMatchObject([{ code: 'data-without-framing', detail: '{"error":{"co' }]);
  });
});

/** The rules of the HTML standard, line by line over the whole text: slow, and written apart from the reader. */
function reference(text: string): object[] {
  const items: object[] = [];
  let data: string[] = [];
  let rest: { event?: string; id?: string } = {};
  for (const line of text.split(/\r\n|\r|\n/).slice(0, -1)) {
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (line === '') {
      if (data.length > 0) items.push({ kind: 'event', data: data.join('\n'), ...rest });
      data = [];
      rest = {};
    } else if (line.startsWith(':')) items.push({ kind: 'comment', text: value });
    else if (field === 'data') data.push(value);
    else if (field === 'id') rest.id = value;
    else if (field === 'event' && value !== '') rest.event = value;
    else if (field === 'event') delete rest.event;
  }
  return items;
}

test('however a stream is cut, it reads as the standard says', () => {
  const random = seeded(20_261_123);
  const words = [
    'data: ',
    'data:',
    'data',
    'id: 1',
    'event: x',
    ': c',
    'foo: b',
    'retry: 5',
    'ü',
    '🦉',
    ' ',
    '{"a":1}',
  ];
  const ends = ['\n', '\n', '\r\n', '\r', '\n\n', '\r\n\r\n'];
  for (let round = 0; round < 400; round += 1) {
    const text = Array.from({ length: 12 }, () => words[random(words.length)]! + ends[random(ends.length)]!).join('');
    const bytes = Buffer.from(text).subarray(0, Buffer.byteLength(text) - random(3));
    const whole = read(bytes);
    const pieces = read(...cut(bytes, 1 + random(8), random));
    const untimed = pieces.items.map((item) => ({ ...item, at: undefined }));
    expect(untimed, JSON.stringify(text)).toEqual(reference(bytes.toString()));
    expect(pieces.facts).toEqual(whole.facts);
    expect(pieces.unframed).toEqual(whole.unframed);
  }
});
