import type { Random } from './random.ts';

/**
 * Cuts `bytes` in two inside a character of several bytes, about every other time that there is one. A transport is free to cut
 * where it likes, so a reader that decodes chunk by chunk must be found out.
 */
export function cutCharacters(bytes: Buffer, random: Random): Buffer[] {
  // Continuation bytes of UTF-8 are 10xxxxxx.
  const inside = [...bytes.keys()].filter((index) => ((bytes[index] ?? 0) & 0xc0) === 0x80);
  if (inside.length === 0 || random.next() < 0.5) return [bytes];
  const at = inside[random.int(0, inside.length - 1)] ?? 0;
  return [bytes.subarray(0, at), bytes.subarray(at)];
}
