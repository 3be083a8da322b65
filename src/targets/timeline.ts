import { type Clock, systemClock } from '../clock.ts';

/**
 * Who must have run after a step before time moves on: nobody; whoever waits for a promise it settled; everybody with something
 * to do in this turn of the event loop.
 */
export type Then = 'go-on' | 'after-promises' | 'after-turn';

export type Step = () => Then;

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

/** After so many steps timers and sockets get their turn, or a long replay would starve them. */
const STEPS_PER_TURN = 32;

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
  #stepsThisTurn = 0;
  /** What is owed to those told of a step at the present time. */
  #owed: Then = 'go-on';
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
    for (;;) {
      const due = this.#queue[0];
      if (!due) break;
      const owed = due.time > this.#now ? this.#owed : 'go-on';
      if (owed === 'after-turn' || this.#stepsThisTurn >= STEPS_PER_TURN) return this.#runNextTurn();
      if (owed === 'after-promises') return this.#runAfterPromises();
      this.#queue.shift();
      this.#stepsThisTurn++;
      this.#advance(due.time);
      this.#owe(due.step());
    }
    this.#running = false;
  }

  #owe(then: Then): void {
    // With nobody else under way there is nobody to be overtaken by time: whoever acts next has heard.
    const alone = this.#queue.length === 0 && this.#owed !== 'after-turn';
    if (then === 'after-turn' && !alone) this.#owed = then;
    if (then === 'after-promises' && this.#owed === 'go-on') this.#owed = then;
  }

  #runAfterPromises(): void {
    this.#owed = 'go-on';
    // Ticks come once no promise has reactions left, but all those of one turn come before them.
    queueMicrotask(() => process.nextTick(() => this.#run()));
  }

  #runNextTurn(): void {
    setImmediate(() => {
      this.#owed = 'go-on';
      this.#stepsThisTurn = 0;
      this.#run();
    });
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
        return 'after-promises';
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }
}
