import { isUtf8 } from 'node:buffer';
import type { Chunk } from '../exchange/exchange.ts';
import type { RecordedChunk } from './format.ts';

/** Writes a chunk in the most readable form that gives back exactly its bytes. */
export function encodeChunk(chunk: Chunk): RecordedChunk {
  const at = roundMs(chunk.at);
  const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength);
  if (!isUtf8(bytes)) return { at, base64: bytes.toString('base64') };
  const text = bytes.toString();
  return { at, ...(compactJson(text) ?? { text }) };
}

/** The bytes a recorded chunk stands for. */
export function decodeChunk(chunk: RecordedChunk): Buffer {
  if (chunk.base64 !== undefined) return Buffer.from(chunk.base64, 'base64');
  return Buffer.from(chunk.text ?? `${chunk.blanks ?? ''}${JSON.stringify(chunk.json)}`);
}

/** Milliseconds to three decimals, as a cassette keeps them. */
export function roundMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}

/**
 * A whole JSON answer as a value, so that a reviewer sees lines and not one long string: only when writing it again gives the
 * same text. OpenRouter sends blanks in front of an answer to keep the connection alive (seen in every answer since 2026-04).
 */
function compactJson(text: string): { blanks?: string; json: unknown } | undefined {
  const blanks = /^[ \t\r\n]*/.exec(text)?.[0] ?? '';
  const rest = text.slice(blanks.length);
  if (!rest.startsWith('{') && !rest.startsWith('[')) return undefined;
  try {
    const json: unknown = JSON.parse(rest);
    if (JSON.stringify(json) !== rest) return undefined;
    return blanks === '' ? { json } : { blanks, json };
  } catch {
    return undefined; // An unfinished or otherwise broken body is text like any other.
  }
}
