import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './child.ts';
import { type Figure, inWords } from './figures.ts';
import { machine } from './machine.ts';
import { offlineRun } from './offline-run.ts';
import { type Rates, toolNames } from './replay-rate.ts';

/**
 * Measures and asserts nothing: prints figures (median, smallest and largest of at least five rounds) and writes them to
 * `reports/bench.json`.
 */
const reports = join(import.meta.dirname, '../reports');

const where = machine();
print(`${where.cpu}, ${where.cores} cores, ${where.memoryMb} MB, load ${where.load.toFixed(2)}, ${where.platform}`);
print(
  `node ${where.node}, ${Object.entries(where.packages)
    .map((entry) => entry.join(' '))
    .join(', ')}\n`,
);

const whole = await offlineRun();
if ('failed' in whole) print(`whole offline run: not measured. ${whole.failed}`);
else print(`whole offline run: ${inWords(whole.wall)}, peak memory ${inWords(whole.peakMemory)}`);

const further = await measured<Figure>(import.meta.resolve('./replayed-cases.ts'));
if ('failed' in further) print(`each further 1,000 scenarios: not measured. ${further.failed}`);
else print(`each further 1,000 scenarios: ${inWords(further)}`);

print('\nanswers per second, one at a time | 32 at once, and the pieces in which the reader gets the stream');
const rates: (Rates | { failed: string })[] = [];
for (const tool of toolNames) {
  const result = await measured<Rates>(import.meta.resolve('./replay-rate.ts'), tool);
  rates.push(result);
  if ('failed' in result) {
    print(`${tool}: not measured. ${result.failed}`);
    continue;
  }
  const { oneAtATime: one, thirtyTwoAtOnce: many } = result;
  print(`${result.tool}, 2 KB JSON: ${inWords(one.json)} | ${inWords(many.json)}`);
  print(
    `${result.tool}, SSE of 200 events: ${inWords(one.stream)} | ${inWords(many.stream)}, in ${result.pieces} pieces`,
  );
}

await mkdir(reports, { recursive: true });
const file = join(reports, 'bench.json');
await writeFile(
  file,
  `${JSON.stringify({ at: new Date().toISOString(), machine: where, whole, further, rates }, null, 2)}\n`,
);
print('\nwritten to reports/bench.json');

/** What a measuring program printed, in a process of its own so that nothing it patches reaches another. */
async function measured<Result>(program: string, ...args: string[]): Promise<Result | { failed: string }> {
  const { code, stdout, stderr } = await run(program, args);
  if (code !== 0) return { failed: stderr.trim().split('\n').slice(0, 8).join('\n') };
  return JSON.parse(stdout) as Result;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
