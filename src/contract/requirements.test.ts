import { expect, it } from 'vitest';
import { requirements } from './requirements.ts';
import { contractVersion } from './version.ts';

const all = Object.entries(requirements);

it('names a source for every promise: a page, a section and the day it was read', () => {
  for (const [, { source }] of all) {
    expect(URL.canParse(source.url)).toBe(true);
    expect(source.url).toMatch(/^https:\/\/(?:openrouter\.ai|io\.net)\//);
    expect(source.section).not.toBe('');
    expect(source.read).toBe(contractVersion);
  }
});

it('states each promise once, as one sentence', () => {
  const statements = all.map(([, { statement }]) => statement);
  expect(new Set(statements).size).toBe(statements.length);
  expect(statements.filter((statement) => !/^\S.*\.$/.test(statement))).toEqual([]);
});
