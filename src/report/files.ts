import { readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../errors.ts';

/** A write into the report folder that the system refused, with what to do about it. */
export function refusedWrite(path: string, cause: unknown): HarnessError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new HarnessError('E_CONFIG', `Expected to write ${path}, but the system answered ${code}. ${remedy(code)}`, {
    cause,
  });
}

function remedy(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'The disk is full, or a limit on files is reached: free some space or choose another folder with --report-dir.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'The folder cannot be written: change its permissions or choose another with --report-dir.';
    case 'EEXIST':
      return 'Another run already stands there: choose another folder with --report-dir.';
    case 'ENOTDIR':
      return 'A part of the path is a file: choose another folder with --report-dir.';
    default:
      return 'Choose another folder with --report-dir.';
  }
}

/** Puts `text` at `path` in one step: a reader sees the whole old file or the whole new one. */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw refusedWrite(path, cause);
  }
}

/**
 * Puts the parts of a report at `<name>.xml`, `<name>-2.xml`, … and takes away those that an earlier rendering had more of. Returns
 * their paths.
 */
export function writeParts(folder: string, name: string, parts: Iterable<string>): string[] {
  const pathOf = (part: number) => join(folder, part === 1 ? `${name}.xml` : `${name}-${part}.xml`);
  const written: string[] = [];
  for (const text of parts) {
    const path = pathOf(written.length + 1);
    writeWhole(path, text);
    written.push(path);
  }
  const numbered = new RegExp(`^${name}-(\\d+)\\.xml$`);
  for (const file of readdirSync(folder)) {
    if (Number(numbered.exec(file)?.[1] ?? 0) > written.length) rmSync(join(folder, file), { force: true });
  }
  return written;
}
