import { type Clock, systemClock } from '../clock.ts';

/** Whether others may run before the next step: those who wait for what this step brought about. */
export type Step = () => 'go-on' | 'let-others-run';

/** When the steps of a replay happen. */
export interface Timeline {
  clock: Clock;
  /** Takes a step at a time of the clock. Returns a function that cancels it. */
  at(time: number, step: Step): () => void;
}

/** The recorded pace: every step at its real time. */
export const realTimeline: Timeline = {
  clock: systemClock,
  at(time, step) {
    let timer: NodeJS.Timeout;
    const wait = () => {
      const left = time - systemClock.now();
      // A timer may go off up to a millisecond early.
      timer = setTimeout(() => (systemClock.now() < time ? wait() : step()), Math.max(0, Math.ceil(left)));
    };
    wait();
    return () => clearTimeout(timer);
  },
};

interface Due {
  time: number;
  step: Step;
}

/** After so many steps in a row timers and sockets get their turn. */
const STEPS_PER_TURN = 64;

/**
 * No waiting: the clock jumps from one step to the next, so whoever reads it sees the recorded times.
 *
 * Steps and sleepers are taken in the order of their times, whichever exchange they belong to; only they move the clock. A limit
 * fires when the clock passes it.
 */
export class VirtualTimeline implements Timeline {
  readonly clock: Clock;
  #now: number;
  #queue: Due[] = [];
  #running = false;
  #limits = new Set<{ time: number; callback: () => void }>();
  /** No limit is due before. */
  #nextLimit = Infinity;

  constructor(start: number) {
    this.#now = start;
    this.clock = {
      now: () => this.#now,
      limit: (ms, callback) => this.#limit(ms, callback),
      sleep: (ms, signal) => this.#sleep(ms, signal),
    };
  }

  at(time: number, step: Step): () => void {
    const due = { time: Math.max(time, this.#now), step };
    const after = this.#queue.findIndex((other) => other.time > due.time);
    this.#queue.splice(after === -1 ? this.#queue.length : after, 0, due);
    if (!this.#running) {
      this.#running = true;
      queueMicrotask(() => this.#run());
    }
    return () => {
      const index = this.#queue.indexOf(due);
      if (index !== -1) this.#queue.splice(index, 1);
    };
  }

  #run(): void {
    for (let steps = 0; steps < STEPS_PER_TURN; steps++) {
      const due = this.#queue.shift();
      if (!due) break;
      this.#advance(due.time);
      if (due.step() === 'let-others-run') break;
    }
    if (this.#queue.length === 0) this.#running = false;
    else setImmediate(() => this.#run());
  }

  #advance(time: number): void {
    while (this.#nextLimit <= time) {
      const due = [...this.#limits].filter((limit) => limit.time <= time).sort((a, b) => a.time - b.time)[0];
      if (due) {
        this.#limits.delete(due);
        this.#now = Math.max(this.#now, due.time);
        due.callback();
      }
      this.#nextLimit = Math.min(...[...this.#limits].map((limit) => limit.time));
    }
    this.#now = Math.max(this.#now, time);
  }

  #limit(ms: number, callback: () => void): () => void {
    const limit = { time: this.#now + ms, callback };
    this.#limits.add(limit);
    this.#nextLimit = Math.min(this.#nextLimit, limit.time);
    return () => this.#limits.delete(limit);
  }

  #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        cancel();
        reject(signal?.reason);
      };
      const cancel = this.at(this.#now + ms, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
        return 'let-others-run';
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }
}
