import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ran, run } from './child.ts';
import { type Figure, figure, ROUNDS } from './figures.ts';

const byok = import.meta.resolve('../src/cli/byok.ts');

/** The whole offline run of all scenarios, from the start of the process to its end. */
export async function offlineRun(): Promise<{ wall: Figure; peakMemory: Figure } | { failed: string }> {
  const reports = await mkdtemp(join(tmpdir(), 'byok-bench-'));
  try {
    const ran: Ran[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const one = await run(byok, ['run', '--report-dir', join(reports, String(round))]);
      if (one.code !== 0) return { failed: `byok run ended with ${one.code}: ${lastLines(one)}` };
      if (round > 0) ran.push(one); // The first one fills caches.
    }
    return {
      wall: figure(
        'ms',
        ran.map(({ wallMs }) => wallMs),
      ),
      peakMemory: figure(
        'MB',
        ran.map(({ peakMemoryMb }) => peakMemoryMb),
      ),
    };
  } finally {
    await rm(reports, { recursive: true });
  }
}

function lastLines({ stdout, stderr }: Ran): string {
  return (stderr.trim() || stdout.trim()).split('\n').slice(-5).join('\n');
}
