/** Stable codes of what stops the harness from making a check. They appear in reports and are part of the API. */
export type ErrorCode =
  | 'E_CONFIG'
  | 'E_SUITE'
  | 'E_CASSETTE'
  | 'E_NETWORK'
  | 'E_TIMEOUT'
  | 'E_BLOCKED'
  | 'E_BUDGET'
  | 'E_INTERRUPTED'
  | 'E_INTERNAL';

/**
 * A check could not be made. A failed expectation is a finding, never one of these.
 *
 * The message says what was expected, what was found, where, and what to do.
 */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
