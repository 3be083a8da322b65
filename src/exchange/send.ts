import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import type { Budget } from './budget.ts';
import { Deadlines } from './deadlines.ts';
import { endingOf } from './ending.ts';
import type { Call, Chunk, Ending, WireExchange } from './exchange.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { mediaType } from './media-type.ts';
import { streamReader } from './stream-reader.ts';
import { wireRequest } from './wire-request.ts';

export type { Limits } from './limits.ts';

export interface SendOptions {
  /** Paths of calls are below it; no trailing slash. */
  baseUrl: string;
  /** Should not speak HTTP/2: a stream that the server cancels there looks complete (undici 8.12 on Node 24, 2026-11-23). */
  dispatcher: Dispatcher;
  clock: Clock;
  limits?: Partial<Limits>;
  /** Ends the exchange as `aborted`. */
  signal?: AbortSignal;
  /** Goes away on purpose, as `aborted`, with the chunk that completes this many events of an event stream. */
  leaveAfter?: number;
  /** Asked before anything is sent, and told of the answer. */
  budget?: Budget | undefined;
}

/**
 * Makes one call and returns all that came back, chunk by chunk as the transport delivered it. Times count from the call,
 * connecting included. No redirect is followed and nothing is retried.
 *
 * Whatever the network does is an ending of the exchange; every limit ends it in its own code and destroys the connection.
 *
 * @throws {HarnessError} for a call that no request can be made of or that the budget has nothing left for, and whatever HarnessError
 * the dispatcher gives
 */
export async function send(call: Call, options: SendOptions): Promise<WireExchange> {
  const settle = await options.budget?.charge(call);
  let exchange: WireExchange | null = null;
  try {
    exchange = await transfer(call, options);
    return exchange;
  } finally {
    settle?.(exchange);
  }
}

async function transfer(call: Call, options: SendOptions): Promise<WireExchange> {
  const { clock, dispatcher, signal, leaveAfter = Infinity } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const { body, headers, ...address } = wireRequest(call, options.baseUrl);
  const sent = { ...call, headers };
  if (signal?.aborted) return { call: sent, chunks: [], end: { how: 'aborted', at: 0 } };

  const sentAt = clock.now();
  const elapsed = () => Math.round((clock.now() - sentAt) * 1000) / 1000;
  const chunks: Chunk[] = [];
  let response: WireExchange['response'];
  let connected = false;
  const ended = Promise.withResolvers<Ending>();
  const transport = new AbortController();
  const leave = (ending: Ending) => {
    ended.resolve(ending);
    transport.abort();
  };
  const fail = (error: unknown) => {
    try {
      ended.resolve(endingOf(error, connected, elapsed()));
    } catch (harnessError) {
      ended.reject(harnessError);
    }
  };
  const deadlines = new Deadlines(clock, limits, (code) => leave({ how: 'timed-out', at: elapsed(), code }));
  const onAbort = () => leave({ how: 'aborted', at: elapsed() });
  signal?.addEventListener('abort', onAbort, { once: true });

  const onAnswer = (answer: Dispatcher.ResponseData) => {
    response = { status: answer.statusCode, headers: joined(answer.headers), headersAt: elapsed() };
    const eventStream = mediaType(response.headers) === 'text/event-stream';
    deadlines.answered(eventStream);
    let sizeBytes = 0;
    let events = 0;
    const reader = streamReader((item) => {
      if (item.kind === 'event') events += 1;
    });
    answer.body
      .on('data', (bytes: Buffer) => {
        if (transport.signal.aborted) return;
        const chunk = { at: elapsed(), bytes };
        chunks.push(chunk);
        deadlines.receivedBytes();
        sizeBytes += bytes.length;
        if (sizeBytes > limits.body) return leave({ how: 'too-large', at: chunk.at });
        if (!eventStream || (events > 0 && leaveAfter === Infinity)) return;
        reader.push(chunk);
        if (events > 0) deadlines.receivedEvent();
        if (events >= leaveAfter) leave({ how: 'aborted', at: chunk.at });
      })
      .on('end', () => ended.resolve({ how: 'complete', at: elapsed() }))
      .on('error', fail);
    // Primes the stream, so that each chunk is handed over at once rather than gathered until the next tick.
    answer.body.read(0);
  };

  dispatcher
    .compose(
      watchConnection(() => {
        connected = true;
        deadlines.connected();
      }),
    )
    .request(
      // Our own limits are kept with the clock handed in; those of undici are switched off.
      {
        ...address,
        method: call.method,
        headers,
        body,
        signal: transport.signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      (error, answer) => (error ? fail(error) : onAnswer(answer)),
    );

  try {
    const end = await ended.promise;
    return { call: sent, ...(response && { response }), chunks, end };
  } finally {
    deadlines.stop();
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Calls `onConnected` when the request is about to be written to a connection. */
function watchConnection(onConnected: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        onConnected();
        handler.onRequestStart?.(controller, context);
      },
      onResponseStart: (...response) => handler.onResponseStart?.(...response),
      onResponseData: (...data) => handler.onResponseData?.(...data),
      onResponseEnd: (...end) => handler.onResponseEnd?.(...end),
      onResponseError: (...error) => handler.onResponseError?.(...error),
    });
}

function joined(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value = '']) => [
    name,
    Array.isArray(value) ? value.join(', ') : value,
  ]);
  return Object.fromEntries(entries);
}
