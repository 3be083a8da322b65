import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import { cutCharacters } from '../cut-characters.ts';
import { clientGone } from '../http.ts';
import { cut, type Interference } from '../interference.ts';
import type { Random } from '../random.ts';
import type { ApiError } from './api-error.ts';

/** Headers of every answer, as OpenRouter sends them since 2026-08; `server` and `cf-ray` say plainly what this is. */
const usualHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Generation-Id,X-Provider-Name,request-id,cf-ray',
  'permissions-policy':
    'payment=(self "https://checkout.stripe.com" "https://connect-js.stripe.com" "https://js.stripe.com" "https://*.js.stripe.com" "https://hooks.stripe.com")',
  'referrer-policy': 'no-referrer, strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  server: 'byok-sandbox',
  'cf-ray': 'sandbox',
};

/** Pause between the two parts of a character that a network has cut. */
const cutPauseMs = 0.3;

/** One answer on its way out. Every byte the OpenRouter side sends goes through one of these. */
export class Outgoing {
  /** Aborted when the client goes away before the end. */
  readonly gone: AbortSignal;
  readonly #response: ServerResponse;
  readonly #clock: Clock;
  readonly #interference: Interference;
  /** What is held back until the end, when something is going to be done to it. */
  readonly #held: string[] | null;
  #writing = false;

  constructor(response: ServerResponse, clock: Clock, interference: Interference = {}) {
    this.#interference = interference;
    this.#held = interference.body ? [] : null;
    this.#response = response;
    this.#clock = clock;
    this.gone = clientGone(response);
  }

  /** Status and headers are out, so whatever happens now happens inside a 200. */
  get begun(): boolean {
    return this.#response.headersSent;
  }

  /** Something is half written. */
  get busy(): boolean {
    return this.#writing;
  }

  json(status: number, body: unknown, headers: Record<string, string> = {}): void {
    this.begin(status, { 'content-type': 'application/json', ...headers });
    const text = JSON.stringify(body);
    if (this.#held === null) this.#response.end(text);
    else {
      this.#held.push(text);
      this.end();
    }
  }

  /** A page of the edge, which knows nothing of OpenRouter's headers. */
  page(status: number, html: string): void {
    this.#response.writeHead(status, { 'content-type': 'text/html; charset=UTF-8', server: usualHeaders.server });
    this.#response.end(html);
  }

  /** @param body the error in the words of the API that was called */
  error(error: ApiError, body: unknown): void {
    this.json(error.status, body, error.headers);
  }

  begin(status: number, headers: Record<string, string>): void {
    const head = { status, headers: { ...headers, ...usualHeaders } };
    const sent = this.#interference.head?.(head) ?? head;
    this.#response.writeHead(sent.status, sent.headers);
  }

  /** Sends a piece, cut inside a character where `random` says so. */
  async write(text: string, random: Random): Promise<void> {
    if (this.#held !== null) return void this.#held.push(text);
    this.#writing = true;
    try {
      for (const [index, bytes] of cutCharacters(Buffer.from(text), random).entries()) {
        if (index > 0) await this.#clock.sleep(cutPauseMs, this.gone);
        if (!this.#response.write(bytes)) await once(this.#response, 'drain', { signal: this.gone });
      }
    } finally {
      this.#writing = false;
    }
  }

  /** Sends a sign of life, without waiting for a slow reader. */
  sign(text: string): void {
    if (this.#held === null) this.#response.write(text);
    else this.#held.push(text);
  }

  end(): void {
    for (const piece of this.#interference.body?.(this.#held ?? []) ?? []) {
      // What was written before is flushed at the end of this turn.
      if (piece === cut) return void setImmediate(() => this.#response.destroy());
      this.#response.write(piece);
    }
    this.#response.end();
  }
}
