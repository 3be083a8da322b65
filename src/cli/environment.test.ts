import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment, safeBaseUrl } from './environment.ts';
import { test } from './testing.ts';

const nothing = {
  apiKey: null,
  managementKey: null,
  providerKey: null,
  baseUrl: 'https://openrouter.ai/api/v1',
  providerUrl: 'https://api.intelligence.io.solutions/api/v1',
  ci: false,
};

describe('.env', () => {
  test('need not be there', ({ folder }) => {
    expect(readEnvironment({}, folder())).toEqual(nothing);
  });

  test.for(['', '\n\n', '# only a comment\n', 'OPENROUTER_API_KEY=\n', 'OPENROUTER_API_KEY=""\n'])(
    'of %j sets nothing',
    (text, { folder }) => {
      expect(readEnvironment({}, folder({ '.env': text }))).toEqual(nothing);
    },
  );

  test('gives way to what is already set', ({ folder }) => {
    const directory = folder({ '.env': 'OPENROUTER_API_KEY=from-file' });
    expect(readEnvironment({ OPENROUTER_API_KEY: 'from-shell' }, directory).apiKey).toBe('from-shell');
    expect(readEnvironment({ OPENROUTER_API_KEY: '' }, directory).apiKey).toBe('from-file');
  });

  test('may have comments, exports, quotes, values of several lines and Windows line ends', ({ folder }) => {
    const text =
      '# keys\r\nexport OPENROUTER_API_KEY="one" # mine\r\nNOTE=\'two\nlines, no = sign\'\r\nIONET_API_KEY = three\r\n';
    expect(readEnvironment({}, folder({ '.env': text }))).toMatchObject({ apiKey: 'one', providerKey: 'three' });
  });

  test.for<[string, string, number]>([
    ['a line without "="', 'OPENROUTER_API_KEY=one\n\nsk-or-v1-pasted\n', 3],
    ['the same after a quoted value', 'A="x"\nB=\'y\nz\'\nOPENROUTER_API_KEY one\n', 4],
    ['a quote that is never closed', 'A=1\nOPENROUTER_API_KEY="one\nB=2\n', 2],
    ['a name with a blank', 'OPENROUTER API_KEY=one\n', 1],
  ])('with %s is refused, naming the line and keeping it to itself', ([, text, line], { folder }) => {
    const directory = folder({ '.env': text });
    expect(() => readEnvironment({}, directory)).toThrow(
      expect.objectContaining({
        code: 'E_CONFIG',
        message: `${join(directory, '.env')}:${line} should read NAME=value, or start with "#".`,
      }),
    );
  });

  test('that cannot be read is named', ({ folder }) => {
    const directory = folder();
    mkdirSync(join(directory, '.env'));
    expect(() => readEnvironment({}, directory)).toThrow(
      `${join(directory, '.env')} is there but cannot be read (EISDIR).`,
    );
  });
});

test('names a bad value and where it was set, without showing it', ({ folder }) => {
  const directory = folder({ '.env': 'OPENROUTER_API_KEY="two words"\n' });
  const where = `OPENROUTER_API_KEY in ${join(directory, '.env')} should be one word without blanks.`;
  expect(() => readEnvironment({}, directory)).toThrow(where);
  expect(() => readEnvironment({ IONET_API_KEY: 'a b' }, folder())).toThrow(
    'IONET_API_KEY in the environment should be',
  );
  expect(() => readEnvironment({ OPENROUTER_BASE_URL: 'http://example.com' }, folder())).toThrow(
    'OPENROUTER_BASE_URL in the environment is "http://example.com"',
  );
});

it.each([
  ['https://openrouter.ai/api/v1/', 'https://openrouter.ai/api/v1'],
  ['http://127.0.0.1:8787/api/v1', 'http://127.0.0.1:8787/api/v1'],
  ['http://localhost:8787', 'http://localhost:8787'],
  ['http://[::1]:8787/x', 'http://[::1]:8787/x'],
])('sends keys to %s', (text, url) => {
  expect(safeBaseUrl(text, '--base-url')).toBe(url);
});

it.each([
  'http://openrouter.ai/api/v1',
  'http://127.0.0.1.example.com',
  'ftp://127.0.0.1',
  'openrouter.ai',
  'localhost:8787',
])('sends no key to %s', (text) => {
  expect(() => safeBaseUrl(text, '--base-url')).toThrow(
    `--base-url is "${text}"; keys are only sent to https:// hosts or to http:// on this machine.`,
  );
});

it.each([
  'https://me:hush@openrouter.ai',
  'https://:hush@openrouter.ai',
  'https://openrouter.ai/?key=hush',
  'https://openrouter.ai/#hush',
])('refuses an address with more than a place, and shows none of it: %s', (text) => {
  expect(() => safeBaseUrl(text, '--base-url')).toThrow(
    '--base-url should be a plain address without user, query or fragment.',
  );
});
