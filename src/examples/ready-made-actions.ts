import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from './github-files.ts';
import type { Machine } from './testing.ts';

interface Where {
  machine: Machine;
  /** A folder for what outlives a job. */
  shelf: string;
}

/** What GitHub's actions do to files, as far as the examples use them. Returns what is wrong; null when nothing is. */
export function useReadyMade(uses: string, given: Env, where: Where): string | null {
  const name = uses.replace(/@.*/, '');
  const does = actions[name];
  if (does === undefined) throw new Error(`The examples use ${name}, of which nobody told what it does.`);
  return does(given, where);
}

const actions: Record<string, (given: Env, where: Where) => string | null> = {
  // The test puts the repository's files where the job works.
  'actions/checkout': () => null,
  'actions/setup-node': () => null,
  'actions/upload-artifact': (given, { machine, shelf }) => {
    const from = join(machine.folder, given['path'] ?? '');
    if (!existsSync(from)) return `upload-artifact: there is no ${given['path']}\n`;
    cpSync(from, join(shelf, 'artifacts', given['name'] ?? 'artifact'), { recursive: true });
    return null;
  },
  'actions/download-artifact': (given, { machine, shelf }) => {
    const prefix = (given['pattern'] ?? '').replace(/\*$/, '');
    for (const name of readdirSafe(join(shelf, 'artifacts')).filter((each) => each.startsWith(prefix))) {
      cpSync(join(shelf, 'artifacts', name), join(machine.folder, given['path'] ?? '', name), { recursive: true });
    }
    return null;
  },
  'actions/cache/restore': (given, { machine, shelf }) => {
    const newest = readdirSafe(join(shelf, 'caches')).findLast((key) => key.startsWith(given['restore-keys'] ?? ''));
    if (newest !== undefined) cpSync(join(shelf, 'caches', newest), join(machine.folder, given['path'] ?? ''));
    return null;
  },
  'actions/cache/save': (given, { machine, shelf }) => {
    const from = join(machine.folder, given['path'] ?? '');
    // Without the file it only warns.
    if (existsSync(from)) cpSync(from, join(shelf, 'caches', given['key'] ?? ''));
    return null;
  },
};

function readdirSafe(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).toSorted() : [];
}
