import type { Clock } from '../clock.ts';
import type { TimeoutCode } from './exchange.ts';
import type { Limits } from './limits.ts';

/** A timer may go off a little before its time on the clock; silence within this many ms of the limit counts as the limit. */
const toleranceMs = 1;

/** The time limits of one exchange. Told of its progress, they call `expire` at most once, with the limit that passed. */
export class Deadlines {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #expire: (code: TimeoutCode) => void;
  readonly #cancel = new Map<TimeoutCode, () => void>();
  #stopped = false;
  #lastByteAt = 0;

  constructor(clock: Clock, limits: Limits, expire: (code: TimeoutCode) => void) {
    this.#clock = clock;
    this.#limits = limits;
    this.#expire = expire;
    this.#arm('total', limits.total);
    this.#arm('connect', limits.connect);
  }

  connected(): void {
    this.#disarm('connect');
    this.#arm('headers', this.#limits.headers);
  }

  answered(eventStream: boolean): void {
    this.#disarm('headers');
    this.#lastByteAt = this.#clock.now();
    this.#watchSilence(this.#limits.idle);
    if (eventStream) this.#arm('first-event', this.#limits.firstEvent);
  }

  receivedBytes(): void {
    this.#lastByteAt = this.#clock.now();
  }

  receivedEvent(): void {
    this.#disarm('first-event');
  }

  stop(): void {
    this.#stopped = true;
    for (const cancel of this.#cancel.values()) cancel();
    this.#cancel.clear();
  }

  // One timer looks back at the last byte when it goes off, instead of one timer made and cancelled per chunk.
  #watchSilence(ms: number): void {
    this.#arm('idle', ms, () => {
      const left = this.#lastByteAt + this.#limits.idle - this.#clock.now();
      if (left > toleranceMs) this.#watchSilence(left);
      else this.#pass('idle');
    });
  }

  #arm(code: TimeoutCode, ms: number, then = () => this.#pass(code)): void {
    if (!this.#stopped) this.#cancel.set(code, this.#clock.limit(ms, then));
  }

  #disarm(code: TimeoutCode): void {
    this.#cancel.get(code)?.();
    this.#cancel.delete(code);
  }

  #pass(code: TimeoutCode): void {
    this.stop();
    this.#expire(code);
  }
}
