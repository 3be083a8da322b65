import { Dispatcher, errors } from 'undici';
import type { Asked } from '../cassettes/canonical.ts';
import { HarnessError } from '../errors.ts';
import type { WireExchange } from '../exchange/exchange.ts';
import { Delivery } from './delivery.ts';
import type { Timeline } from './timeline.ts';

interface ReplayOptions {
  baseUrl: string;
  /** Finds the recording of a request; what it throws reaches the caller of the request. */
  answer(asked: Asked): WireExchange;
  timeline: Timeline;
}

/** An undici dispatcher that answers from recordings and owns no socket. */
export class ReplayDispatcher extends Dispatcher {
  readonly #options: ReplayOptions;
  readonly #open = new Set<Delivery>();
  #closed = false;

  constructor(options: ReplayOptions) {
    super();
    this.#options = options;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (this.#closed) throw new errors.ClientClosedError();
    const { baseUrl, answer, timeline } = this.#options;
    const delivery = new Delivery(answer(askedFor(options, new URL(baseUrl))), handler, {
      timeline,
      onDone: (done) => this.#open.delete(done),
    });
    this.#open.add(delivery);
    delivery.start();
    return true;
  }

  /** Ends what is still under way; there is no connection to wait for. */
  override destroy(...args: unknown[]): Promise<void> {
    this.#closed = true;
    const error = args[0] instanceof Error ? args[0] : new errors.ClientDestroyedError();
    for (const delivery of this.#open) delivery.abort(error);
    const callback = args.find((arg) => typeof arg === 'function');
    if (callback) queueMicrotask(() => callback());
    return Promise.resolve();
  }

  override close(...args: unknown[]): Promise<void> {
    return this.destroy(...args);
  }
}

function askedFor({ origin, path, method, headers, body }: Dispatcher.DispatchOptions, base: URL): Asked {
  const prefix = base.pathname.replace(/\/$/, '');
  const below = String(origin) === base.origin && path.startsWith(`${prefix}/`);
  const parsed = bodyOf(body);
  return {
    method,
    path: below ? path.slice(prefix.length) : `/${String(origin)}${path}`,
    headers: lowerCased(headers),
    ...(parsed !== undefined && { body: parsed }),
  };
}

function bodyOf(body: Dispatcher.DispatchOptions['body']): unknown {
  if (body === undefined || body === null || body === '') return undefined;
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    throw new HarnessError(
      'E_INTERNAL',
      'a replay matches a request by its whole body: expected text or bytes, found a stream',
    );
  }
  const text = typeof body === 'string' ? body : Buffer.from(body).toString();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text; // Not JSON: matched as the text it is, by a recording of the same.
  }
}

function lowerCased(headers: Dispatcher.DispatchOptions['headers']): Record<string, string> {
  const entries =
    Symbol.iterator in (headers ?? {}) ? [...(headers as Iterable<[string, string]>)] : Object.entries(headers ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}
