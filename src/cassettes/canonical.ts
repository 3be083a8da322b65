/** What a recording is found by. */
export interface Asked {
  method: string;
  /** Path and query below the base URL. */
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** JSON value; undefined for a request without a body. */
  body?: unknown;
}

/** They name the application in OpenRouter's rankings and change nothing; the title holds this harness's version. */
const ATTRIBUTION = new Set(['x-openrouter-title', 'x-openrouter-categories']);

/**
 * The one text two requests share exactly when one may stand for the other, for recording, matching and showing alike.
 *
 * The order of query parameters and object keys does not count; everything else of method, path and body does. Of the headers
 * only those of OpenRouter that change the answer count; the rest belongs to the client.
 */
export function canonicalRequest({ method, path, headers, body }: Asked): string {
  const lines = [`${method} ${canonicalPath(path)}`];
  for (const name of Object.keys(headers).sort()) {
    if (name.startsWith('x-openrouter-') && !ATTRIBUTION.has(name)) lines.push(`${name}: ${headers[name]}`);
  }
  if (body !== undefined) lines.push('', JSON.stringify(sortKeys(body), null, 2));
  return lines.join('\n');
}

function canonicalPath(path: string): string {
  const url = new URL(`http://any${path}`);
  url.searchParams.sort();
  return url.pathname + url.search;
}

/** The same JSON value with the keys of every object in order. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
