import type { Server } from 'node:net';
import type { Clock } from '../clock.ts';
import { Loopback } from './loopback.ts';

/** Turns of the event loop without any movement after which nothing more will come by itself. */
const QUIET_TURNS = 6;
/** A reader that has stopped reading would hold time for ever: after this many turns and milliseconds it no longer does. */
const STUCK = { turns: 1_000, ms: 1_000 };

interface Timer {
  at: number;
  kind: 'sleep' | 'limit';
  fire(): void;
}

/**
 * Time that passes only when nothing else can happen.
 *
 * Once no byte is under way on the watched servers and the event loop has turned idly a few times, the clock jumps to its
 * next timer and fires that one alone; timers of the same moment fire in the order in which they were set. So what was
 * written before a sleep has reached its reader before the sleep ends, and the same calls see the same times on any machine.
 *
 * A limit is a guard, not an event: limits alone never move time. Work outside sockets and the event loop's own queues
 * (files, thread pool) is not seen, so it must not stand between two things whose order in time matters.
 */
export class VirtualClock implements Clock {
  readonly #loopback = new Loopback();
  readonly #timers: Timer[] = [];
  #now: number;
  #sleepers = 0;
  #turning = false;
  #quiet = 0;
  #moved = 0;
  #stuckTurns = 0;
  #stuckSince = 0;

  /** @param epochMs where time begins, in milliseconds since the Unix epoch */
  constructor(epochMs: number) {
    this.#now = epochMs;
  }

  now(): number {
    return this.#now;
  }

  limit(ms: number, callback: () => void): () => void {
    const timer: Timer = { at: this.#now + ms, kind: 'limit', fire: callback };
    this.#add(timer);
    return () => this.#remove(timer);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = () => {
        this.#remove(timer);
        reject(signal?.reason);
      };
      const fire = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const timer: Timer = { at: this.#now + ms, kind: 'sleep', fire };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#add(timer);
    });
  }

  /** Holds time still while anything is under way to or from `server`, which must be listening. */
  watch(server: Server): void {
    this.#loopback.watch(server);
  }

  #add(timer: Timer): void {
    const later = this.#timers.findIndex((other) => other.at > timer.at);
    this.#timers.splice(later === -1 ? this.#timers.length : later, 0, timer);
    if (timer.kind === 'sleep') this.#sleepers += 1;
    this.#quiet = 0;
    if (this.#turning || !this.#wantsTurns()) return;
    this.#turning = true;
    setImmediate(this.#turn);
  }

  #remove(timer: Timer): void {
    const index = this.#timers.indexOf(timer);
    if (index === -1) return;
    this.#timers.splice(index, 1);
    if (timer.kind === 'sleep') this.#sleepers -= 1;
    this.#quiet = 0;
  }

  #wantsTurns(): boolean {
    const next = this.#timers[0];
    return next !== undefined && (this.#sleepers > 0 || next.at <= this.#now);
  }

  readonly #turn = (): void => {
    if (!this.#wantsTurns()) {
      this.#turning = false;
      return;
    }
    this.#quiet = this.#isStill() ? this.#quiet + 1 : 0;
    if (this.#quiet >= QUIET_TURNS) this.#fireNext();
    setImmediate(this.#turn);
  };

  #isStill(): boolean {
    const { underway, moved } = this.#loopback.look();
    const still = moved === this.#moved;
    this.#moved = moved;
    if (!underway || !still) {
      this.#stuckTurns = 0;
      return still && !underway;
    }
    if (this.#stuckTurns === 0) this.#stuckSince = performance.now();
    this.#stuckTurns += 1;
    return this.#stuckTurns > STUCK.turns && performance.now() - this.#stuckSince > STUCK.ms;
  }

  #fireNext(): void {
    const timer = this.#timers[0];
    if (timer === undefined) return;
    this.#remove(timer);
    this.#now = Math.max(this.#now, timer.at);
    timer.fire();
  }
}
