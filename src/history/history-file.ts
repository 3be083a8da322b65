import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { HistoryEntry } from '../report/history-entry.ts';
import { historyEntrySchema } from './history-schema.ts';

/** Raised when older readers would misunderstand an entry. */
const format = 1;

/**
 * Adds what a run leaves to a history, a line per run; a run that is there already stays as it is.
 *
 * @throws HarnessError E_CONFIG when the file cannot be read or written
 */
export function appendHistory(file: string, entry: HistoryEntry): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
    // A line without an end is what a run left that was killed while it wrote; the next one would become a part of it.
    const whole = known.slice(0, known.lastIndexOf('\n') + 1);
    if (whole.includes(beginning(entry.runId))) return;
    if (whole !== known) truncateSync(file, Buffer.byteLength(whole));
    appendFileSync(
      file,
      `${beginning(entry.runId)}${JSON.stringify({ ...entry, runId: undefined }).replace('{', ',')}\n`,
    );
  } catch (cause) {
    throw refused(file, 'write to', cause);
  }
}

/** What the line of a run begins with, and no part of another's. */
function beginning(runId: string): string {
  return JSON.stringify({ format, runId }).slice(0, -1);
}

export interface Reading {
  /** How many of the newest entries are wanted; 100 by default. */
  newest?: number;
  /** Told, in a sentence, of lines that are passed over. */
  say?: (sentence: string) => void;
}

/**
 * The newest entries of a history, oldest first; none of a file that is not there. What a run left that was killed while it wrote is
 * ignored, and what another version of the harness wrote in another format is passed over.
 *
 * @throws HarnessError E_CONFIG naming the line that is neither
 */
export function readHistory(file: string, { newest = 100, say }: Reading = {}): HistoryEntry[] {
  if (!existsSync(file)) return [];
  const lines = contentOf(file).split('\n').slice(0, -1);
  const from = Math.max(0, lines.length - newest);
  const read = lines.slice(from).map((line, index) => entryOf(line, `${file}:${from + index + 1}`));
  const entries = read.filter((entry) => entry !== null);
  const foreign = read.length - entries.length;
  if (foreign > 0) {
    say?.(`${file}: ${foreign} of the newest ${read.length} runs are passed over, as their format is not ${format}.`);
  }
  return entries;
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw refused(file, 'read', cause);
  }
}

/** Null for an entry in another format. */
function entryOf(line: string, place: string): HistoryEntry | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw unreadable(place, 'it is not JSON', cause);
  }
  const written = (value as { format?: unknown } | null)?.format;
  if (typeof written === 'number' && written !== format) return null;
  const result = historyEntrySchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw unreadable(place, `${issue?.path.join('.') || 'the line'}: ${issue?.message}`, result.error);
}

function unreadable(place: string, what: string, cause: unknown): HarnessError {
  return new HarnessError(
    'E_CONFIG',
    `Expected a run of a history at ${place}, but ${what}. Delete that line, or restore the file.`,
    { cause },
  );
}

function refused(file: string, wish: string, cause: unknown): HarnessError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new HarnessError(
    'E_CONFIG',
    `Expected to ${wish} the history ${file}, but the system answered ${code}. Mend that, or choose another file with --history.`,
    { cause },
  );
}
