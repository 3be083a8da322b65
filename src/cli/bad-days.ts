import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { badDays } from '../bad-days/days.ts';
import { badDaysInMarkdown, badDaysInShort } from '../bad-days/render.ts';
import { tryDay } from '../bad-days/try-day.ts';
import { inTurn } from '../faults/try-case.ts';
import { writeWhole } from '../report/files.ts';
import { projectRoot } from './paths.ts';

/**
 * A live run meets each bad day, as a process of its own: `npm run bad-days`, or `-- <word>` for the days with that word in their
 * name. Ends 1 when one of them ends otherwise than it should.
 */
const words = process.argv.slice(2);
const days = badDays.filter(({ name }) => words.every((word) => name.includes(word)));
const byok = join(projectRoot, 'src/cli/byok.ts');

const tried = await inTurn(
  days.map((day) => async () => {
    const one = await tryDay(day, byok);
    process.stdout.write(
      `${day.name.padEnd(40)}${String(one.exitCode ?? 'hung').padStart(4)}${one.seconds.toFixed(1).padStart(8)} s\n`,
    );
    for (const problem of one.problems) process.stdout.write(`  ${problem}\n`);
    return one;
  }),
  // Most of them wait most of the time.
  6,
);

if (words.length === 0) {
  const folder = join(projectRoot, 'reports');
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, 'bad-days.md'), badDaysInMarkdown(tried));
}
process.stdout.write(`${badDaysInShort(tried)}\n`);
process.exitCode = tried.length > 0 && tried.every(({ problems }) => problems.length === 0) ? 0 : 1;
