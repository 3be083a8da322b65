import { expect, it } from 'vitest';
import { isLabelled, newLabel, runBeganAt } from './label.ts';

const runId = '20261123-144811-a871';

it('leaves room in a workspace’s slug for what is appended', () => {
  expect(`${newLabel(runId)}-workspace-999`).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(`${newLabel(runId)}-workspace-999`.length).toBeLessThanOrEqual(50);
});

it('gives no label twice, also within a run', () => {
  const labels = Array.from({ length: 1_000 }, () => newLabel(runId));
  expect(new Set(labels).size).toBe(labels.length);
});

it.each(['', 'a run', '20261123-144811-', `${runId}-and-more`])('refuses a run id like %j', (id) => {
  expect(() => newLabel(id)).toThrow(/expected at most 36 of lower case, digits and single dashes/);
});

it.each([
  [`${newLabel(runId)}-key-1`, runId, true],
  [`${newLabel(runId)}-key-1`, undefined, true],
  [`${newLabel(`${runId}0`)}-key-1`, runId, false],
  ['production', undefined, false],
  ['my byokc-key', undefined, false],
  ['', undefined, false],
  [null, undefined, false],
  [undefined, runId, false],
])('of the name %j it is said, for run %j: %j', (name, run, ours) => {
  expect(isLabelled(name, run)).toBe(ours);
});

it('tells from a name when its run began, if the name says so', () => {
  expect(runBeganAt(`${newLabel(runId)}-key-1`)).toBe(Date.UTC(2026, 10, 23, 14, 48, 11));
  expect(runBeganAt('byokc-one-key')).toBeNaN();
});
