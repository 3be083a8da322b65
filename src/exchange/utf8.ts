/** Lead bytes of UTF-8: how many bytes follow, and the range of the first that follows (Unicode 16, table 3-7). */
function lead(byte: number): { following: number; low: number; high: number } | null {
  if (byte >= 0xc2 && byte <= 0xdf) return { following: 1, low: 0x80, high: 0xbf };
  if (byte === 0xe0) return { following: 2, low: 0xa0, high: 0xbf };
  if (byte === 0xed) return { following: 2, low: 0x80, high: 0x9f };
  if (byte > 0xe0 && byte <= 0xef) return { following: 2, low: 0x80, high: 0xbf };
  if (byte === 0xf0) return { following: 3, low: 0x90, high: 0xbf };
  if (byte === 0xf4) return { following: 3, low: 0x80, high: 0x8f };
  if (byte > 0xf0 && byte < 0xf4) return { following: 3, low: 0x80, high: 0xbf };
  return null;
}

/**
 * The ill-formed sequences of a UTF-8 text as byte ranges, one for each U+FFFD a decoder puts in their place. `cut` says
 * that the text ended inside a character that could still have become right.
 */
export function illFormed(bytes: Uint8Array): { from: number; to: number; cut: boolean }[] {
  const found: { from: number; to: number; cut: boolean }[] = [];
  let from = 0;
  while (from < bytes.length) {
    const first = bytes[from] ?? 0;
    if (first < 0x80) {
      from += 1;
      continue;
    }
    const character = lead(first);
    const end = from + 1 + (character?.following ?? 0);
    let to = from + 1;
    let { low, high } = character ?? { low: 1, high: 0 };
    while (to < end && to < bytes.length && (bytes[to] ?? 0) >= low && (bytes[to] ?? 0) <= high) {
      to += 1;
      [low, high] = [0x80, 0xbf];
    }
    if (character === null || to < end) {
      found.push({ from, to, cut: character !== null && to === bytes.length });
    }
    from = to;
  }
  return found;
}
