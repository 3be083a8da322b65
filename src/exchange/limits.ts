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

/**
 * OpenRouter promises no pace. A model may think for half a minute and more: keep-alives then break the silence, and where none come the
 * edge in front of OpenRouter gives up after 100 s and says so with a 524
 * (https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-524/, read 2026-11-23). Its
 * answer has to come first, with room to spare. Once an answer has begun, signs of life come at least every few seconds in the traffic
 * seen, so that a minute without any means that nobody is there.
 */
export const defaultLimits: Limits = {
  connect: 10_000,
  headers: 130_000,
  firstEvent: 120_000,
  idle: 60_000,
  total: 300_000,
  body: 16 * 1024 * 1024,
};
