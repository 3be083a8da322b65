import { HarnessError } from '../errors.ts';
import { type Asked, canonicalRequest } from './canonical.ts';
import { similarity, unifiedDiff } from './diff.ts';
import type { Cassette, Recording } from './format.ts';
import { cassettePath, recordCommand } from './store.ts';

interface Entry {
  number: number;
  key: string;
  recording: Recording;
  used: boolean;
}

/** The recordings of one cassette, each given out once: first in, first out per request. */
export class Recordings {
  readonly #cassette: Cassette;
  readonly #entries: Entry[];
  readonly #byKey: ReadonlyMap<string, Entry[]>;

  constructor(cassette: Cassette) {
    this.#cassette = cassette;
    this.#entries = cassette.exchanges.map((recording, index) => ({
      number: index + 1,
      key: canonicalRequest(recording.request),
      recording,
      used: false,
    }));
    this.#byKey = Map.groupBy(this.#entries, ({ key }) => key);
  }

  /**
   * The recording of this request. Throws `E_CASSETTE` when there is none, with the nearest one and how it differs, or when it
   * was given out already. `credential` is left out when the request's key is none the session made.
   */
  take(asked: Asked, credential?: string): Recording {
    const key = canonicalRequest(asked);
    const same = this.#byKey.get(key) ?? [];
    const mine = same.filter(({ recording }) => credential === undefined || recording.credential === credential);
    const next = mine.find(({ used }) => !used);
    if (next) {
      next.used = true;
      return next.recording;
    }
    if (mine.length > 0) {
      throw this.#error(`${what(asked)} was asked for ${mine.length + 1} times, but recorded ${mine.length} times`);
    }
    if (same.length > 0) {
      const names = [...new Set(same.map(({ recording }) => recording.credential))].join(', ');
      throw this.#error(
        `${what(asked)} was recorded with the credential "${names}", but is asked for with "${credential}"`,
      );
    }
    throw this.#error(`no recording of ${what(asked)}`, this.#nearest(key));
  }

  /** Throws `E_CASSETTE` when something recorded was never asked for. */
  refuseUnused(): void {
    const unused = this.#entries.filter(({ used }) => !used);
    if (unused.length === 0) return;
    const list = unused.map(({ number, recording }) => `${what(recording.request)} (exchange ${number})`);
    throw this.#error(`never asked for, though recorded: ${list.join(', ')}`);
  }

  #nearest(key: string): string {
    const ranked = this.#entries
      .map((entry) => ({ entry, likeness: similarity(entry.key, key) }))
      .sort((a, b) => b.likeness - a.likeness);
    const nearest = ranked[0]?.entry;
    if (!nearest) return 'The cassette is empty.';
    const from = { name: `recorded as exchange ${nearest.number}`, text: nearest.key };
    return `The nearest recording differs so:\n${unifiedDiff(from, { name: 'asked for', text: key })}`;
  }

  #error(message: string, detail = ''): HarnessError {
    const remedy = `If the scenario changed, record again: ${recordCommand(this.#cassette)}`;
    return new HarnessError(
      'E_CASSETTE',
      `${cassettePath(this.#cassette)}: ${message}. ${remedy}\n${detail}`.trimEnd(),
    );
  }
}

function what({ method, path }: { method: string; path: string }): string {
  return `${method} ${path}`;
}
