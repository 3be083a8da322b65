import { join } from 'node:path';
import { ageDays, isStale, MAX_AGE_DAYS } from '../cassettes/age.ts';
import { canonicalBody } from '../cassettes/canonical.ts';
import { type Cassette, providerCredential, type Recording } from '../cassettes/format.ts';
import { Recordings } from '../cassettes/recordings.ts';
import { refragment } from '../cassettes/refragment.ts';
import { redactor } from '../cassettes/redact.ts';
import { cassettePath, readCassette, recordCommand } from '../cassettes/store.ts';
import { strayCassettes } from '../cassettes/strays.ts';
import { HarnessError } from '../errors.ts';
import { ionet } from '../provider.ts';
import { type Dispatched, ReplayDispatcher } from './replay-dispatcher.ts';
import type { CaseRef, Credential, Session, Target } from './target.ts';
import { realTimeline, VirtualTimeline } from './timeline.ts';

/** Where the recorded calls went. Shown and matched, never contacted. */
const BASE_URL = 'https://openrouter.ai/api/v1';
const PROVIDER_URL = ionet.baseUrl;

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
  /** What recording again takes beside the case, such as `--suites mine`. */
  recordWith?: string;
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
      const cassette = await readCassette(fixturesDir, ref, options.recordWith);
      refuseStale(cassette, options);
      return replaySession(cassette, options);
    },
    async close() {},
  };
}

function replaySession(cassette: Cassette, { delivery, recordWith, seed = '' }: ReplayOptions): Session {
  // Two APIs with paths in common: what was asked of one never answers for the other.
  const ofProvider = (recording: Recording) => recording.credential === providerCredential;
  const routed = new Recordings(cassette, (recording) => !ofProvider(recording), recordWith);
  const direct = new Recordings(cassette, ofProvider, recordWith);
  const provider = cassette.exchanges.some(ofProvider)
    ? { name: providerCredential, key: `replay-${providerCredential}`, baseUrl: PROVIDER_URL }
    : undefined;
  const timeline = delivery === 'timed' ? realTimeline : new VirtualTimeline(Date.parse(cassette.recordedAt));
  const label = 'byokc-replay';
  const keys = new Map([['label', label]]);
  /** Of credentials, by the header they are sent in. */
  const names = new Map<string | undefined, string>([[undefined, 'no-key']]);
  if (provider !== undefined) names.set(`Bearer ${provider.key}`, provider.name);
  let redact = redactor(keys, ionet.keyPattern);
  let refused: unknown;

  // A scenario sends the same body under several credentials.
  const bodies = new Map<string, string>();
  /** What was replaced when a request was recorded is replaced before it is compared. */
  const bodyOf = (text: string) => {
    const known = bodies.get(text);
    if (known !== undefined) return known;
    const body = canonicalBody(parsed(redact.text(text)));
    bodies.set(text, body);
    return body;
  };

  const answer = ({ baseUrl, method, path, headers, body }: Dispatched) => {
    try {
      const asked = { method, path: redact.text(path), headers, body: bodyOf(body) };
      const recordings = baseUrl === PROVIDER_URL ? direct : routed;
      const exchange = recordings.take(asked, names.get(headers['authorization']));
      return delivery === 'refragment' ? { ...exchange, chunks: refragment(exchange.chunks, seed) } : exchange;
    } catch (error) {
      refused ??= error;
      throw error;
    }
  };
  const dispatcher = new ReplayDispatcher({ baseUrls: [BASE_URL, PROVIDER_URL], answer, timeline });

  return {
    baseUrl: BASE_URL,
    dispatcher,
    clock: timeline.clock,
    origin: { recordedFrom: cassette.recordedFrom, recordedAt: cassette.recordedAt },
    label,
    ...(provider && { provider }),
    ...(cassette.recordedFrom === 'sandbox' && { sandbox: true }),
    async credential(given): Promise<Credential> {
      if (given === 'no-key') return { name: given, key: null };
      const key = `replay-${given}`;
      keys.set(given, key);
      names.set(`Bearer ${key}`, given);
      redact = redactor(keys, ionet.keyPattern);
      bodies.clear();
      return { name: given, key };
    },
    async close(outcome) {
      await dispatcher.destroy();
      if (outcome === 'failed') return;
      // A client may have taken the refusal for a network error; it must not pass for one.
      if (refused) throw refused;
      routed.refuseUnused();
      direct.refuseUnused();
    },
  };
}

function parsed(body: string): unknown {
  if (body === '') return undefined;
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
