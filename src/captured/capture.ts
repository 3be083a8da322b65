import { z } from 'zod';
import { HarnessError } from '../errors.ts';
import { apiPath } from './api-path.ts';
import type { Entry } from './entry.ts';
import { urlSecrets } from './secrets.ts';

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

/** Whether a JSON value looks like a capture at all. */
export function isCapture(value: unknown): boolean {
  return z.object({ source: z.unknown(), request: z.object({}), response: z.object({}) }).safeParse(value).success;
}

/**
 * Reads a capture. What its recorder left out stays unknown: no headers means that checks of headers do not apply, and a
 * status that was not kept counts as 200. Throws E_CONFIG, naming the field, for anything else.
 */
export function readCapture(value: unknown): Entry {
  const parsed = capture.safeParse(value);
  if (!parsed.success) {
    throw new HarnessError('E_CONFIG', `not a capture: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  }
  const { source, request, response } = parsed.data;
  const madeAt = source.captured_at ?? source.commit_date ?? undefined;
  const method = request.method ?? 'POST';
  const place = typeof request.url === 'string' ? apiPath(method, request.url) : { path: '' };
  if ('why' in place) return { kind: 'skipped', number: 1, ...place };
  return {
    kind: 'exchange',
    number: null,
    at: madeAt ?? null,
    ...(madeAt !== undefined && { madeAt: madeAt.slice(0, 10) }),
    secrets: urlSecrets(request.url ?? ''),
    wire: {
      call: {
        method,
        path: place.path,
        headers: named(request.headers ?? {}),
        ...(request.body === null || request.body === undefined ? {} : { body: request.body }),
      },
      response: { status: response.status ?? 200, headers: named(response.headers ?? {}), headersAt: 0 },
      chunks: [{ at: 0, bytes: Buffer.from(response.body, response.body_encoding === 'base64' ? 'base64' : 'utf8') }],
      end: { how: 'complete', at: 0 },
    },
  };
}

function named(raw: NonNullable<z.infer<typeof headers>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]),
  );
}
