import type { IncomingHttpHeaders } from 'node:http';
import type { World } from './openrouter/world.ts';

/** A request as it reached the OpenRouter side. */
export interface Heard {
  method: string;
  /** Path and query below the base URL. */
  path: string;
  headers: IncomingHttpHeaders;
}

/** How an answer begins. */
export interface Head {
  status: number;
  headers: Record<string, string>;
}

/** The connection breaks here. */
export const cut = Symbol('cut');

/** What goes out in one chunk. */
export type Piece = string | Buffer | typeof cut;

/** What stands between the OpenRouter side and its client, for one call. */
export interface Interference {
  /** Changes the body of the request. */
  hear?(body: unknown): unknown;
  head?(head: Head): Head;
  /** Everything that was to be sent, piece by piece; held back until the end of the answer. */
  body?(pieces: readonly string[]): readonly Piece[];
}

/**
 * Asked for every call before anything else happens. May change the world, which is how the sandbox lies about routing, keys and
 * money; what it returns changes what is heard and said.
 */
export type Interfere = (request: Heard, world: World) => Interference;
