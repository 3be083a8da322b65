/** One request to an API, as data. */
export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query below the base URL, e.g. `/generation?id=gen-1`. */
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** JSON value sent as the body; absent for a request without one. */
  body?: unknown;
}

/** A piece of the body as the transport delivered it. */
export interface Chunk {
  /** Milliseconds since the request was sent. */
  at: number;
  bytes: Uint8Array;
}

/**
 * How an exchange ended.
 *
 * `complete` the server finished the message; `closed-early` it closed before the announced end; `reset` the connection
 * broke; `timed-out` one of our limits passed; `too-large` the body limit was reached; `aborted` we went away on purpose;
 * `not-connected` no connection was made (refused, DNS, TLS).
 */
export type Ending =
  | { how: 'complete' | 'closed-early' | 'aborted' | 'too-large'; at: number; code?: string; message?: string }
  | { how: 'reset' | 'not-connected'; at: number; code: string; message?: string }
  | { how: 'timed-out'; at: number; code: TimeoutCode; message?: string };

export type TimeoutCode = 'connect' | 'headers' | 'first-event' | 'idle' | 'total';

/** Exactly what came over the wire, before anything is read into it. This is what a cassette keeps. */
export interface WireExchange {
  call: Call;
  /** Absent when no response headers arrived. */
  response?: {
    status: number;
    /** Names in lower case; repeated headers joined with `, `. */
    headers: Record<string, string>;
    /** Milliseconds from sending the request to the response headers. */
    headersAt: number;
  };
  chunks: Chunk[];
  end: Ending;
}

/** One line group of an event stream, with the time at which its last byte arrived. */
export type StreamItem =
  | { kind: 'event'; at: number; data: string; event?: string; id?: string }
  | { kind: 'comment'; at: number; text: string };

/** Something on the wire that is not as it should be, kept rather than thrown away. */
export interface WireFact {
  code:
    | 'invalid-utf8'
    | 'bom'
    | 'invalid-json-body'
    | 'unterminated-event'
    | 'unknown-stream-field'
    | 'data-without-framing'
    | 'invalid-stream-line'
    | 'content-type-mismatch';
  /** Byte offset, event index or header name, in words. */
  where: string;
  detail: string;
}

/** Milliseconds since the request was sent; null when it never happened. */
export interface Timing {
  headers: number | null;
  firstByte: number | null;
  /** First stream event that carries content, reasoning or a tool call. */
  firstContent: number | null;
  total: number;
}

/** One request and all that came back, read. Made from a `WireExchange` by `readExchange`; never changed afterwards. */
export interface Exchange extends WireExchange {
  /** All body bytes in a row. */
  body: Uint8Array;
  /** The body as UTF-8, invalid sequences replaced (and kept as facts). */
  text: string;
  /** The parsed body when it is JSON (leading keep-alive blanks are allowed), else undefined. */
  json: unknown;
  /** Events and comments in order of arrival when the body is an event stream, else null. */
  stream: StreamItem[] | null;
  timing: Timing;
  facts: WireFact[];
}
