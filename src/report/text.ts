import { stripVTControlCharacters } from 'node:util';

/**
 * What XML 1.0 cannot hold, and what a terminal or a log would obey: control characters but tab and newline, the C1 range,
 * and the two noncharacters. Source: https://www.w3.org/TR/xml/#charsets (section 2.2, read 2026-11-23).
 */
// oxlint-disable-next-line no-control-regex -- they are the subject
const unprintable = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFFE\uFFFF]/g;
const loneSurrogate = /\p{Surrogate}/gu;

/** Text that any reader can hold: no colours, no control characters, no lone surrogates, newlines as `\n`. */
export function clean(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll('\r\n', '\n')
    .replaceAll(loneSurrogate, '')
    .replaceAll(unprintable, '');
}

/** Cleaned text of at most `max` characters, then how many more there were. */
export function excerpt(text: string, max: number): string {
  const whole = clean(text);
  if (whole.length <= max) return whole;
  const kept = whole.slice(0, max).replace(loneSurrogate, '');
  return `${kept}… (${whole.length - kept.length} more characters)`;
}

/** As `excerpt`, in a single line. */
export function line(text: string, max: number): string {
  return excerpt(clean(text).replaceAll(/\s+/g, ' ').trim(), max);
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
