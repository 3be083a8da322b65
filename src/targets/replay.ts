import { join } from 'node:path';
import { ageDays, isStale, MAX_AGE_DAYS } from '../cassettes/age.ts';
import type { Asked } from '../cassettes/canonical.ts';
import type { Cassette } from '../cassettes/format.ts';
import { Recordings } from '../cassettes/recordings.ts';
import { refragment } from '../cassettes/refragment.ts';
import { type Redactor, redactor } from '../cassettes/redact.ts';
import { cassettePath, readCassette, recordCommand } from '../cassettes/store.ts';
import { strayCassettes } from '../cassettes/strays.ts';
import { fromRecording } from '../cassettes/wire.ts';
import { HarnessError } from '../errors.ts';
import { ionet } from '../provider.ts';
import { type Dispatched, ReplayDispatcher } from './replay-dispatcher.ts';
import type { CaseRef, Credential, Session, Target } from './target.ts';
import { realTimeline, VirtualTimeline } from './timeline.ts';

/** Where the recorded calls went. Shown and matched, never contacted. */
const BASE_URL = 'https://openrouter.ai/api/v1';

/**
 * How recorded bodies reach the client: `fast` as recorded without waiting, `timed` at the recorded pace, `refragment` the same
 * bytes cut elsewhere. Verdicts are the same in all three.
 */
export type Delivery = 'fast' | 'timed' | 'refragment';

export interface ReplayOptions {
  fixturesDir: string;
  delivery: Delivery;
  /** Chooses the cuts of `refragment`. */
  seed?: string;
  /** Milliseconds since the Unix epoch, to tell the age of recordings. */
  now(): number;
  /** Accepts live recordings of any age. */
  allowStale: boolean;
}

/**
 * Exchanges from cassettes, without a key and without a network.
 *
 * Throws `E_CASSETTE` on opening when the recording is missing, broken, stale or there twice; on asking when a request was not
 * recorded, or not so often; on closing when a recording was not asked for.
 */
export function replayTarget(options: ReplayOptions): Target {
  const { fixturesDir } = options;
  let strays: ReadonlyMap<string, string[]> | undefined;
  return {
    name: 'replay',
    async open(ref) {
      strays ??= strayCassettes(fixturesDir);
      refuseStrays(ref, strays.get(cassettePath(ref)) ?? [], fixturesDir);
      const cassette = await readCassette(fixturesDir, ref);
      refuseStale(cassette, options);
      return replaySession(cassette, options);
    },
    async close() {},
  };
}

function replaySession(cassette: Cassette, { delivery, seed = '' }: ReplayOptions): Session {
  const recordings = new Recordings(cassette);
  const timeline = delivery === 'timed' ? realTimeline : new VirtualTimeline(Date.parse(cassette.recordedAt));
  const keys = new Map<string, string>();
  let redact = redactor(keys, ionet.keyPattern);
  let refused: unknown;

  const answer = (request: Dispatched) => {
    try {
      const exchange = fromRecording(recordings.take(askedBy(request, redact), nameOf(request, keys)));
      return delivery === 'refragment' ? { ...exchange, chunks: refragment(exchange.chunks, seed) } : exchange;
    } catch (error) {
      refused ??= error;
      throw error;
    }
  };
  const dispatcher = new ReplayDispatcher({ baseUrl: BASE_URL, answer, timeline });

  return {
    baseUrl: BASE_URL,
    dispatcher,
    clock: timeline.clock,
    origin: { recordedFrom: cassette.recordedFrom, recordedAt: cassette.recordedAt },
    ...(cassette.recordedFrom === 'sandbox' && { ledger: true }),
    async credential(given): Promise<Credential> {
      if (given === 'no-key') return { name: given, key: null };
      const key = `replay-${given}`;
      keys.set(given, key);
      redact = redactor(keys, ionet.keyPattern);
      return { name: given, key };
    },
    async close(outcome) {
      await dispatcher.destroy();
      if (outcome === 'failed') return;
      // A client may have taken the refusal for a network error; it must not pass for one.
      if (refused) throw refused;
      recordings.refuseUnused();
    },
  };
}

/** The credential a request is made with: `no-key` without one, undefined for a key that is none of ours. */
function nameOf({ headers }: Dispatched, keys: ReadonlyMap<string, string>): string | undefined {
  const { authorization } = headers;
  if (authorization === undefined) return 'no-key';
  return [...keys].find(([, key]) => authorization === `Bearer ${key}`)?.[0];
}

/** What was replaced when the request was recorded is replaced before it is compared. */
function askedBy({ method, path, headers, body }: Dispatched, redact: Redactor): Asked {
  return { method, path: redact.text(path), headers, ...(body !== '' && { body: parsed(redact.text(body)) }) };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body; // Matched as the text it is.
  }
}

function refuseStrays(ref: CaseRef, strays: string[], fixturesDir: string): void {
  if (strays.length === 0) return;
  const files = strays.map((path) => join(fixturesDir, path)).join(', ');
  throw new HarnessError(
    'E_CASSETTE',
    `${files}: claims the case that belongs in ${join(fixturesDir, cassettePath(ref))}. ` +
      `Delete it or move it there, or record again: ${recordCommand(ref)}`,
  );
}

function refuseStale(cassette: Cassette, { now, allowStale, fixturesDir }: ReplayOptions): void {
  if (allowStale || !isStale(cassette, now())) return;
  throw new HarnessError(
    'E_CASSETTE',
    `${join(fixturesDir, cassettePath(cassette))} was recorded live ${ageDays(cassette, now())} days ago, more than ${MAX_AGE_DAYS}. ` +
      'Record again with --target live, or accept it with --allow-stale',
  );
}
