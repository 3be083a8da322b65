import type { IncomingHttpHeaders } from 'node:http';
import type { Outgoing } from './outgoing.ts';

/** A request that has been let in. */
export interface ApiRequest<Caller> {
  caller: Caller;
  /** Named parts of the path. */
  params: Record<string, string | undefined>;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined without a body. */
  body: unknown;
  outgoing: Outgoing;
}
