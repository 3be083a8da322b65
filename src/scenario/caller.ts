import type { Call, Exchange } from '../exchange/exchange.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import { type Limits, send } from '../exchange/send.ts';
import type { Credential, Session } from '../targets/target.ts';
import type { Step } from './scenario.ts';

/** How the calls of a session are made: used for the steps and for what is collected around them. */
export interface Caller {
  session: Session;
  limits?: Partial<Limits>;
}

/** Makes the call and hands it to the recording, if there is one. Repeats it while the answer says "not yet". */
export async function exchangeOf(
  call: Call,
  credential: Credential,
  { session, limits }: Caller,
  { whileStatus = [], leaveAfter }: Pick<Step, 'whileStatus' | 'leaveAfter'> = {},
): Promise<Exchange> {
  const patience = session.clock.now() + 60_000;
  for (let pause = 1_000; ; pause = Math.min(pause * 2, 10_000)) {
    const wire = await send(call, {
      baseUrl: session.baseUrl,
      dispatcher: session.dispatcher,
      clock: session.clock,
      ...(limits && { limits }),
      ...(leaveAfter !== undefined && { leaveAfter }),
    });
    session.keep?.(wire, credential);
    const notYet = whileStatus.includes(wire.response?.status ?? 0) && session.clock.now() + pause <= patience;
    if (!notYet) return readExchange(wire);
    await session.clock.sleep(pause);
  }
}
