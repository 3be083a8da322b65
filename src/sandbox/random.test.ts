import { expect, test } from 'vitest';
import { seededRandom } from './random.ts';

function draw(seed: string) {
  const random = seededRandom(seed);
  return [random.next(), random.int(1, 1000), random.alphanumeric(20), random.hex(32), random.uuid()];
}

test('one seed gives one sequence, another seed another', () => {
  expect(draw('a')).toEqual(draw('a'));
  for (const [index, value] of draw('a').entries()) expect(value).not.toBe(draw('b')[index]);
});

test('ids have the forms they are used in', () => {
  const random = seededRandom('forms');
  expect(random.alphanumeric(20)).toMatch(/^[A-Za-z0-9]{20}$/);
  expect(random.hex(64)).toMatch(/^[0-9a-f]{64}$/);
  expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('whole numbers stay within both ends and reach them', () => {
  const random = seededRandom('ends');
  const drawn = new Set(Array.from({ length: 200 }, () => random.int(2, 4)));
  expect(drawn).toEqual(new Set([2, 3, 4]));
});
