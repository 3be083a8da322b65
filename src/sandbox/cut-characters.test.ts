import { expect, test } from 'vitest';
import { cutCharacters } from './cut-characters.ts';
import { seededRandom } from './random.ts';

test('text of single-byte characters is never cut', () => {
  const random = seededRandom('plain');
  const bytes = Buffer.from('nothing to cut');
  for (let time = 0; time < 20; time++) expect(cutCharacters(bytes, random)).toEqual([bytes]);
});

test('text with longer characters is cut inside one now and then, and loses nothing', () => {
  const random = seededRandom('longer');
  const bytes = Buffer.from('é 日本 👩🏽‍🚀');
  const cuts = Array.from({ length: 40 }, () => cutCharacters(bytes, random));
  expect(new Set(cuts.map((parts) => parts.length))).toEqual(new Set([1, 2]));
  for (const parts of cuts) {
    expect(Buffer.concat(parts)).toEqual(bytes);
    if (parts.length === 2) expect(parts[0]?.toString()).toContain('\uFFFD');
  }
});
