import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { test as base } from 'vitest';
import { systemClock } from '../clock.ts';
import { projectRoot } from '../cli/paths.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** A machine of its own: an empty folder, and the few commands that a job finds on its PATH. */
export interface Machine {
  /** Of whoever runs the job; nothing in it is the job's. */
  home: string;
  /** Where the job works. */
  folder: string;
  /** Puts a command on its PATH, before all others. */
  add(name: string, does: string): void;
  /** Names of the commands and their arguments, in the order they were called in. */
  called(): string[];
  /** Runs a script as `shell` would, e.g. `['bash', '-e']`, which is given the name of a file. */
  run(script: string, shell: readonly string[], env: Record<string, string>): Promise<Ended>;
  read(file: string): string;
  files(folder: string): string[];
}

/**
 * `npx byok` runs the sources of this repository, and `npm ci` says that it was called: that the package can be installed and works is
 * what .ci/pack tries.
 */
const commands = {
  npx: `[ "$1" = byok ] || { echo "npx: expected byok, got $1" >&2; exit 99; }\nshift\nexec node "${join(projectRoot, 'src/cli/byok.ts')}" "$@"`,
  npm: `[ "$1" = ci ] || { echo "npm: expected ci, got $1" >&2; exit 99; }\nln -sfn "${join(projectRoot, 'node_modules')}" node_modules`,
};

export const test = base.extend<{
  machine: () => Machine;
  /** What a job is told to reach a sandbox that stands for OpenRouter: its address and its keys. */
  sandbox: () => Promise<{ url: string; key: string; managementKey: string }>;
}>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads from the pattern what a fixture needs
  machine: async ({}, use) => {
    const made: string[] = [];
    await use(() => {
      const home = mkdtempSync(join(tmpdir(), 'byok-example-'));
      made.push(home);
      return machineIn(home);
    });
    for (const home of made) rmSync(home, { recursive: true, force: true });
  },
  // oxlint-disable-next-line no-empty-pattern -- as above
  sandbox: async ({}, use) => {
    const open: (() => Promise<void>)[] = [];
    await use(async () => {
      const sandbox = await startSandbox({ clock: systemClock, seed: 'examples' });
      open.push(() => sandbox.close());
      return { url: sandbox.url, key: sandbox.keys.inference, managementKey: sandbox.keys.management };
    });
    for (const close of open) await close();
  },
});

/** A file of the repository, as it is. */
export function sourceOf(file: string): string {
  return readFileSync(join(projectRoot, file), 'utf8');
}

function machineIn(home: string): Machine {
  const [folder, bin, log] = [join(home, 'work'), join(home, 'bin'), join(home, 'called')];
  mkdirSync(folder);
  mkdirSync(bin);
  const add = (name: string, does: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
  };
  for (const [name, does] of Object.entries(commands)) add(name, `echo "${name} $*" >>"${log}"\n${does}`);
  writeFileSync(log, '');
  const path = [bin, dirname(process.execPath)].join(delimiter);
  return {
    home,
    folder,
    add,
    called: () => readFileSync(log, 'utf8').split('\n').slice(0, -1),
    run(script, [file = '', ...args], { PATH: rest = '/usr/local/bin:/usr/bin:/bin', ...env }) {
      const written = join(home, 'script');
      writeFileSync(written, script);
      return ended(file, [...args, written], { cwd: folder, env: { HOME: home, ...env, PATH: `${path}:${rest}` } });
    },
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    files: (name) => readdirSync(join(folder, name)).toSorted(),
  };
}

function ended(file: string, args: readonly string[], options: { cwd: string; env: Record<string, string> }) {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
    });
  }
  return new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...printed, code: code ?? -1 }));
  });
}
