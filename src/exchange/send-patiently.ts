import { HarnessError } from '../errors.ts';
import type { Call, WireExchange } from './exchange.ts';
import { whetherAgain } from './retry.ts';
import { send, type SendOptions } from './send.ts';

export interface Patience {
  /** In [0, 1); absent: nothing is repeated. */
  random?: (() => number) | undefined;
  /** Statuses that the caller asked for. */
  expected?: readonly number[];
  /** Ends the pauses between attempts, and no attempt. */
  signal?: AbortSignal | undefined;
  /** Told what was wrong with an attempt before the next is made. */
  onRepeat?: ((why: string) => void) | undefined;
}

/**
 * Makes one call, again where `whetherAgain` says so, and returns the last attempt.
 *
 * @throws {HarnessError} E_BLOCKED when the server asks for a longer pause than anybody should wait; and what `send` throws
 * @throws the reason of `signal` when it is aborted during a pause
 */
export async function sendPatiently(
  call: Call,
  options: SendOptions,
  { random, expected = [], signal, onRepeat }: Patience,
): Promise<WireExchange> {
  for (let repeats = 0; ; repeats += 1) {
    const wire = await send(call, options);
    if (random === undefined) return wire;
    const next = whetherAgain(wire, { expected, repeats, now: options.clock.now(), random: random() });
    if (next === null) return wire;
    if (!next.again) throw new HarnessError('E_BLOCKED', next.why);
    onRepeat?.(next.why);
    await options.clock.sleep(next.pauseMs, signal);
  }
}
