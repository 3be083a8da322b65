import { expect, test } from 'vitest';
import { decodeChunk, encodeChunk } from './chunks.ts';
import { asCassette, formatCassette } from './format.ts';
import { answered, cassetteOf, chunksOf } from './testing.ts';

const rocket = Buffer.from('🚀');

test.for([
  ['a piece of a stream', 'data: {"a":1}\n\n', 'text'],
  ['a JSON answer', '{"usage":{"is_byok":true,"cost":1e-7},"a":[]}', 'json'],
  ['a JSON answer behind keep-alive blanks', '\n         \n{"b":1,"a":"ü"}', 'json'],
  ['JSON with white space inside', '{ "a": 1 }', 'text'],
  ['JSON with a number written otherwise', '{"a":1.0}', 'text'],
  ['JSON with a repeated key', '{"a":1,"a":2}', 'text'],
  ['JSON with keys that JavaScript reorders', '{"b":1,"1":2}', 'text'],
  ['JSON with a key __proto__', '{"__proto__":{"a":1}}', 'json'],
  ['unfinished JSON', '{"a":', 'text'],
  ['nothing', '', 'text'],
  ['a lone string', '"a"', 'text'],
] as const)('%s comes back byte for byte', ([, text, form]) => {
  const recorded = encodeChunk({ at: 1, bytes: Buffer.from(text) });
  expect(Object.keys(recorded)).toContain(form);
  const read = JSON.parse(JSON.stringify(recorded, null, 2)) as typeof recorded;
  expect(decodeChunk(read).toString()).toBe(text);
});

test('a piece cut inside a character comes back byte for byte, and its whole neighbour stays readable', () => {
  const pieces = chunksOf('data: ', rocket.subarray(0, 3), rocket.subarray(3), ' end');
  const recorded = pieces.map(encodeChunk);
  expect(recorded.map((chunk) => chunk.text ?? chunk.base64)).toEqual(['data: ', '8J+a', 'gA==', ' end']);
  expect(recorded.map(decodeChunk)).toEqual(pieces.map(({ bytes }) => bytes));
});

test('a cassette is read back as it was written, and written again the same', () => {
  const cassette = cassetteOf([answered(chunksOf('data: 1\n\n', rocket.subarray(1), '{"b":1,"a":2}'))]);
  const text = formatCassette(cassette);
  const read = asCassette(JSON.parse(text));
  expect(read).toEqual(cassette);
  expect(formatCassette(read as typeof cassette)).toBe(text);
  expect(text.endsWith('}\n')).toBe(true);
});

test('the file has the same order of keys whatever the order in memory', () => {
  const cassette = cassetteOf([answered(chunksOf('{"b":1,"a":2}'))]);
  const reversed = Object.fromEntries(Object.entries(cassette).reverse()) as typeof cassette;
  expect(formatCassette(reversed)).toBe(formatCassette(cassette));
});

test('times are kept to the microsecond', () => {
  const [recorded] = cassetteOf([answered([{ at: 12.3456789, bytes: Buffer.from('a') }])]).exchanges;
  expect(recorded?.chunks[0]?.at).toBe(12.346);
});

const flawed: [string, { at: (string | number)[]; value?: unknown }, string, RegExp][] = [
  ['an unknown key', { at: ['note'], value: 'mine' }, '', /note/],
  [
    'a status that is no number',
    { at: ['exchanges', 0, 'response', 'status'], value: '200' },
    '/exchanges/0/response/status',
    /expected.*"200"/,
  ],
  ['a chunk without content', { at: ['exchanges', 0, 'chunks', 0, 'text'] }, '/exchanges/0/chunks/0', /exactly one/],
  [
    'a chunk with two contents',
    { at: ['exchanges', 0, 'chunks', 0, 'base64'], value: '' },
    '/exchanges/0/chunks/0',
    /exactly one/,
  ],
  ['an unknown ending', { at: ['exchanges', 0, 'end', 'how'], value: 'lost' }, '/exchanges/0/end/how', /complete/],
  [
    'a complete exchange without a response',
    { at: ['exchanges', 0, 'response'] },
    '/exchanges/0/response',
    /cannot be complete/,
  ],
  [
    'a path that is none',
    { at: ['exchanges', 0, 'request', 'path'], value: 'chat' },
    '/exchanges/0/request/path',
    /"\/".*"chat"/,
  ],
  ['another version', { at: ['format'], value: 2 }, '/format', /format 1.*found 2/],
];

test.for(flawed)('%s is reported with its place', ([, { at, value }, pointer, message]) => {
  const cassette: unknown = cassetteOf([answered(chunksOf('a'))]);
  const parent = at.slice(0, -1).reduce((inner, step) => (inner as Record<string, unknown>)[step], cassette);
  // An undefined value disappears, as in a file.
  (parent as Record<string, unknown>)[at.at(-1) ?? ''] = value;
  const flaws = asCassette(JSON.parse(JSON.stringify(cassette)));
  expect(flaws).toContainEqual({ pointer, message: expect.stringMatching(message) });
});
