import { endpointOf } from '../checks/recognise.ts';
import type { Call } from '../exchange/exchange.ts';
import type { SkippedEntry } from './entry.ts';

/** Below the base URL, or why there is no such path. */
type ApiPath = { path: string } | Pick<SkippedEntry, 'why' | 'host'>;

/**
 * Path and query of a URL below the base URL of the API.
 *
 * OpenRouter's is https://openrouter.ai/api/v1 (and https://eu.openrouter.ai/api/v1); its website has much else. What stands in for
 * it on loopback may have any base URL, and beside it may run anything: there only known operations count.
 */
export function apiPath(method: Call['method'] | null, url: string): ApiPath {
  if (!URL.canParse(url)) return { why: 'incomplete' };
  const { hostname, pathname, search } = new URL(url);
  const below = /\/api\/v1(\/.*)$/.exec(pathname)?.[1];
  if (isLoopback(hostname)) {
    const path = below ?? afterBase(pathname);
    return method !== null && path !== undefined && endpointOf(method, path) !== 'other'
      ? { path: path + search }
      : { why: 'no call of the API' };
  }
  if (!/^(?:[\w-]+\.)?openrouter\.ai$/.test(hostname)) return { why: 'of a foreign host', host: hostname };
  return method !== null && below !== undefined && pathname.startsWith('/api/v1/')
    ? { path: below + search }
    : { why: 'no call of the API' };
}

function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/** The part of a path that names an operation, after whatever base: those that only OpenRouter and its like have. */
function afterBase(pathname: string): string | undefined {
  return /\/(?:chat\/completions|completions|responses|messages|generation|models\/[^/]+\/[^/]+\/endpoints)$/.exec(
    pathname,
  )?.[0];
}
