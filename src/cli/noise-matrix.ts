import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { type NoiseMatrix, noiseMatrix } from '../faults/noise-matrix.ts';
import { noises } from '../faults/noises.ts';
import { ionet } from '../provider.ts';
import { takeStock } from './inventory.ts';
import { suitesDir } from './paths.ts';

/**
 * Every noise there is on a part of the inventory, all of which is met: `npm run noise-matrix`, or `-- --whole` for every case in
 * every noise. Ends 1 when anything but a pass comes of it.
 */
async function main(): Promise<void> {
  const of = Math.min(availableParallelism(), 4);
  const whole = process.argv.includes('--whole');
  const parts = await Promise.all(Array.from({ length: of }, (_, share) => inWorker({ share, of, whole })));
  const problems = parts.flatMap((part) => part.problems);
  const cases = parts.reduce((sum, part) => sum + part.cases, 0);
  for (const [name, count] of parts.flatMap(({ heard }) => [...heard])) {
    process.stdout.write(`${name.padEnd(32)}${String(count).padStart(5)}\n`);
  }
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  const outcome = problems.length === 0 ? 'nobody cried wolf' : `${problems.length} problems`;
  process.stdout.write(`${noises.length} noises in ${cases} cases: ${outcome}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

interface Share {
  share: number;
  of: number;
  /** Every case in every noise. */
  whole: boolean;
}

function inWorker(data: Share): Promise<NoiseMatrix> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: data });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function part({ share, of, whole }: Share): Promise<NoiseMatrix> {
  return noiseMatrix({
    noises: noises.filter((_, index) => index % of === share),
    inventory: await takeStock(suitesDir),
    model: ionet.models[0] ?? '',
    width: 8,
    // The whole inventory in every noise takes minutes.
    spread: whole ? { cases: 1, failures: 1 } : { cases: 4, failures: 40 },
  });
}

if (isMainThread) await main();
// A port between threads has no origin.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
else parentPort?.postMessage(await part(workerData as Share));
