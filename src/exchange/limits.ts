/** How long, and how much, one exchange may take. Times in milliseconds. Passing one ends the exchange with the code of that limit. */
export interface Limits {
  /** From the call until the request is put on a connection; waiting for a free one in a pool counts. */
  connect: number;
  /** From there until the response headers. */
  headers: number;
  /** From the response headers until the first event of an event stream. Comments are not events. */
  firstEvent: number;
  /** Longest silence inside the body. Keep-alive comments and blanks break it. */
  idle: number;
  /** From the call until the end of the body. */
  total: number;
  /** Bytes of the body. The chunk that crosses the limit is the last one kept. */
  body: number;
}

export const defaultLimits: Limits = {
  connect: 10_000,
  headers: 120_000,
  firstEvent: 120_000,
  idle: 60_000,
  total: 300_000,
  body: 16 * 1024 * 1024,
};
