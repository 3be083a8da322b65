import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BadDay } from './day.ts';
import { badDaysInMarkdown, badDaysInShort } from './render.ts';
import { type Tried, tryDay } from './try-day.ts';

const day: BadDay = {
  name: 'a | day',
  happens: 'nothing',
  args: [],
  exitCode: 0,
  ends: [{ verdict: 'pass', says: /^$/ }],
  withinS: 30,
};

/** Has something else than the command line meet the day. */
function tried(source: string, over: Partial<BadDay> = {}): Promise<Tried> {
  const folder = mkdtempSync(join(tmpdir(), 'bad-day-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'byok.mjs');
  writeFileSync(file, source);
  return tryDay({ ...day, ...over }, file);
}

describe('a day counts as ended badly', { concurrent: true }, () => {
  it('by a run that ends otherwise, without a word about its cases', async () => {
    const { problems, exitCode } = await tried('console.log("oh no"); process.exit(7)');
    expect(exitCode).toBe(7);
    expect(problems).toEqual(['ends 7, should end 0: oh no\n', '0 cases ended, should be 1 or more']);
  });

  it('by a run that hangs, which is stopped', async () => {
    const { problems } = await tried('setInterval(() => {}, 1000)', { withinS: 0.3 });
    expect(problems).toContain('hangs: it was not over after 0.3 s');
  });

  it('by a run that leaves something in the account, or opens too many connections', async () => {
    const { problems, connections } = await tried(`
      const [, , , , , , url] = process.argv;
      const headers = { authorization: 'Bearer ' + process.env.OPENROUTER_MANAGEMENT_KEY, 'content-type': 'application/json' };
      await fetch(url + '/keys', { method: 'POST', headers, body: JSON.stringify({ name: 'byokc-x-key-1' }) });
      await Promise.all(Array.from({ length: 12 }, () => fetch(url + '/keys', { headers })));
      process.exit(0);
    `);
    expect(problems).toContainEqual(expect.stringMatching(/^left behind: \/keys\/\w+$/));
    expect(problems).toContain(`had ${connections} connections at once, should have at most 4`);
  });
});

it('renders what became of each day, with its problems first', () => {
  const one: Tried = { day, exitCode: null, seconds: 1.25, cases: [], connections: 1, asked: 2, problems: ['hangs'] };
  expect(badDaysInMarkdown([one]).split('\n')).toEqual(
    expect.arrayContaining(['- a | day: hangs', '| a \\| day | nothing |  | hung | 1.3 | 1 | 2 |  |']),
  );
  expect(badDaysInShort([one])).toBe('1 bad days: 1 ended otherwise than they should');
});
