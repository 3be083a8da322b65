import { closeSync, globSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cassettePath } from './store.ts';

/** A header takes about 300. */
const BEGINNING_BYTES = 2048;

const refSchema = z.object({
  scenario: z.string(),
  model: z.string().nullable(),
  mode: z.enum(['json', 'stream']).nullable(),
});

/**
 * Files that claim a case without lying in its place, copies and moved ones, by the path where such a cassette belongs.
 *
 * Reads only the beginning of each file. One that does not begin like a cassette is left to whoever reads it whole.
 */
export function strayCassettes(fixturesDir: string): ReadonlyMap<string, string[]> {
  const strays = new Map<string, string[]>();
  const buffer = Buffer.alloc(BEGINNING_BYTES);
  for (const path of globSync('**/*.json', { cwd: fixturesDir }).sort()) {
    const rightful = placeOf(beginning(join(fixturesDir, path), buffer));
    if (rightful === undefined || rightful === path) continue;
    strays.set(rightful, [...(strays.get(rightful) ?? []), path]);
  }
  return strays;
}

/** Empty for a file that cannot be read. */
function beginning(file: string, buffer: Buffer): string {
  let handle: number | undefined;
  try {
    handle = openSync(file, 'r');
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, BEGINNING_BYTES, 0));
  } catch {
    return '';
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

function placeOf(text: string): string | undefined {
  const header = text.slice(0, text.indexOf('"exchanges"')).trimEnd().replace(/,$/, '}');
  try {
    return cassettePath(refSchema.parse(JSON.parse(header)));
  } catch {
    return undefined;
  }
}
