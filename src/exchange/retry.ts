import type { WireExchange } from './exchange.ts';
import { readSkin } from './skin.ts';

/** What is known when one attempt has ended. */
interface Attempt {
  /** Statuses that the caller asked for: with one of these there is nothing to repeat. */
  expected: readonly number[];
  /** How often the call has been repeated so far. */
  repeats: number;
  /** Milliseconds since the Unix epoch. */
  now: number;
  /** In [0, 1). */
  random: number;
}

/** What to do about an attempt that was turned away, and why, in words. */
export type Again = { again: true; pauseMs: number; why: string } | { again: false; why: string };

const mostRepeats = 2;
/** Longest pause that anybody is made to wait when a server asks for one. */
export const mostPauseMs = 60_000;
const busy = new Set([429, 502, 503, 529]);

/**
 * Whether a call is to be made again: after a connection that failed and after 429, 502, 503 and 529, at most twice. Null when there
 * is nothing to do about it: it was answered, the answer is the one asked for, or it was repeated often enough.
 *
 * Never after an answer that is merely malformed: that is for the checks to say. And never where the first attempt may have made
 * something in the account, because there would be two then.
 */
export function whetherAgain(wire: WireExchange, { expected, repeats, now, random }: Attempt): Again | null {
  const { call, response, end } = wire;
  const unsure = call.method === 'POST' && readSkin({ call, json: undefined, stream: null }) === null;
  const met = response === undefined ? broken(wire, unsure) : busy.has(response.status);
  if (!met || (unsure && response?.status === 502)) return null;
  if (response !== undefined && expected.includes(response.status)) return null;
  const found = response === undefined ? [end.how, end.code].filter(Boolean).join(' ') : String(response.status);
  const why = `${call.method} ${call.path}: ${found}`;
  const askedMs = response === undefined ? 0 : pauseAskedMs(response.status, response.headers['retry-after'], now);
  if (askedMs > mostPauseMs) {
    return {
      again: false,
      why: `${why}, with Retry-After of ${Math.ceil(askedMs / 1_000)} s: longer than the ${mostPauseMs / 1_000} s this harness waits.`,
    };
  }
  if (repeats >= mostRepeats) return null;
  // Half of it is left to chance, so that callers turned away together do not come back together.
  const backOffMs = 500 * 2 ** repeats * (0.5 + random);
  return { again: true, pauseMs: Math.round(askedMs + backOffMs), why };
}

/** No answer, because there was no connection or it broke. A server that is merely slow is not asked again. */
function broken({ end }: WireExchange, unsure: boolean): boolean {
  if (end.how === 'not-connected' || (end.how === 'timed-out' && end.code === 'connect')) return true;
  return !unsure && (end.how === 'reset' || end.how === 'closed-early');
}

/** What an answer that turns a call away asks to wait: seconds or a date, https://www.rfc-editor.org/rfc/rfc9110#field.retry-after; else 0. */
export function pauseAskedMs(status: number, header: string | undefined, now: number): number {
  if (header === undefined || !busy.has(status)) return 0;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}
