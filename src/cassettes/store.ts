import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { CaseRef } from '../targets/target.ts';
import { invocation } from '../version.ts';
import { asCassette, type Cassette, formatCassette } from './format.ts';

/**
 * The command that makes a recording of a case.
 *
 * @param more what it takes beside, such as `--suites mine`
 */
export function recordCommand({ scenario, model, mode }: CaseRef, more = '', recordedFrom = 'sandbox'): string {
  const flags = [`--scenario ${scenario}`, model && `--model ${model}`, mode && `--mode ${mode}`, more];
  return `${invocation} record --target ${recordedFrom} ${flags.filter(Boolean).join(' ')}`;
}

/** Where the cassette of a case lies, below the fixtures folder. */
export function cassettePath({ scenario, model, mode }: CaseRef): string {
  const path = `${model ?? '_account'}/${scenario}${mode === null ? '' : `.${mode}`}.json`;
  const steps = path.split('/');
  const safe = steps.every((step) => /^[\w.:@~+-]+$/.test(step) && step !== '..' && step !== '.');
  if (!safe || steps.length !== (model === null ? 3 : 4)) {
    throw new HarnessError(
      'E_CASSETTE',
      `no cassette can be named after scenario "${scenario}" and model "${model}": expected family/scenario and author/model`,
    );
  }
  return path;
}

/** Reads the cassette of a case. Throws `E_CASSETTE`, naming file, place and remedy. */
export async function readCassette(fixturesDir: string, ref: CaseRef, more = ''): Promise<Cassette> {
  const file = join(fixturesDir, cassettePath(ref));
  const cassette = await readCassetteFile(file, recordCommand(ref, more));
  for (const name of ['scenario', 'model', 'mode'] as const) {
    if (cassette[name] !== ref[name]) {
      throw new HarnessError(
        'E_CASSETTE',
        `${file} at /${name}: expected ${JSON.stringify(ref[name])}, as its path says; found ${JSON.stringify(cassette[name])}. ` +
          `Move the file to ${cassettePath(cassette)} or record again: ${recordCommand(ref, more)}`,
      );
    }
  }
  return cassette;
}

/** Reads any cassette file. Throws `E_CASSETTE`, naming file, place and `remedy`. */
export async function readCassetteFile(file: string, remedy = `${invocation} record`): Promise<Cassette> {
  const fail = (what: string, cause?: unknown) =>
    new HarnessError('E_CASSETTE', `${what}. Record again: ${remedy}`, { cause });

  let text: string;
  try {
    // A thousand scenarios open a thousand small files: waiting for each of them takes longer than reading it.
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw fail(code === 'ENOENT' ? `no recording: ${file} does not exist` : `cannot read ${file}: ${message}`, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // Cut between two tokens the message names what was expected next, at the very end.
    const cut = /Unexpected end|Unterminated/.test(reason) || reason.includes(`position ${text.length}`);
    throw fail(`${file} ${cut ? 'is cut off' : 'is not JSON'}: ${reason}`, error);
  }
  const cassette = asCassette(value);
  if (!Array.isArray(cassette)) return cassette;
  const flaws = cassette.slice(0, 3).map(({ pointer, message }) => `at ${pointer || 'its root'}: ${message}`);
  throw fail(`${file} is not a cassette ${flaws.join('; ')}`);
}

/** Writes a cassette to its place, at once or not at all. Returns whether the file changed. */
export async function writeCassette(fixturesDir: string, cassette: Cassette): Promise<boolean> {
  const file = join(fixturesDir, cassettePath(cassette));
  const text = formatCassette(cassette);
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return false;
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HarnessError(
      'E_CASSETTE',
      `cannot write ${file}: ${reason}. Make the folder writable or free some space`,
      {
        cause,
      },
    );
  }
  return true;
}
