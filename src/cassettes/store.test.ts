import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cassettePath, readCassette, readCassetteFile, writeCassette } from './store.ts';
import { strayCassettes } from './strays.ts';
import { answered, cassetteOf, chunksOf, fixturesOf, ref, temporaryFolder } from './testing.ts';

const exchanges = [answered(chunksOf('data: 1\n\n'))];
const path = 'z-ai/glm-5.2/pinning/only-serves.stream.json';

test.for([
  [ref, path],
  [{ ...ref, mode: null }, 'z-ai/glm-5.2/pinning/only-serves.json'],
  [{ scenario: 'setup/key-is-valid', model: null, mode: null }, '_account/setup/key-is-valid.json'],
] as const)('the cassette of %j lies where its name says', ([case_, expected]) => {
  expect(cassettePath(case_)).toBe(expected);
});

test.for([
  { ...ref, model: '../../etc' },
  { ...ref, model: 'a/..' },
  { ...ref, scenario: 'pinning/../../x' },
  { ...ref, scenario: 'no-family' },
  { ...ref, scenario: 'a/b c' },
])('no path is made of %j', (case_) => {
  expect(() => cassettePath(case_)).toThrow(/no cassette can be named after/);
});

test('a cassette is written whole, leaves nothing beside it, and is not touched when it is the same', async () => {
  const folder = await fixturesOf(exchanges);
  const before = await stat(join(folder, path));
  expect(await writeCassette(folder, cassetteOf(exchanges))).toBe(false);
  expect((await stat(join(folder, path))).ino).toBe(before.ino);
  expect(await writeCassette(folder, cassetteOf([]))).toBe(true);
  expect((await readCassette(folder, ref)).exchanges).toEqual([]);
  expect(await readdir(dirname(join(folder, path)))).toEqual(['only-serves.stream.json']);
});

test('a cassette that cannot be written names the file, and leaves the old one and nothing else', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, path), { recursive: true });
  await expect(writeCassette(folder, cassetteOf(exchanges))).rejects.toThrow(
    /cannot write .*only-serves\.stream\.json/,
  );
  expect(await readdir(dirname(join(folder, path)))).toEqual(['only-serves.stream.json']);
});

const spoilt: [string, (text: string) => string, RegExp][] = [
  ['cut off', (text) => text.slice(0, -40), /is cut off/],
  ['emptied', () => '', /is cut off/],
  ['edited into no JSON', (text) => text.replace('"model":', '"model"'), /is not JSON: .*line 4/],
  [
    'edited against the format',
    (text) => text.replace('"status": 200', '"status": "ok"'),
    /at \/exchanges\/0\/response\/status: .*"ok"/,
  ],
  [
    'of another version',
    (text) => text.replace('"format": 1', '"format": 9'),
    /at \/format: expected format 1.*found 9/,
  ],
  ['no cassette', () => '[]', /is not a cassette at its root/],
  [
    'of another scenario',
    (text) => text.replace('only-serves', 'order-serves'),
    /at \/scenario: expected "pinning\/only-serves".*found "pinning\/order-serves"/,
  ],
  [
    'of another model',
    (text) => text.replace('glm-5.2', 'glm-5.1'),
    /at \/model: expected "z-ai\/glm-5.2".*found "z-ai\/glm-5.1"/,
  ],
  ['of another mode', (text) => text.replace('"stream",', '"json",'), /at \/mode: expected "stream".*found "json"/],
];

test.for(spoilt)('a cassette that is %s is refused with file, place and remedy', async ([, spoil, message]) => {
  const folder = await fixturesOf(exchanges);
  const file = join(folder, path);
  await writeFile(file, spoil(await readFile(file, 'utf8')));
  const reading = readCassette(folder, ref);
  await expect(reading).rejects.toMatchObject({ code: 'E_CASSETTE', message: expect.stringMatching(message) });
  await expect(reading).rejects.toThrow(file);
  await expect(reading).rejects.toThrow(
    /npm run byok -- record .*--scenario pinning\/only-serves --model z-ai\/glm-5.2 --mode stream/,
  );
});

test('a missing cassette says how to record it', async () => {
  await expect(readCassette(await temporaryFolder(), ref)).rejects.toThrow(
    /no recording: .* does not exist. Record again: npm run byok -- record/,
  );
});

test('a cassette that cannot be read says why', async () => {
  const folder = await temporaryFolder();
  await expect(readCassetteFile(folder)).rejects.toThrow(/cannot read .*EISDIR/);
});

test('copies and moved cassettes are found by the case they claim', async () => {
  const folder = await fixturesOf(exchanges);
  await writeFile(join(folder, 'z-ai/copy.json'), await readFile(join(folder, path)));
  await writeFile(join(folder, 'other.json'), '{"exchanges":');
  expect([...strayCassettes(folder)]).toEqual([[path, ['z-ai/copy.json']]]);
  await rename(join(folder, 'z-ai/copy.json'), join(folder, path));
  expect(strayCassettes(folder).size).toBe(0);
});
