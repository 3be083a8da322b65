import { HarnessError } from '../errors.ts';
import type { WireExchange } from '../exchange/exchange.ts';
import { type Asked, canonicalBody, canonicalRequest, inLines } from './canonical.ts';
import { similarity, unifiedDiff } from './diff.ts';
import type { Cassette, Recording } from './format.ts';
import { cassettePath, recordCommand } from './store.ts';
import { fromRecording } from './wire.ts';

interface Entry {
  number: number;
  key: string;
  credential: string;
  exchange: WireExchange;
}

/** The recordings of one cassette, each given out once: first in, first out per request. */
export class Recordings {
  readonly #cassette: Cassette;
  readonly #entries: readonly Entry[];
  /** Those not given out yet, by request; the next one last, where taking it costs nothing. */
  readonly #waiting: ReadonlyMap<string, Entry[]>;

  readonly #more: string;

  /** Of the cassette only the recordings that `holds` picks. `more` is what recording again takes, see `recordCommand`. */
  constructor(cassette: Cassette, holds: (recording: Recording) => boolean = () => true, more = '') {
    this.#cassette = cassette;
    this.#more = more;
    this.#entries = cassette.exchanges.flatMap((recording, index) =>
      holds(recording)
        ? {
            number: index + 1,
            key: canonicalRequest({ ...recording.request, body: canonicalBody(recording.request.body) }),
            credential: recording.credential,
            exchange: fromRecording(recording),
          }
        : [],
    );
    this.#waiting = Map.groupBy(this.#entries.toReversed(), ({ key }) => key);
  }

  /**
   * The recorded exchange of this request. Throws `E_CASSETTE` when there is none, with the nearest one and how it differs, or when it
   * was given out already. `credential` is left out when the request's key is none the session made.
   */
  take(asked: Asked, credential?: string): WireExchange {
    const key = canonicalRequest(asked);
    const waiting = this.#waiting.get(key) ?? [];
    const next = waiting.findLastIndex((entry) => isMadeWith(credential, entry));
    const [taken] = next === -1 ? [] : waiting.splice(next, 1);
    if (taken) return taken.exchange;
    throw this.#refusal(asked, key, credential);
  }

  /** Throws `E_CASSETTE` when something recorded was never asked for. */
  refuseUnused(): void {
    const unused = [...this.#waiting.values()].flat().sort((a, b) => a.number - b.number);
    if (unused.length === 0) return;
    const list = unused.map(({ number, exchange }) => `${what(exchange.call)} (exchange ${number})`);
    throw this.#error(`never asked for, though recorded: ${list.join(', ')}`);
  }

  #refusal(asked: Asked, key: string, credential: string | undefined): HarnessError {
    const same = this.#entries.filter((entry) => entry.key === key);
    const { length } = same.filter((entry) => isMadeWith(credential, entry));
    if (length > 0) {
      return this.#error(`${what(asked)} was asked for ${length + 1} times, but recorded ${length} times`);
    }
    if (same.length > 0) {
      const names = [...new Set(same.map((entry) => entry.credential))].join(', ');
      return this.#error(
        `${what(asked)} was recorded with the credential "${names}", but is asked for with "${credential}"`,
      );
    }
    return this.#error(`no recording of ${what(asked)}`, this.#nearest(key));
  }

  #nearest(key: string): string {
    const ranked = this.#entries
      .map((entry) => ({ entry, likeness: similarity(inLines(entry.key), inLines(key)) }))
      .sort((a, b) => b.likeness - a.likeness);
    const nearest = ranked[0]?.entry;
    if (!nearest) return 'The cassette is empty.';
    const from = { name: `recorded as exchange ${nearest.number}`, text: inLines(nearest.key) };
    return `The nearest recording differs so:\n${unifiedDiff(from, { name: 'asked for', text: inLines(key) })}`;
  }

  #error(message: string, detail = ''): HarnessError {
    const remedy = `If the scenario changed, record again: ${recordCommand(this.#cassette, this.#more, this.#cassette.recordedFrom)}`;
    return new HarnessError(
      'E_CASSETTE',
      `${cassettePath(this.#cassette)}: ${message}. ${remedy}\n${detail}`.trimEnd(),
    );
  }
}

function isMadeWith(credential: string | undefined, entry: Entry): boolean {
  return credential === undefined || entry.credential === credential;
}

function what({ method, path }: { method: string; path: string }): string {
  return `${method} ${path}`;
}
