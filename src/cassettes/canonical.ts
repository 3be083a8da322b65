/** What a recording is found by. */
export interface Asked {
  method: string;
  /** Path and query below the base URL. */
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** As `canonicalBody` writes it. */
  body: string;
}

/** They name the application in OpenRouter's rankings and change nothing; the title holds this harness's version. */
const ATTRIBUTION = new Set(['x-openrouter-title', 'x-openrouter-categories']);

/** Nothing in it to escape, resolve or sort. */
const PLAIN_PATH = /^(?:\/[\w:-][\w.:-]*)+$/;

/**
 * The one text two requests share exactly when one may stand for the other, for recording and replay alike.
 *
 * The order of query parameters and object keys does not count; everything else of method, path and body does. Of the headers
 * only those of OpenRouter that change the answer count; the rest belongs to the client.
 */
export function canonicalRequest({ method, path, headers, body }: Asked): string {
  let text = `${method} ${canonicalPath(path)}\n`;
  for (const name of Object.keys(headers).filter(changesAnswer).sort()) text += `${name}: ${headers[name]}\n`;
  return body === '' ? text : `${text}\n${body}`;
}

/** A JSON value as the text it shares with all that say the same; empty for a request without a body. */
export function canonicalBody(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(sortKeys(value));
}

/** A canonical request in lines that can be compared. */
export function inLines(canonical: string): string {
  const [head = '', body] = canonical.split('\n\n');
  return body === undefined ? head.trimEnd() : `${head}\n\n${JSON.stringify(JSON.parse(body), null, 2)}`;
}

/** The same JSON value with the keys of every object in order. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Record<string, unknown>;
  const names = Object.keys(object).sort();
  return Object.fromEntries(names.map((name) => [name, sortKeys(object[name])]));
}

function changesAnswer(header: string): boolean {
  return header.startsWith('x-openrouter-') && !ATTRIBUTION.has(header);
}

function canonicalPath(path: string): string {
  if (PLAIN_PATH.test(path)) return path;
  const url = new URL(`http://any${path}`);
  url.searchParams.sort();
  return url.pathname + url.search;
}
