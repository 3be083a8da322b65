import { expect, test } from 'vitest';
import { similarity, unifiedDiff } from './diff.ts';

const numbers = Array.from({ length: 20 }, (_, index) => String(index + 1));
const diff = (from: string[], to: string[]) =>
  unifiedDiff({ name: 'a', text: from.join('\n') }, { name: 'b', text: to.join('\n') });

test('the same text has no diff', () => {
  expect(diff(numbers, numbers)).toBe('');
});

test('changes far apart stand in hunks of their own, with three lines around them', () => {
  const changed = numbers.with(4, 'five').toSpliced(15, 1);
  expect(diff(numbers, changed).split('\n')).toEqual([
    '--- a',
    '+++ b',
    '@@ -2,7 +2,7 @@',
    ...' 2, 3, 4,-5,+five, 6, 7, 8'.split(','),
    '@@ -13,7 +13,6 @@',
    ...' 13, 14, 15,-16, 17, 18, 19'.split(','),
  ]);
});

test('lines can be added at the end and at the beginning', () => {
  expect(diff(['a'], ['0', 'a', 'b'])).toBe('--- a\n+++ b\n@@ -1,1 +1,3 @@\n+0\n a\n+b');
});

test('texts are the more alike the more lines they share', () => {
  const text = numbers.join('\n');
  expect(similarity(text, text)).toBe(1);
  expect(similarity(text, 'other')).toBe(0);
  expect(similarity(text, numbers.slice(0, 10).join('\n'))).toBeCloseTo(2 / 3);
});
