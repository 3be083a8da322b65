import type { Call, Exchange } from './exchange.ts';

/** What makes something when it is posted to. Documented as 201, but whatever was made has to be found again under any 2xx. */
const collections = new Set(['/byok', '/keys', '/guardrails', '/workspaces']);

/** Whether the call may make something, so that its answer has to be awaited: nobody could delete it else. */
export function mayMake({ method, path }: Pick<Call, 'method' | 'path'>): boolean {
  return method === 'POST' && collections.has(path);
}

/** Path of what a call made, to read, change or delete it by: keys by their hash, everything else by its id. Null when it made nothing. */
export function createdAt({ call, response, json }: Exchange): string | null {
  const status = response?.status ?? 0;
  if (!mayMake(call) || status < 200 || status > 299) return null;
  const { data } = (json ?? {}) as { data?: { id?: string; hash?: string } };
  const name = data?.hash ?? data?.id;
  return name === undefined ? null : `${call.path}/${name}`;
}
