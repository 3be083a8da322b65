import { z } from 'zod';
import { HarnessError } from '../errors.ts';
import type { WireExchange } from '../exchange/exchange.ts';

const headers = z.record(z.string(), z.union([z.string(), z.array(z.string())])).nullable();

/** An answer that somebody else recorded: a request, a response, and where both were found. */
const capture = z.object({
  source: z.object({ captured_at: z.string().nullish(), commit_date: z.string().nullish() }),
  request: z.object({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).nullish(),
    url: z.string().nullish(),
    headers: headers.optional(),
    body: z.unknown(),
  }),
  response: z.object({
    status: z.int().nullable(),
    headers,
    body: z.string(),
    body_encoding: z.enum(['utf-8', 'base64']),
  }),
});

export interface Capture {
  wire: WireExchange;
  /** Day of the recording, when known. */
  madeAt?: string;
}

/** Whether a JSON value looks like a capture at all. */
export function isCapture(value: unknown): boolean {
  return z.object({ source: z.unknown(), request: z.object({}), response: z.object({}) }).safeParse(value).success;
}

/**
 * Reads a capture. What its recorder left out stays unknown: no headers means that checks of headers do not apply, and a
 * status that was not kept counts as 200. Throws E_CASSETTE, naming the field, for anything else.
 */
export function readCapture(value: unknown): Capture {
  const parsed = capture.safeParse(value);
  if (!parsed.success) {
    throw new HarnessError('E_CASSETTE', `not a capture: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  }
  const { source, request, response } = parsed.data;
  const madeAt = source.captured_at ?? source.commit_date;
  return {
    wire: {
      call: {
        method: request.method ?? 'POST',
        path: pathOf(request.url),
        headers: named(request.headers ?? {}),
        ...(request.body === null || request.body === undefined ? {} : { body: request.body }),
      },
      response: { status: response.status ?? 200, headers: named(response.headers ?? {}), headersAt: 0 },
      chunks: [{ at: 0, bytes: Buffer.from(response.body, response.body_encoding === 'base64' ? 'base64' : 'utf8') }],
      end: { how: 'complete', at: 0 },
    },
    ...(madeAt === null || madeAt === undefined ? {} : { madeAt: madeAt.slice(0, 10) }),
  };
}

/** Path and query below the base URL, empty when the request is not known. */
function pathOf(url: string | null | undefined): string {
  if (url === null || url === undefined || !URL.canParse(url)) return '';
  const { pathname, search } = new URL(url);
  return pathname.replace(/^\/api\/v1(?=\/)/, '') + search;
}

function named(raw: NonNullable<z.infer<typeof headers>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]),
  );
}
