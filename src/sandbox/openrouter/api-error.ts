/** An answer that is an error of OpenRouter's. The message, status and metadata go out as they are. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly metadata: Record<string, unknown> | undefined;
  /** Some errors name the account beside `error`; which ones was seen in traffic, not documented. */
  readonly namesUser: boolean;
  /** `openrouter_metadata` when it was asked for and the request reached routing. */
  routing: unknown;

  constructor(
    status: number,
    message: string,
    more: {
      metadata?: Record<string, unknown>;

      namesUser?: boolean;
    } = {},
  ) {
    super(message);
    this.status = status;
    this.metadata = more.metadata;
    this.namesUser = more.namesUser ?? false;
  }

  /** Body as on the wire: message before code. */
  body(userId?: string): Record<string, unknown> {
    return {
      error: {
        message: this.message,
        code: this.status,
        ...(this.metadata && { metadata: this.metadata }),
      },
      ...(this.routing !== undefined && { openrouter_metadata: this.routing }),
      ...(this.namesUser && userId !== undefined && { user_id: userId }),
    };
  }
}

export const notFound = (): ApiError => new ApiError(404, 'Resource not found');
export const invalidRequest = (message = 'Invalid request parameters'): ApiError => new ApiError(400, message);
