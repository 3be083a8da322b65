import type { RunEvent } from '../report/events.ts';
import { withoutCommands } from '../report/github.ts';
import type { Paint } from '../report/paint.ts';
import { advance, caseLine, noProgress, statusLine } from '../report/progress.ts';

/** Prints a line for every finished case and, on a terminal, a status line below them that is overwritten. */
export class ProgressLine {
  readonly #paint: Paint;
  readonly #stream: NodeJS.WriteStream;
  readonly #began = performance.now();
  #progress = noProgress;

  constructor(paint: Paint, stream: NodeJS.WriteStream) {
    this.#paint = paint;
    this.#stream = stream;
  }

  show(event: RunEvent): void {
    this.#progress = advance(this.#progress, event);
    this.#clear();
    if (event.type === 'case-finished') this.#stream.write(`${withoutCommands(caseLine(event, this.#paint))}\n`);
    if (this.#stream.isTTY) {
      this.#stream.write(
        statusLine(this.#progress, { elapsedMs: performance.now() - this.#began, columns: this.#stream.columns }),
      );
    }
  }

  /** Prints a line of its own. */
  say(line: string): void {
    this.#clear();
    this.#stream.write(`${line}\n`);
  }

  end(): void {
    this.#clear();
  }

  #clear(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\u001b[2K');
  }
}
