import type { Exchange } from './exchange.ts';

/** Path of what a call made, to read, change or delete it by: keys by their hash, everything else by its id. Null when it made nothing. */
export function createdAt({ call, response, json }: Exchange): string | null {
  if (call.method !== 'POST' || response?.status !== 201) return null;
  const { data } = (json ?? {}) as { data?: { id?: string; hash?: string } };
  const name = data?.hash ?? data?.id;
  return name === undefined ? null : `${call.path}/${name}`;
}
