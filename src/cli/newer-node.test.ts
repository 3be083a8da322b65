import { expect, it } from 'vitest';
import { isTooOld } from './newer-node.ts';

it.each([
  ['20.20.2', true],
  ['22.18.9', true],
  ['22.19.0', false],
  ['24.0.0', false],
])('Node.js %s is too old: %s', (version, old) => {
  expect(isTooOld(version)).toBe(old);
});

it('the Node.js that runs the tests is new enough', () => {
  expect(isTooOld()).toBe(false);
});
