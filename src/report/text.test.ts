import { expect, test } from 'vitest';
import { hostile } from './testing.ts';
import { clean, excerpt, line, markdownCell, stripped, usd } from './text.ts';

test('clean strips colours and lone surrogates, and shows control characters and noncharacters', () => {
  expect(clean('\u001B[31mred\u001B[0m a\u0000b\u001B xc\u007Fd\u0085e\uFFFEf')).toBe(
    'red a⟨U+0000⟩b⟨U+001B⟩ xc⟨U+007F⟩d⟨U+0085⟩e⟨U+FFFE⟩f',
  );
  expect(clean('a\uD800b\uDC00c')).toBe('abc');
});

test('stripped takes control characters away', () => {
  expect(stripped('\u001B[31mred\u001B[0m a\u0000b\u0008c\u007Fd\u0085e\uFFFEf')).toBe('red abcdef');
});

test.each([clean, stripped])('%o shows what would turn the rest of a line around', (made) => {
  expect(made('a\u202Edetrevni\u2066b\u200Fc\u061Cd')).toBe('a⟨U+202E⟩detrevni⟨U+2066⟩b⟨U+200F⟩c⟨U+061C⟩d');
});

test('clean keeps tabs, newlines, whole pairs and letters of every script', () => {
  expect(clean('a\tb\r\nc\nd 👍 日本 é')).toBe('a\tb\nc\nd 👍 日本 é');
});

test.each([clean, stripped])('%o leaves nothing that XML 1.0 forbids in hostile text', (made) => {
  // oxlint-disable-next-line no-control-regex -- they are the subject
  expect(made(hostile)).not.toMatch(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
});

test('excerpt says how much it left out', () => {
  expect(excerpt('abcdef', 6)).toBe('abcdef');
  expect(excerpt('abcdef', 4)).toBe('abcd… (2 more characters)');
});

test('excerpt never cuts a pair in two', () => {
  expect(excerpt('abc👍d', 4)).toBe('abc… (3 more characters)');
});

test('line puts everything on one line', () => {
  expect(line('  a\n b\r\n\tc ', 20)).toBe('a b c');
});

test('a Markdown cell holds no markup', () => {
  expect(markdownCell('a|b <i>*x*</i> `y`\n[z](u)', 100)).toBe(
    String.raw`a\|b &lt;i&gt;\*x\*&lt;/i&gt; \`y\` \[z\](u)`,
  );
});

test.each([
  [0, '0'],
  [0.0000001, '0.0000001'],
  [0.00041, '0.00041'],
  [1, '1'],
  [10, '10'],
  [100.5, '100.5'],
])('%d US dollars are written %s, never with an exponent', (amount, text) => {
  expect(usd(amount)).toBe(text);
});
