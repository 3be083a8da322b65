import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import { cutCharacters } from '../cut-characters.ts';
import { sendJson } from '../http.ts';
import type { Random } from '../random.ts';

/** What goes wrong with an answer. */
export type Failure =
  | { kind: 'status'; status: number; body: string; headers?: Record<string, string> }
  /** Nothing comes, and the connection stays open. */
  | { kind: 'silence' }
  /** The connection breaks after that many stream events; 0 is before any answer. A JSON answer breaks in its middle. */
  | { kind: 'cut'; afterEvents: number }
  /** 200, then an error as a stream event after that many others. A JSON answer is a 500 instead. */
  | { kind: 'stream-error'; afterEvents: number; error?: unknown }
  /** Nothing more comes after that many stream events, and the connection stays open. */
  | { kind: 'stall'; afterEvents: number }
  /** An answer without a word, and without a finish reason. */
  | { kind: 'empty' }
  /** The answer ends for a reason of the provider's own. */
  | { kind: 'finish'; reason: string };

export interface Delivery {
  clock: Clock;
  random: Random;
  response: ServerResponse;
  /** Aborted when nobody is waiting any more. */
  gone: AbortSignal;
  failure: Failure | undefined;
}

const FIRST_TOKEN_MS = 180;
const PIECE_MS = 12;
const REST_OF_CHARACTER_MS = 1;
/** Longer than any time limit. */
const SILENCE_MS = 3_600_000;
const ERROR = { error: { message: 'Internal server error', type: 'InternalServerError', param: null, code: 500 } };

/** Does what a failure that comes instead of an answer does; false when there is an answer to give first. */
export async function failInstead({ clock, response, gone, failure }: Delivery): Promise<boolean> {
  if (failure?.kind === 'silence') {
    await clock.sleep(SILENCE_MS, gone);
    response.destroy();
    return true;
  }
  if (failure?.kind === 'status') {
    response.writeHead(failure.status, { 'content-type': 'application/json', ...failure.headers }).end(failure.body);
    return true;
  }
  if (failure?.kind === 'cut' && failure.afterEvents === 0) {
    response.destroy();
    return true;
  }
  return false;
}

/** Sends `completion` once as many tokens would have been written. */
export async function deliverWhole(completion: unknown, tokens: number, delivery: Delivery): Promise<void> {
  const { clock, response, gone, failure } = delivery;
  await clock.sleep(FIRST_TOKEN_MS + tokens * (PIECE_MS / 3), gone);
  if (failure?.kind === 'stream-error') return sendJson(response, 500, ERROR);
  if (failure?.kind !== 'cut') return sendJson(response, 200, completion);
  const body = Buffer.from(JSON.stringify(completion));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.write(body.subarray(0, body.length / 2));
  await clock.sleep(PIECE_MS, gone);
  response.destroy();
}

/** Sends each of `events` at the pace of a model, the last one together with `[DONE]`. */
export async function deliverStream(events: readonly unknown[], delivery: Delivery): Promise<void> {
  const { clock, response, gone, failure, random } = delivery;
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  for (const [index, event] of events.entries()) {
    await clock.sleep(index === 0 ? FIRST_TOKEN_MS : PIECE_MS, gone);
    if (failure?.kind === 'cut' && failure.afterEvents === index) return void response.destroy();
    if (failure?.kind === 'stream-error' && failure.afterEvents === index) {
      return void response.end(`${frame(failure.error ?? ERROR)}data: [DONE]\n\n`);
    }
    if (failure?.kind === 'stall' && failure.afterEvents === index) {
      await clock.sleep(SILENCE_MS, gone);
      return void response.destroy();
    }
    const text = index === events.length - 1 ? `${frame(event)}data: [DONE]\n\n` : frame(event);
    const [start, rest] = cutCharacters(Buffer.from(text), random);
    response.write(start);
    if (rest === undefined) continue;
    await clock.sleep(REST_OF_CHARACTER_MS, gone);
    response.write(rest);
  }
  response.end();
}

function frame(event: unknown): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
