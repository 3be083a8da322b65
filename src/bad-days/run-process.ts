import { spawn } from 'node:child_process';

export interface Ran {
  /** null: it was not over in time, and was stopped. */
  exitCode: number | null;
  seconds: number;
  /** On both outputs, in order of arrival. */
  printed: string;
}

interface RunOptions {
  cwd: string;
  env: Record<string, string>;
  withinMs: number;
  /** Aborted: the process is sent SIGTERM. */
  signal?: AbortSignal;
}

/** Runs a script of this project as a process of its own, with no other environment than the given. */
export function runProcess(args: readonly string[], { cwd, env, withinMs, signal }: RunOptions): Promise<Ran> {
  const began = performance.now();
  let printed = '';
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: withinMs,
    killSignal: 'SIGKILL',
  });
  signal?.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => void (printed += text));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, seconds: (performance.now() - began) / 1_000, printed }));
  });
}
