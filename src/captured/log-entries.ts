import { flawAt, type Source } from './source.ts';

/** An element of an array in a JSON text. */
export interface ArrayElement {
  /** From 1. */
  number: number;
  /** Where it begins in the source, in bytes. */
  offset: number;
  bytes: Buffer;
}

const [quote, backslash, comma, colon] = [...Buffer.from('"\\,:')] as [number, number, number, number];
const [openArray, closeArray, openObject, closeObject] = [...Buffer.from('[]{}')] as [number, number, number, number];

/**
 * The objects in the array at `log.entries`, one at a time, so that no more than one of them is in memory. Looks at brackets,
 * strings and commas only: whether an object is sound JSON is for its reader to say. `count` is 0 when there is no such array.
 *
 * @throws HarnessError E_CONFIG naming the place where the text is cut off or something else stands instead of an object
 */
export async function* logEntries(source: Source): AsyncGenerator<ArrayElement> {
  const scan = new EntryScan();
  let offset = 0;
  for await (const piece of source.open()) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    yield* scan.read(bytes, offset);
    if (scan.flaw !== null) throw await flawAt(source, scan.flaw.offset, scan.flaw.what);
    offset += bytes.length;
  }
  if (!scan.closed) {
    const where = scan.count === 0 ? '' : `, ${scan.inside ? 'in' : 'after'} entry ${scan.count}`;
    throw await flawAt(source, offset, `the file ends here${where}, before its brackets are closed`);
  }
  if (!scan.found) throw await flawAt(source, 0, 'expected an HTTP archive with log.entries');
}

/** The state between two pieces of the text. */
class EntryScan {
  count = 0;
  /** Within an element. */
  inside = false;
  found = false;
  closed = false;
  flaw: { offset: number; what: string } | null = null;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #lastString = '';
  /** The keys we are under, for the outer two levels. */
  #keys: [string, string] = ['', ''];
  #inArray = false;
  #wantsElement = true;
  #parts: Buffer[] = [];
  #start = 0;

  *read(piece: Buffer, base: number): Generator<ArrayElement> {
    let from = 0;
    let index = 0;
    while (index < piece.length) {
      if (this.#inString) {
        index = this.#skipString(piece, index);
        continue;
      }
      const byte = piece[index] ?? 0;
      if (this.#inArray && this.#depth === 3 && !this.#separates(byte)) {
        this.flaw = {
          offset: base + index,
          what: `expected ${this.#wantsElement ? 'an object' : 'a comma'} after entry ${this.count}`,
        };
        return;
      }
      if (this.#inArray && this.#depth === 3 && byte === openObject) {
        this.count += 1;
        this.inside = true;
        this.#start = base + index;
        from = index;
      }
      this.#step(byte);
      index += 1;
      if (this.inside && this.#depth === 3) {
        yield {
          number: this.count,
          offset: this.#start,
          bytes: Buffer.concat([...this.#parts, piece.subarray(from, index)]),
        };
        this.#parts = [];
        this.inside = false;
      }
    }
    // Copied, for whoever made the piece may use its memory again.
    if (this.inside) this.#parts.push(Buffer.from(piece.subarray(from)));
  }

  /** Whether a byte may stand between two elements. */
  #separates(byte: number): boolean {
    if (byte === openObject && this.#wantsElement) {
      this.#wantsElement = false;
      return true;
    }
    if (byte === comma && !this.#wantsElement) {
      this.#wantsElement = true;
      return true;
    }
    return byte <= 32 || (byte === closeArray && (!this.#wantsElement || this.count === 0));
  }

  #step(byte: number): void {
    switch (byte) {
      case quote:
        this.#inString = true;
        this.#lastString = '';
        break;
      case colon:
        if (this.#depth === 1 || this.#depth === 2) this.#keys[this.#depth - 1] = this.#lastString;
        break;
      case openArray:
      case openObject:
        if (byte === openArray && this.#depth === 2 && this.#keys.join('.') === 'log.entries') {
          this.#inArray = true;
          this.found = true;
        }
        this.#depth += 1;
        break;
      case closeArray:
      case closeObject:
        this.#depth -= 1;
        if (this.#depth === 2) this.#inArray = false;
        if (this.#depth === 0) this.closed = true;
        break;
    }
  }

  /** Index after the string's end, or after the piece when it goes on. */
  #skipString(piece: Buffer, start: number): number {
    let index = start;
    if (this.#escaped) {
      this.#escaped = false;
      index += 1;
    }
    for (;;) {
      const end = piece.indexOf(quote, index);
      const stop = end === -1 ? piece.length : end;
      let backslashes = 0;
      while (stop - backslashes - 1 >= index && piece[stop - backslashes - 1] === backslash) backslashes += 1;
      const escaping = backslashes % 2 === 1;
      if (end === -1) {
        this.#escaped = escaping;
        this.#remember(piece, start, stop);
        return stop;
      }
      if (!escaping) {
        this.#remember(piece, start, stop);
        this.#inString = false;
        return end + 1;
      }
      index = end + 1;
    }
  }

  /** Keys are short, and only those of the outer levels matter. */
  #remember(piece: Buffer, start: number, end: number): void {
    if (this.#depth <= 2 && this.#lastString.length < 20)
      this.#lastString += piece.toString('latin1', start, Math.min(end, start + 20));
  }
}
