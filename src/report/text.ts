import { stripVTControlCharacters } from 'node:util';

/**
 * What XML 1.0 cannot hold, and what a terminal or a log would obey: control characters but tab and newline, the C1 range,
 * and the two noncharacters. Source: https://www.w3.org/TR/xml/#charsets (section 2.2, read 2026-11-23).
 */
// oxlint-disable-next-line no-control-regex -- they are the subject
const unprintable = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFFE\uFFFF]/g;
/** Turns the direction in which the rest of a line is shown. Source: https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters (read 2026-11-23). */
const turning = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const loneSurrogate = /\p{Surrogate}/gu;

/** Text that any reader can hold: no colours, newlines as `\n`, and what has no shape of its own can be seen: `⟨U+0000⟩`. */
export function clean(text: string): string {
  return colourless(text).replaceAll(unprintable, codePoint).replaceAll(turning, codePoint);
}

/** As `clean`, but control characters are gone: in JUnit, where names are what a history is kept by. */
export function stripped(text: string): string {
  return colourless(text).replaceAll(unprintable, '').replaceAll(turning, codePoint);
}

function colourless(text: string): string {
  return stripVTControlCharacters(text).replaceAll('\r\n', '\n').replaceAll(loneSurrogate, '');
}

function codePoint(one: string): string {
  return `⟨U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** The first `max` characters as they are, then how many more there were. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const kept = text.slice(0, max).replace(loneSurrogate, '');
  return `${kept}… (${text.length - kept.length} more characters)`;
}

/** Cleaned text of at most `max` characters, then how many more there were. */
export function excerpt(text: string, max: number): string {
  return cut(clean(text), max);
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** As `excerpt`, in a single line. */
export function line(text: string, max: number): string {
  return cut(oneLine(clean(text)), max);
}

/** Cleaned text for a cell of a Markdown table: one line in which nothing is markup. */
export function markdownCell(text: string, max: number): string {
  return line(text, max)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]{}|~]/g, '\\$&');
}

/** `1 case`, `2 cases`. */
export function count(n: number, noun: string, nouns = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : nouns}`;
}

/** US dollars without an exponent, down to a billionth: `0.000412`. */
export function usd(amount: number): string {
  return amount.toFixed(9).replace(/\.?0+$/, '');
}
