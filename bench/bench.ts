import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './child.ts';
import { comparedRates } from './compared-rates.ts';
import { type Figure, inWords } from './figures.ts';
import { machine } from './machine.ts';
import { offlineRun } from './offline-run.ts';

/**
 * Measures and asserts nothing: prints figures (median, smallest and largest of at least five rounds) and writes them to
 * `reports/bench.json`.
 */
const reports = join(import.meta.dirname, '../reports');

const where = machine();
print(`${where.cpu}, ${where.cores} cores, ${where.memoryMb} MB, load ${where.load.toFixed(2)}, ${where.platform}`);
print(`node ${where.node}, ${Object.entries(where.packages).flat().join(' ')}\n`);

const whole = await offlineRun();
if ('failed' in whole) print(`whole offline run: not measured. ${whole.failed}`);
else print(`whole offline run: ${inWords(whole.wall)}, peak memory ${inWords(whole.peakMemory)}`);

const further = await furtherCases();
if ('failed' in further) print(`each further 1,000 scenarios: not measured. ${further.failed}`);
else print(`each further 1,000 scenarios: ${inWords(further)}`);

print('\nanswers per second, one at a time | 32 at once, and the pieces in which the reader gets the stream');
const rates = await comparedRates();
for (const result of rates) {
  if ('failed' in result) {
    print(`${result.tool}: not measured. ${result.failed}`);
    continue;
  }
  const { tool, oneAtATime: one, thirtyTwoAtOnce: many, pieces } = result;
  print(`${tool}, 2 KB JSON: ${inWords(one.json)} | ${inWords(many.json)}`);
  print(`${tool}, SSE of 200 events: ${inWords(one.stream)} | ${inWords(many.stream)}, pieces: ${pieces}`);
}

await mkdir(reports, { recursive: true });
const figures = { at: new Date().toISOString(), machine: where, whole, further, rates };
await writeFile(join(reports, 'bench.json'), `${JSON.stringify(figures, null, 2)}\n`);
print('\nwritten to reports/bench.json');

/** In a process of its own, where nothing else has filled the memory. */
async function furtherCases(): Promise<Figure | { failed: string }> {
  const { code, stdout, stderr } = await run(import.meta.resolve('./replayed-cases.ts'), []);
  return code === 0 ? (JSON.parse(stdout) as Figure) : { failed: stderr.trim().split('\n').slice(0, 8).join('\n') };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
