import { HarnessError } from '../errors.ts';
import type { Ending } from './exchange.ts';

/** Codes of undici that say the caller used it wrongly rather than that something went wrong on the way. */
const misuse = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_CLOSED']);

/**
 * What undici says when the server closed the connection in good order, but before the end it had announced. In the order of
 * the expressions: a connection that was to be kept, HTTP/1 and HTTP/2; a body of known length; a chunked body before a
 * `connection: close`.
 */
const closedEarly =
  /^UND_ERR_(?:SOCKET|INFO) .*\bclosed\b|^UND_ERR_RES_CONTENT_LENGTH_MISMATCH |\(Invalid EOF state\)$/;

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
  return { how: closedEarly.test(`${code} ${message}`) ? 'closed-early' : 'reset', at, code, message };
}

function hasEnding(error: unknown): error is { ending: Ending } {
  return typeof error === 'object' && error !== null && 'ending' in error;
}

/** Every error of the network has a code, but for those of undici's parser (8.12), which goes by its name. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'HTTPParserError' ? error.name : null;
}

/** When every address of a host failed, Node's error has no message of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}
