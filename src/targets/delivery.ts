import { type Dispatcher, errors } from 'undici';
import type { Ending, WireExchange } from '../exchange/exchange.ts';
import type { Step, Timeline } from './timeline.ts';

/** An exchange that did not end well, as the error its client would have met. */
class ReplayedEnding extends Error {
  override readonly name = 'ReplayedEnding';
  readonly code: string;
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(ending.message ?? `replayed: ${ending.how}`);
    this.code = ending.code ?? ending.how;
    this.ending = ending;
  }
}

/** What the deliveries of one dispatcher share. */
export interface Deliveries {
  timeline: Timeline;
  /** Those under way. */
  open: Set<Delivery>;
}

/**
 * Hands one recorded exchange to an undici handler, chunk by chunk, at the times of the recording.
 *
 * Keeps undici's promises to handlers: nothing after an end, an error or an abort, nothing while paused, and a handler that
 * throws meets its own error.
 */
export class Delivery implements Dispatcher.DispatchController {
  aborted = false;
  paused = false;
  reason: Error | null = null;
  rawHeaders: Record<string, string> | null = null;
  rawTrailers = null;
  readonly #exchange: WireExchange;
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #shared: Deliveries;
  readonly #sentAt: number;
  #responded = false;
  #nextChunk = 0;
  #cancel: (() => void) | undefined;
  #done = false;

  constructor(exchange: WireExchange, handler: Dispatcher.DispatchHandler, shared: Deliveries) {
    this.#exchange = exchange;
    this.#handler = handler;
    this.#shared = shared;
    this.#sentAt = shared.timeline.clock.now();
  }

  start(): void {
    this.#shared.open.add(this);
    try {
      this.#handler.onRequestStart?.(this, {});
    } catch (error) {
      this.#refuse(error);
    }
    this.#plan();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.#plan();
  }

  // undici's own readers abort without a reason, whatever the type says.
  abort(reason?: Error | null): void {
    this.#fail(reason ?? new errors.RequestAbortedError());
  }

  /** Plans the next step, unless there is one, or none is wanted. */
  #plan(): void {
    if (this.#done || this.paused || this.#cancel) return;
    const { response, chunks, end } = this.#exchange;
    const ms = response && !this.#responded ? response.headersAt : (chunks[this.#nextChunk]?.at ?? end.at);
    this.#cancel = this.#shared.timeline.at(this.#sentAt + ms, this.#step);
  }

  readonly #step: Step = () => {
    this.#cancel = undefined;
    const { response, chunks } = this.#exchange;
    const chunk = chunks[this.#nextChunk];
    try {
      if (response && !this.#responded) {
        this.#responded = true;
        this.rawHeaders = { ...response.headers };
        this.#handler.onResponseStart?.(this, response.status, this.rawHeaders);
        this.#plan();
        return 'after-promises'; // The client attaches its reader.
      }
      if (chunk) {
        this.#nextChunk++;
        this.#handler.onResponseData?.(this, chunk.bytes as Buffer);
        this.#plan();
        return 'go-on';
      }
      this.#end();
    } catch (error) {
      this.#refuse(error);
    }
    return 'after-turn'; // Streams announce their end some ticks later.
  };

  #end(): void {
    const { end } = this.#exchange;
    if (end.how !== 'complete') return this.#fail(new ReplayedEnding(end));
    this.#handler.onResponseEnd?.(this, {});
    this.#done = true;
    this.#shared.open.delete(this);
  }

  #refuse(error: unknown): void {
    this.abort(error instanceof Error ? error : new Error(String(error)));
  }

  #fail(reason: Error): void {
    if (this.#done) return;
    this.#done = true;
    this.aborted = true;
    this.reason = reason;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#shared.open.delete(this);
    this.#handler.onResponseError?.(this, reason);
  }
}
