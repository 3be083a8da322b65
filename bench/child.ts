import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
  wallMs: number;
  peakMemoryMb: number;
}

const memoryReporter = import.meta.resolve('./report-memory.ts');

/** Runs a program of ours, named by its URL, in a process of its own, start and end included. */
export async function run(program: string, args: readonly string[]): Promise<Ran> {
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', memoryReporter, fileURLToPath(program), ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const outputs = child.stdio
    .slice(1)
    .map(async (stream) => (stream === null ? '' : textOf(stream as AsyncIterable<Buffer>)));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const wallMs = performance.now() - started;
  const [stdout = '', stderr = '', memoryKb = ''] = await Promise.all(outputs);
  return { code, stdout, stderr, wallMs, peakMemoryMb: Number(memoryKb) / 1024 };
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
