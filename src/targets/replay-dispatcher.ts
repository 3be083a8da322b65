import { Dispatcher, errors } from 'undici';
import { HarnessError } from '../errors.ts';
import type { WireExchange } from '../exchange/exchange.ts';
import { type Deliveries, Delivery } from './delivery.ts';
import type { Timeline } from './timeline.ts';

/** A request as it would go over the wire. */
export interface Dispatched {
  /** The one it goes to; absent when it is none of those that were recorded. */
  baseUrl: string | undefined;
  method: string;
  /** Path and query below the base URL. */
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Empty for a request without a body. */
  body: string;
}

interface DispatcherOptions {
  /** Of the APIs that were recorded. */
  baseUrls: readonly string[];
  /** Finds the recording of a request; what it throws reaches the caller of the request. */
  answer(request: Dispatched): WireExchange;
  timeline: Timeline;
}

/** An undici dispatcher that answers from recordings and owns no socket. */
export class ReplayDispatcher extends Dispatcher {
  readonly #baseUrls: readonly string[];
  readonly #answer: DispatcherOptions['answer'];
  readonly #deliveries: Deliveries;
  #closed = false;

  constructor({ baseUrls, answer, timeline }: DispatcherOptions) {
    super();
    this.#baseUrls = baseUrls;
    this.#answer = answer;
    this.#deliveries = { timeline, open: new Set() };
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (this.#closed) throw new errors.ClientClosedError();
    const exchange = this.#answer(dispatched(options, this.#baseUrls));
    new Delivery(exchange, handler, this.#deliveries).start();
    return true;
  }

  /** Ends what is still under way. */
  override async destroy(): Promise<void> {
    this.#closed = true;
    for (const delivery of this.#deliveries.open) delivery.abort(new errors.ClientDestroyedError());
  }

  override close(): Promise<void> {
    return this.destroy();
  }
}

function dispatched(
  { origin, path, method, headers, body }: Dispatcher.DispatchOptions,
  baseUrls: readonly string[],
): Dispatched {
  const url = String(origin) + path;
  const baseUrl = baseUrls.find((base) => url.startsWith(`${base}/`));
  return {
    baseUrl,
    method,
    path: baseUrl === undefined ? `/${url}` : url.slice(baseUrl.length),
    headers: lowerCased(headers),
    body: textOf(body),
  };
}

function textOf(body: Dispatcher.DispatchOptions['body']): string {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  throw new HarnessError(
    'E_INTERNAL',
    'a replay matches a request by its whole body: expected text or bytes, found a stream',
  );
}

function lowerCased(headers: Dispatcher.DispatchOptions['headers']): Record<string, string> {
  if (Array.isArray(headers) || Symbol.iterator in (headers ?? {})) {
    throw new HarnessError('E_INTERNAL', 'a replay expects the headers of a request as an object, found a list');
  }
  const lower: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) lower[name.toLowerCase()] = String(value);
  return lower;
}
