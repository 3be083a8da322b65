import { createReadStream } from 'node:fs';
import { HarnessError } from '../errors.ts';

/** Bytes that can be read more than once. */
export interface Source {
  /** As shown to people. */
  name: string;
  open(): AsyncIterable<Uint8Array>;
}

/** A file, read piece by piece. */
export function fileSource(file: string): Source {
  return { name: file, open: () => readPieces(file) };
}

/** What has been read already. */
export function bytesSource(name: string, bytes: Uint8Array): Source {
  return {
    name,
    open: async function* () {
      yield bytes;
    },
  };
}

/** All of it; memory is the caller's affair. */
export async function readWhole(source: Source): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source.open()) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The first piece. */
export async function readHead(source: Source): Promise<Buffer> {
  for await (const piece of source.open()) return Buffer.from(piece);
  return Buffer.alloc(0);
}

/**
 * What is wrong with a source, and where. The source is read again up to there to count its lines.
 *
 * @param offset in bytes
 */
export async function flawAt(source: Source, offset: number, what: string): Promise<HarnessError> {
  let [line, lineStart, read] = [1, 0, 0];
  for await (const piece of source.open()) {
    for (let index = piece.indexOf(10); index !== -1 && read + index < offset; index = piece.indexOf(10, index + 1)) {
      line += 1;
      lineStart = read + index + 1;
    }
    read += piece.length;
    if (read >= offset) break;
  }
  const column = offset - lineStart + 1;
  return new HarnessError(
    'E_CONFIG',
    `${source.name} is broken at line ${line}, column ${column} (byte ${offset}): ${what}.`,
  );
}

async function* readPieces(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file) as AsyncIterable<Uint8Array>;
  } catch (cause) {
    throw new HarnessError('E_CONFIG', `${file} cannot be read: ${(cause as NodeJS.ErrnoException).code}.`, { cause });
  }
}
