import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent } from './events.ts';
import { refusedWrite } from './files.ts';

/** The file in a run's folder from which everything else is rendered. */
export const eventsFile = 'events.ndjson';

/**
 * Writes what happens in a run to `events.ndjson`, a line per event, as it happens: a killed run keeps what it had.
 *
 * Throws a `HarnessError` naming path and remedy when the folder cannot be written or already holds a run.
 */
export class EventLog {
  readonly file: string;
  readonly #descriptor: number;

  constructor(folder: string) {
    this.file = join(folder, eventsFile);
    try {
      mkdirSync(folder, { recursive: true });
      // Two runs in one log would be taken for one.
      this.#descriptor = openSync(this.file, 'wx');
    } catch (cause) {
      throw refusedWrite(this.file, cause);
    }
  }

  append(event: RunEvent): void {
    const bytes = Buffer.from(`${JSON.stringify(event)}\n`);
    try {
      // A nearly full disk takes a part of it.
      for (let done = 0; done < bytes.length;) {
        done += writeSync(this.#descriptor, bytes, done);
      }
    } catch (cause) {
      throw refusedWrite(this.file, cause);
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
