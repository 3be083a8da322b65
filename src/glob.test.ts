import { expect, test } from 'vitest';
import { matches } from './glob.ts';

test('a star stands for anything, nothing included', () => {
  for (const glob of ['*', 'byok/*', '*/key-refused', 'byok/*-refused', 'byok/key-refused*']) {
    expect(matches(glob, 'byok/key-refused'), glob).toBe(true);
  }
});

test('everything but a star stands for itself, from the first character to the last', () => {
  for (const glob of ['byok', 'key-refused', 'byok/key.refused', 'byok/?ey-refused', '(byok)/*']) {
    expect(matches(glob, 'byok/key-refused'), glob).toBe(false);
  }
  expect(matches('z-ai/glm-5.2', 'z-ai/glm-5x2')).toBe(false);
});
