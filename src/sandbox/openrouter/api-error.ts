import type { Availability } from './availability.ts';
import { type ErrorType, typeOfStatus } from './error-type.ts';

interface ErrorDetails {
  metadata?: Record<string, unknown>;
  /** Stated in the metadata. Left out where traffic shows none: 401, 402, the limit of a key. */
  errorType?: ErrorType;
  availability?: Availability;
  /** Seconds; goes out as `Retry-After`. */
  retryAfter?: number;
  headers?: Record<string, string>;
  namesUser?: boolean;
}

/**
 * An answer that is an error of OpenRouter's. Message, status and metadata go out as they are, except those of 500, which are
 * masked: https://openrouter.ai/docs/api_reference/errors-and-debugging
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly metadata: Record<string, unknown> | undefined;
  /** What it is, also where the metadata does not say so. */
  readonly errorType: ErrorType;
  readonly availability: Availability | undefined;
  readonly headers: Record<string, string>;
  /** Some errors name the account beside `error`; which ones was seen in traffic, not documented. */
  readonly namesUser: boolean;
  /** Of the generation that failed; null before one was begun. */
  generationId: string | null = null;
  #routing: unknown;

  constructor(status: number, message: string, details: ErrorDetails = {}) {
    const isMasked = status === 500;
    super(isMasked ? 'Internal Server Error' : message);
    const { errorType = isMasked ? 'server' : undefined, availability, retryAfter, headers } = details;
    const metadata = {
      ...(isMasked ? {} : details.metadata),
      ...(errorType !== undefined && { error_type: errorType }),
    };
    this.status = status;
    this.metadata = Object.keys(metadata).length > 0 ? metadata : undefined;
    this.errorType = errorType ?? typeOfStatus(status);
    this.availability = availability;
    this.headers = { ...headers, ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }) };
    this.namesUser = details.namesUser ?? false;
  }

  /** `openrouter_metadata`, when it was asked for and the request reached routing. */
  get routing(): unknown {
    return this.#routing;
  }

  set routing(routing: unknown) {
    if (this.status !== 500) this.#routing = routing;
  }

  /** Body as on the wire: message before code. */
  body(userId?: string): Record<string, unknown> {
    return {
      error: {
        message: this.message,
        code: this.status,
        ...(this.metadata && { metadata: this.metadata }),
        ...(this.availability && { availability: this.availability }),
      },
      ...(this.routing !== undefined && { openrouter_metadata: this.routing }),
      ...(this.namesUser && userId !== undefined && { user_id: userId }),
    };
  }
}

export const notFound = (): ApiError => new ApiError(404, 'Resource not found');
export const invalidRequest = (message = 'Invalid request parameters'): ApiError => new ApiError(400, message);
