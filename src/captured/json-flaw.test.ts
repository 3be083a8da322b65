import { expect, it } from 'vitest';
import { jsonFlaw } from './json-flaw.ts';

it.each([
  ['{"a":[1,-2.5e+3,true,false,null,"x\\u00e9\\n"],"b":{}}', null],
  [' [ ] ', null],
  ['"a\u007fb"', null],
  ['', 0],
  ['{"a":1', 6],
  ['{"a":1]', 6],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ['[1,]', 3],
  ['{"a":1,}', 7],
  ['[01]', 2],
  ['"a\nb"', 2],
  ['"a\\xb"', 2],
  ['"never closed', 13],
  ['{} {}', 3],
  ['[nul]', 1],
])('says where %j breaks', (text, flaw) => {
  expect(jsonFlaw(text)).toBe(flaw);
});

it('finds a flaw exactly where JSON.parse refuses, whatever is cut out of a sound text', () => {
  const sound = JSON.stringify({ a: ['x"\\\n', 1.5, { b: null, c: [] }, true], ü: -0.1e9 });
  expect(jsonFlaw(sound)).toBeNull();
  for (let from = 0; from < sound.length; from += 1) {
    for (const length of [1, 2, 5]) {
      const text = sound.slice(0, from) + sound.slice(from + length);
      expect([text, jsonFlaw(text) === null]).toEqual([text, isJson(text)]);
    }
  }
});

it('reads a string of many megabytes', () => {
  expect(jsonFlaw(`["${'\\"é'.repeat(1_000_000)}"]`)).toBeNull();
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
