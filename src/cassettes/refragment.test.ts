import { expect, test } from 'vitest';
import { refragment } from './refragment.ts';
import { chunksOf } from './testing.ts';

const stream = Array.from({ length: 40 }, (_, index) => `data: {"text":"añ🚀${index}"}\r\n\r\n`);
const bytes = Buffer.from(stream.join(''));

test.for(['', 'a', 'b', 'c'])('seed "%s": the same bytes in other pieces, no earlier than their last byte', (seed) => {
  const chunks = chunksOf(...stream);
  const pieces = refragment(chunks, seed);
  expect(Buffer.concat(pieces.map((piece) => piece.bytes))).toEqual(bytes);
  expect(pieces).not.toEqual(chunks);
  expect(pieces.map(({ at }) => at)).toEqual(pieces.map(({ at }) => at).toSorted((a, b) => a - b));
  expect(pieces.at(-1)?.at).toBe(chunks.at(-1)?.at);
});

test('pieces end inside characters and between carriage return and line feed', () => {
  const pieces = refragment(chunksOf(...stream), 'a').map(({ bytes }) => Buffer.from(bytes));
  expect(pieces.some((piece) => piece.at(-1) === 0x0d)).toBe(true);
  expect(pieces.some((piece) => ((piece[0] ?? 0) & 0xc0) === 0x80)).toBe(true);
});

test('a seed always gives the same pieces, another one others', () => {
  const cut = (seed: string) => refragment(chunksOf(...stream), seed).map((piece) => piece.bytes.length);
  expect(cut('a')).toEqual(cut('a'));
  expect(cut('a')).not.toEqual(cut('b'));
});

test('nothing stays nothing', () => {
  expect(refragment([], 'a')).toEqual([]);
});
