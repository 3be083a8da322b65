import { expect, it } from 'vitest';
import { logEntries } from './log-entries.ts';
import type { Source } from './source.ts';
import { collected, har } from './testing.ts';

const entries = [
  { text: 'a "quoted" \\ text, [{]}' },
  {},
  { deep: [{ log: { entries: [{ a: 1 }] } }] },
  { ü: '🚀\\"' },
];

function inPieces(text: string, size: number): Source {
  const bytes = Buffer.from(text);
  return {
    name: 'session.har',
    open: async function* () {
      for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
    },
  };
}

async function read(text: string, size = 7) {
  const found = await collected(logEntries(inPieces(text, size)));
  return found.map(({ bytes }) => JSON.parse(bytes.toString()) as unknown);
}

it.each([1, 2, 3, 7, 64, 10_000])('finds every entry in pieces of %i bytes', async (size) => {
  expect(await read(har(entries), size)).toEqual(entries);
  expect(await read(JSON.stringify({ log: { entries, comment: '"entries":[' } }), size)).toEqual(entries);
});

it('tells where an entry stands', async () => {
  const text = har(entries);
  for await (const { number, offset, bytes } of logEntries(inPieces(text, 5))) {
    expect(Buffer.from(text).subarray(offset, offset + bytes.length)).toEqual(bytes);
    expect(JSON.parse(bytes.toString())).toEqual(entries[number - 1]);
  }
});

it('finds nothing where the list is empty', async () => {
  expect(await read(har([]))).toEqual([]);
});

it('looks for entries of the log only', async () => {
  expect(
    await read(JSON.stringify({ entries: [1], other: { entries: [1] }, log: { pages: [{ entries: [1] }], entries } })),
  ).toEqual(entries);
  await expect(read('{"log":{"entry":[]}}')).rejects.toThrow('expected an HTTP archive with log.entries');
});

it.each([
  ['{"log":{\n"entries":[{"a":1},\n{"b":"cut', 'line 3, column 10 (byte 38): the file ends here, in entry 2'],
  ['{"log":{"entries":[{"a":1}', 'line 1, column 27 (byte 26): the file ends here, after entry 1'],
  ['{"log":{"ent', 'line 1, column 13 (byte 12): the file ends here,'],
  ['{"log":{"entries":[{},\n\n 17]}}', 'line 3, column 2 (byte 25): expected an object after entry 1'],
  ['{"log":{"entries":[{} {}]}}', 'column 23 (byte 22): expected a comma after entry 1'],
  ['{"log":{"entries":[{},]}}', 'column 23 (byte 22): expected an object after entry 1'],
])('names the place where %j breaks', async (text, place) => {
  for (const size of [1, 4, 1_000]) await expect(read(text, size)).rejects.toThrow(place);
});
