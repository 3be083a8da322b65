import { readFileSync } from 'node:fs';
import { HarnessError } from '../errors.ts';
import type { RunEvent } from './events.ts';
import { runEvent } from './event-schema.ts';

/**
 * The events of a run, as `EventLog` wrote them.
 *
 * A last line cut short is what a killed run leaves behind and is ignored; anything else that is not an event throws a
 * `HarnessError` with file and line.
 */
export function readEvents(file: string): RunEvent[] {
  const lines = readLog(file).split('\n');
  const rest = lines.pop() ?? '';
  const events = lines.map((text, index) => readLine(text, `${file}:${index + 1}`));
  if (isJson(rest)) events.push(readLine(rest, `${file}:${lines.length + 1}`));
  return events;
}

function readLog(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new HarnessError(
      'E_CONFIG',
      `Expected the events of a run in ${file}, but the system answered ${code}. Name the folder of a run, e.g. reports/latest.`,
      { cause },
    );
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readLine(text: string, place: string): RunEvent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(place, 'it is not JSON', cause);
  }
  const result = runEvent.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw unreadable(place, `${issue?.path.join('.') || 'event'}: ${issue?.message}`, result.error);
}

function unreadable(place: string, what: string, cause: unknown): HarnessError {
  return new HarnessError(
    'E_CONFIG',
    `Expected an event of a run at ${place}, but ${what}. The log is written by the harness alone: run again, or restore the file.`,
    { cause },
  );
}
