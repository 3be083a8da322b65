import { createHash } from 'node:crypto';
import type { Chunk } from '../exchange/exchange.ts';

/** Most pieces are shorter than an event, some longer than several. */
const LONGEST = 400;

/**
 * The same bytes in other pieces, chosen by the seed. Cuts fall inside characters and between the bytes of a line end more often
 * than chance would have it. A piece comes when its last byte did.
 */
export function refragment(chunks: readonly Chunk[], seed: string): Chunk[] {
  const bytes = Buffer.concat(chunks.map((chunk) => chunk.bytes));
  const random = randomOf(`${seed}:${bytes.length}`);
  const cuts = new Set<number>([bytes.length]);
  for (let at = 0; at < bytes.length; at += 1 + Math.floor(random() ** 3 * LONGEST)) cuts.add(at);
  for (let at = 1; at < bytes.length; at++) if (isDelicate(bytes, at) && random() < 0.5) cuts.add(at);

  const pieces: Chunk[] = [];
  const arrival = arrivals(chunks);
  let start = 0;
  for (const end of [...cuts].sort((a, b) => a - b)) {
    if (end > start) pieces.push({ at: arrival(end - 1), bytes: bytes.subarray(start, end) });
    start = end;
  }
  return pieces;
}

/** A cut here would fall inside a character or a line end. */
function isDelicate(bytes: Buffer, at: number): boolean {
  const [before, after] = [bytes[at - 1] ?? 0, bytes[at] ?? 0];
  const continues = (after & 0xc0) === 0x80;
  const lineEnd = (byte: number) => byte === 0x0a || byte === 0x0d;
  return continues || (lineEnd(before) && lineEnd(after));
}

/** When each byte came, asked for in ascending order. */
function arrivals(chunks: readonly Chunk[]): (offset: number) => number {
  let index = 0;
  let end = chunks[0]?.bytes.length ?? 0;
  return (offset) => {
    while (offset >= end && index < chunks.length - 1) end += chunks[++index]?.bytes.length ?? 0;
    return chunks[index]?.at ?? 0;
  };
}

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
function randomOf(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE();
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
