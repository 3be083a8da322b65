import type { Exchange } from './exchange.ts';

/** What makes something when it is posted to. Documented as 201, but whatever was made has to be found again under any 2xx. */
const collections = new Set(['/byok', '/keys', '/guardrails', '/workspaces']);

/** Path of what a call made, to read, change or delete it by: keys by their hash, everything else by its id. Null when it made nothing. */
export function createdAt({ call, response, json }: Exchange): string | null {
  const status = response?.status ?? 0;
  if (call.method !== 'POST' || status < 200 || status > 299 || !collections.has(call.path)) return null;
  const { data } = (json ?? {}) as { data?: { id?: string; hash?: string } };
  const name = data?.hash ?? data?.id;
  return name === undefined ? null : `${call.path}/${name}`;
}
