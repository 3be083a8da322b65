import { mayMake } from '../exchange/created-at.ts';
import type { Call, Exchange } from '../exchange/exchange.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import type { Limits } from '../exchange/send.ts';
import { sendPatiently } from '../exchange/send-patiently.ts';
import type { Credential, Session } from '../targets/target.ts';
import type { Step } from './scenario.ts';

/** How the calls of a session are made: used for the steps and for what is collected around them. */
export interface Caller {
  session: Session;
  limits?: Partial<Limits>;
  /** Told what was wrong with an attempt before the call is made again. */
  onRepeat?: (why: string) => void;
}

/**
 * Makes the call and hands it to the recording, if there is one. Repeats it while the answer says "not yet", and live also after
 * what passes: of that the recording is not told, as a replay repeats nothing.
 *
 * @throws the reason of the session's signal once that is aborted; a call that may have made something is finished first
 */
export async function exchangeOf(
  call: Call,
  credential: Credential,
  { session, limits, onRepeat }: Caller,
  { whileStatus = [], leaveAfter, expect }: Partial<Pick<Step, 'whileStatus' | 'leaveAfter' | 'expect'>> = {},
): Promise<Exchange> {
  const { signal } = session;
  const breaksOff = signal !== undefined && !mayMake(call);
  const patience = session.clock.now() + 60_000;
  for (let pause = 3_000; ; pause = Math.min(pause * 2, 10_000)) {
    signal?.throwIfAborted();
    const wire = await sendPatiently(
      call,
      {
        baseUrl: credential.baseUrl ?? session.baseUrl,
        dispatcher: session.dispatcher,
        clock: session.clock,
        budget: session.budget,
        ...(limits && { limits }),
        ...(leaveAfter !== undefined && { leaveAfter }),
        ...(breaksOff && { signal }),
      },
      { random: session.random, expected: expect?.status ?? [], signal, onRepeat },
    );
    if (breaksOff) signal.throwIfAborted();
    session.keep?.(wire, credential);
    const notYet = whileStatus.includes(wire.response?.status ?? 0) && session.clock.now() + pause <= patience;
    if (!notYet) return readExchange(wire);
    session.onWait?.(
      `${call.method} ${call.path.replace(/\?.*/, '')} to stop answering ${wire.response?.status}`,
      pause,
    );
    await session.clock.sleep(pause, signal);
  }
}
