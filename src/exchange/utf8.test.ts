import { expect, test } from 'vitest';
import { seeded } from './testing.ts';
import { illFormed } from './utf8.ts';

test('well-formed text has no ill-formed sequence', () => {
  expect(illFormed(Buffer.from('a ü € \uFFFD 🦉 \u{10FFFF}'))).toEqual([]);
});

test.for([
  ['a lone continuation byte', [0x61, 0x80], [{ from: 1, to: 2, cut: false }]],
  ['a surrogate', [0xed, 0xa0, 0x80], [0, 1, 2].map((from) => ({ from, to: from + 1, cut: false }))],
  ['an overlong form', [0xc0, 0xaf], [0, 1].map((from) => ({ from, to: from + 1, cut: false }))],
  ['a character broken off by another', [0xe2, 0x82, 0x61], [{ from: 0, to: 2, cut: false }]],
  ['a character the text ends in', [0x61, 0xf0, 0x9f, 0xa6], [{ from: 1, to: 4, cut: true }]],
] as const)('%s is found', ([, bytes, expected]) => {
  expect(illFormed(Uint8Array.from(bytes))).toEqual(expected);
});

test('there is one sequence for each replacement a decoder makes', () => {
  const random = seeded(8);
  const bytes = [0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc3, 0xe0, 0xe2, 0xed, 0xef, 0xf0, 0xf1, 0xf4, 0xf5];
  for (let round = 0; round < 2_000; round += 1) {
    const text = Uint8Array.from({ length: 8 }, () => bytes[random(bytes.length)]!);
    const replaced = new TextDecoder('utf-8', { ignoreBOM: true }).decode(text).split('\uFFFD').length - 1;
    expect(illFormed(text).length, Buffer.from(text).toString('hex')).toBe(replaced);
  }
});
