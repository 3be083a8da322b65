import { ApiError } from './api-error.ts';
import type { ChatRequest } from './chat-request.ts';
import type { ErrorType } from './error-type.ts';

/** Pixels along a side that hosts take. They publish no such numbers; these stand for them. */
const sides = { least: 8, most: 8192 };

/** What the first bytes of a picture look like, by media type. */
const signatures: Record<string, (bytes: Buffer) => boolean> = {
  'image/png': (bytes) => bytes.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n',
  'image/jpeg': (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8,
  'image/webp': (bytes) => bytes.subarray(0, 4).toString() === 'RIFF' && bytes.subarray(8, 12).toString() === 'WEBP',
  'image/gif': (bytes) => bytes.subarray(0, 4).toString() === 'GIF8',
};

/** The first picture of the request that cannot be used, as the error it is; null when all can. */
export function unusableImage({ messages }: ChatRequest): ApiError | null {
  const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
  for (const part of parts) {
    if (part.type !== 'image_url') continue;
    const { url } = (part['image_url'] ?? {}) as { url?: unknown };
    const wrong = typeof url === 'string' ? problemWith(url) : bad('invalid_image', 'An image has no address');
    if (wrong) return wrong;
  }
  return null;
}

function problemWith(url: string): ApiError | null {
  const data = /^data:([^;,]*);base64,(.*)$/s.exec(url);
  if (data) return problemWithData(data[1] ?? '', Buffer.from(data[2] ?? '', 'base64'));
  if (!/^https?:\/\//.test(url))
    return new ApiError(404, `Image not found: ${url.slice(0, 60)}`, { errorType: 'image_not_found' });
  // A name that no server ever has: https://www.rfc-editor.org/rfc/rfc6761#section-6.4
  if (new URL(url).hostname.endsWith('.invalid')) return bad('image_download_failed', 'Image could not be downloaded');
  return null;
}

function problemWithData(mediaType: string, bytes: Buffer): ApiError | null {
  const looksLike = signatures[mediaType];
  if (!looksLike) return bad('unsupported_image_format', `Unsupported image format: ${mediaType}`);
  if (!looksLike(bytes)) return bad('invalid_image', 'Image could not be decoded');
  if (mediaType !== 'image/png' || bytes.length < 24) return null;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (Math.max(width, height) > sides.most) return bad('image_too_large', `Image is too large: ${width}x${height}`);
  if (Math.min(width, height) < sides.least) return bad('image_too_small', `Image is too small: ${width}x${height}`);
  return null;
}

const bad = (errorType: ErrorType, message: string) => new ApiError(400, message, { errorType });
