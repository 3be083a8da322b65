import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { refusedWrite, writeWhole } from './files.ts';

/**
 * Points `latest`, beside the run's folder, to that folder: a symbolic link, or a file with the folder's name where the system
 * refuses links. Apart from rendering, because rendering an old run again does not make it the newest.
 */
export function pointLatest(folder: string): void {
  const run = resolve(folder);
  const latest = join(dirname(run), 'latest');
  const temporary = `${latest}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  try {
    symlinkSync(basename(run), temporary, 'dir');
  } catch {
    return writeWhole(latest, `${basename(run)}\n`);
  }
  try {
    renameSync(temporary, latest);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw refusedWrite(latest, cause);
  }
}
