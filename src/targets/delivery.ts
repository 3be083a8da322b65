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
  readonly #timeline: Timeline;
  readonly #onDone: (delivery: Delivery) => void;
  readonly #sentAt: number;
  #nextChunk = 0;
  #cancel: (() => void) | undefined;
  #done = false;

  constructor(
    exchange: WireExchange,
    handler: Dispatcher.DispatchHandler,
    { timeline, onDone }: { timeline: Timeline; onDone: (delivery: Delivery) => void },
  ) {
    this.#exchange = exchange;
    this.#handler = handler;
    this.#timeline = timeline;
    this.#onDone = onDone;
    this.#sentAt = timeline.clock.now();
  }

  start(): void {
    this.#guarded(() => this.#handler.onRequestStart?.(this, {}));
    this.#after(this.#exchange.response?.headersAt ?? 0, this.#respond);
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.#goOn();
  }

  // undici's own readers abort without a reason, whatever the type says.
  abort(reason?: Error | null): void {
    this.#fail(reason ?? new errors.RequestAbortedError());
  }

  #respond: Step = () => {
    const { response } = this.#exchange;
    if (response) {
      this.rawHeaders = { ...response.headers };
      this.#guarded(() => this.#handler.onResponseStart?.(this, response.status, this.rawHeaders ?? {}));
    }
    this.#goOn();
    return 'after-promises'; // The client attaches its reader.
  };

  #deliver: Step = () => {
    const chunk = this.#exchange.chunks[this.#nextChunk++];
    if (chunk) this.#guarded(() => this.#handler.onResponseData?.(this, chunk.bytes as Buffer));
    this.#goOn();
    return 'go-on';
  };

  #end: Step = () => {
    const { end } = this.#exchange;
    if (end.how === 'complete') {
      this.#done = true;
      this.#onDone(this);
      this.#handler.onResponseEnd?.(this, {});
    } else {
      this.#fail(new ReplayedEnding(end));
    }
    return 'after-turn'; // Streams announce their end some ticks later.
  };

  /** Plans the next step, unless there is one, or none is wanted. */
  #goOn(): void {
    if (this.paused || this.#cancel) return;
    const chunk = this.#exchange.chunks[this.#nextChunk];
    if (chunk) this.#after(chunk.at, this.#deliver);
    else this.#after(this.#exchange.end.at, this.#end);
  }

  #after(ms: number, step: Step): void {
    if (this.#done) return;
    this.#cancel = this.#timeline.at(this.#sentAt + ms, () => {
      this.#cancel = undefined;
      return step();
    });
  }

  #guarded(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.abort(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #fail(reason: Error): void {
    if (this.#done) return;
    this.#done = true;
    this.aborted = true;
    this.reason = reason;
    this.#cancel?.();
    this.#cancel = undefined;
    this.#onDone(this);
    this.#handler.onResponseError?.(this, reason);
  }
}
