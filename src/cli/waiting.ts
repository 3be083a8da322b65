import type { Wait } from '../report/events.ts';
import type { OnWait } from '../targets/target.ts';

/** Milliseconds of waiting for one thing after which it is said, each time they have passed. */
const told = 10_000;

/** Adds up what a case waits for, and says so while it does. */
export class Waiting {
  readonly #ms = new Map<string, number>();
  readonly #say: (message: string) => void;

  constructor(say: (message: string) => void) {
    this.#say = say;
  }

  /** So far, one for each thing that was waited for. */
  get waits(): Wait[] {
    return [...this.#ms].map(([what, ms]) => ({ what, ms }));
  }

  readonly onWait: OnWait = (what, ms) => {
    const before = this.#ms.get(what) ?? 0;
    this.#ms.set(what, before + ms);
    if (Math.floor((before + ms) / told) > Math.floor(before / told)) {
      this.#say(`waiting for ${what}, ${Math.round((before + ms) / 1_000)} s by the end of this pause`);
    }
  };
}
