import { HarnessError } from '../errors.ts';
import type { Ending } from './exchange.ts';

/** Codes of undici that say the caller used it wrongly rather than that something went wrong on the way. */
const misuse = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_CLOSED']);

/** The server closed the connection in good order, but before the end it had announced. */
const closedEarly = new Set(['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'HPE_INVALID_EOF_STATE']);

/**
 * The ending an error of the transport stands for. `connected` says whether the request had been put on a connection.
 *
 * An error that carries an `ending`, as those of a replay do, stands for just that. After `connection: close` undici
 * reports a reset as an early close (seen in 8.12), so the two cannot be told apart there.
 *
 * @throws {HarnessError} the error itself if it is one; E_INTERNAL if the network cannot have caused it
 */
export function endingOf(error: unknown, connected: boolean, at: number): Ending {
  if (error instanceof HarnessError) throw error;
  if (hasEnding(error)) return error.ending;
  const code = codeOf(error);
  const message = messageOf(error);
  if (code === null || misuse.has(code) || (code === 'UND_ERR_DESTROYED' && !connected)) {
    throw new HarnessError('E_INTERNAL', `The call could not be handed to the network: ${message}`, { cause: error });
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || (code === 'ETIMEDOUT' && !connected)) {
    return { how: 'timed-out', at, code: 'connect', message };
  }
  if (!connected) return { how: 'not-connected', at, code, message };
  if (code === 'UND_ERR_DESTROYED') return { how: 'aborted', at, code, message };
  // Over HTTP/1 "other side closed", over HTTP/2 "stream closed before the response was complete".
  const closed = closedEarly.has(code) || (/^UND_ERR_(?:SOCKET|INFO)$/.test(code) && /\bclosed\b/.test(message));
  return { how: closed ? 'closed-early' : 'reset', at, code, message };
}

function hasEnding(error: unknown): error is { ending: Ending } {
  return typeof error === 'object' && error !== null && 'ending' in error;
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** When every address of a host failed, Node's error has no message of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
