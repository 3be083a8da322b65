import { brotliDecompressSync, unzipSync, zstdDecompressSync } from 'node:zlib';
import type { SkipReason } from './entry.ts';

/** `content` of a response in an HTTP archive. */
interface HarContent {
  size?: number | undefined;
  compression?: number | undefined;
  mimeType?: string | undefined;
  text?: string | undefined;
  encoding?: string | undefined;
  comment?: string | undefined;
}

interface Announced {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
}

/** No recorder keeps larger bodies, and a small one may decompress to anything. */
const maxDecompressed = 256 << 20;

/**
 * The body bytes of a response, or why there are none to judge. `content` describes the body without its compression; a base64
 * text may still have it on (Charles). Source: http://www.softwareishard.com/blog/har-12-spec/#content.
 */
export function harBody(content: HarContent, { status, headers }: Announced): { bytes: Buffer } | { why: SkipReason } {
  const { text, size = -1, compression = 0, encoding, comment = '' } = content;
  if (status === 304) return { why: 'without the body, which the recorder did not keep' };
  // Firefox, beyond devtools.netmonitor.responseBodyLimit.
  if (/truncated/i.test(comment)) return { why: 'with a body that the recorder cut off' };
  if (text === undefined || text === '') {
    return isReallyEmpty({ text, size, status, headers }) && !isStreamType(content.mimeType ?? headers['content-type'])
      ? { bytes: Buffer.alloc(0) }
      : { why: 'without the body, which the recorder did not keep' };
  }
  const kept = encoding === 'base64' ? Buffer.from(text, 'base64') : Buffer.from(text);
  const bytes = encoding === 'base64' ? decompressed(kept, headers['content-encoding'] ?? '') : kept;
  // The size of mitmproxy is the compressed one, which is the larger for a small body. Recorders drop a byte order mark, and
  // some turn CRLF into LF.
  const lost = Math.min(size, size + compression) - bytes.length;
  return lost > 3 && lost > newlinesIn(bytes) + 3 ? { why: 'with a body that the recorder cut off' } : { bytes };
}

/** Chrome leaves `text` out, and `size` 0, where it has not kept a body, above all that of a stream. */
function isReallyEmpty({
  text,
  size,
  status,
  headers,
}: Announced & { text: string | undefined; size: number }): boolean {
  return status === 204 || headers['content-length'] === '0' || (text === '' && size <= 0);
}

function isStreamType(type = ''): boolean {
  return type.startsWith('text/event-stream');
}

function newlinesIn(bytes: Buffer): number {
  let count = 0;
  for (let index = bytes.indexOf(10); index !== -1; index = bytes.indexOf(10, index + 1)) count += 1;
  return count;
}

function decompressed(bytes: Buffer, coding: string): Buffer {
  const limit = { maxOutputLength: maxDecompressed };
  try {
    switch (coding.trim().toLowerCase()) {
      case 'gzip':
      case 'x-gzip':
      case 'deflate':
        return unzipSync(bytes, limit);
      case 'br':
        return brotliDecompressSync(bytes, limit);
      case 'zstd':
        return zstdDecompressSync(bytes, limit);
      default:
        return bytes;
    }
  } catch {
    // Most recorders have taken the compression off and kept the header.
    return bytes;
  }
}
