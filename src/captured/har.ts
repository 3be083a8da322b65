import { z } from 'zod';
import type { Ending, WireExchange } from '../exchange/exchange.ts';
import { parseJson } from '../exchange/parse-json.ts';
import { apiPath } from './api-path.ts';
import type { Entry, SkipReason } from './entry.ts';
import { harBody } from './har-body.ts';
import { urlSecrets } from './secrets.ts';

/** A field that some recorder leaves out, or sets to something else where it knows nothing. */
const maybe = <Type extends z.ZodType>(type: Type) => type.optional().catch(undefined);

const pairs = z.array(z.object({ name: z.string(), value: z.coerce.string() })).catch([]);

/**
 * An entry of an HTTP archive 1.2, as far as it matters here. Only what nothing can be judged without is required; names with an
 * underscore are the recorders' own. Source: http://www.softwareishard.com/blog/har-12-spec/#entries.
 */
const entrySchema = z.object({
  startedDateTime: maybe(z.string()),
  time: maybe(z.number().nonnegative()),
  timings: maybe(z.object({ send: maybe(z.number()), wait: maybe(z.number()) })),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: pairs,
    cookies: pairs,
    queryString: pairs,
    postData: maybe(z.object({ text: maybe(z.string()), encoding: maybe(z.string()) })),
  }),
  response: z.object({
    status: z.number(),
    headers: pairs,
    cookies: pairs,
    content: z
      .object({
        size: maybe(z.number()),
        compression: maybe(z.number()),
        mimeType: maybe(z.string()),
        text: maybe(z.string()),
        encoding: maybe(z.string()),
        comment: maybe(z.string()),
      })
      .catch({}),
    _error: maybe(z.string()),
  }),
});

type HarEntry = z.infer<typeof entrySchema>;

const methods = new Map(
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((name) => [name, name as WireExchange['call']['method']]),
);

/** An entry of an HTTP archive as an exchange, or why it is none to judge. Never throws for what stands in the file. */
export function readHarEntry(value: unknown, number: number): Entry {
  const skipped = (why: SkipReason, host?: string): Entry => ({
    kind: 'skipped',
    number,
    why,
    ...(host !== undefined && { host }),
  });
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) return skipped('incomplete');
  const { request, response, startedDateTime } = parsed.data;
  const method = methods.get(request.method.toUpperCase()) ?? null;
  const place = apiPath(method, request.url);
  if ('why' in place) return skipped(place.why, place.host);
  if (method === null) return skipped('no call of the API');
  // What a browser blocked, cancelled or answered by itself.
  if (response.status < 200 || response.status > 599) return skipped('without a response');
  const headers = named(response.headers);
  const body = harBody(response.content, { status: response.status, headers });
  if ('why' in body) return skipped(body.why);
  const sent = requestBody(request.postData);
  const { headersAt, endAt } = timesOf(parsed.data);
  return {
    kind: 'exchange',
    number,
    at: startedDateTime ?? null,
    ...(startedDateTime !== undefined && { madeAt: startedDateTime.slice(0, 10) }),
    secrets: [
      ...[...request.cookies, ...response.cookies].map(({ value: cookie }) => cookie),
      ...urlSecrets(request.url),
    ],
    wire: {
      call: { method, path: place.path, headers: named(request.headers), ...(sent !== undefined && { body: sent }) },
      response: { status: response.status, headers, headersAt },
      chunks: [{ at: endAt, bytes: body.bytes }],
      end: endOf(response._error, endAt),
    },
  };
}

function named(headers: readonly { name: string; value: string }[]): Record<string, string> {
  const byName: Record<string, string> = {};
  for (const { name, value } of headers) {
    // HTTP/2 has the status line in headers of its own.
    if (name.startsWith(':')) continue;
    const key = name.toLowerCase();
    byName[key] = byName[key] === undefined ? value : `${byName[key]}, ${value}`;
  }
  return byName;
}

function requestBody(data: HarEntry['request']['postData']): unknown {
  if (data?.text === undefined || data.text === '') return undefined;
  return parseJson(data.encoding === 'base64' ? Buffer.from(data.text, 'base64').toString() : data.text);
}

/** Chrome's words for a request that the page gave up, and for one that the network lost. mitmproxy has its own. */
function endOf(error: string | undefined, at: number): Ending {
  if (error === undefined || error === '') return { how: 'complete', at };
  return /abort|cancel|client disconnect/i.test(error)
    ? { how: 'aborted', at, message: error }
    : { how: 'reset', at, code: 'RECORDED', message: error };
}

function timesOf({ time = 0, timings }: HarEntry): { headersAt: number; endAt: number } {
  const headersAt = Math.max(0, timings?.send ?? 0) + Math.max(0, timings?.wait ?? 0);
  return { headersAt, endAt: Math.max(time, headersAt) };
}
