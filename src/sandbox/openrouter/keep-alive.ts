import type { Clock } from '../../clock.ts';
import type { Outgoing } from './outgoing.ts';

/** Time between two signs of life. The fraction keeps them from falling on the same moment as something else. */
const everyMs = 403.7;

/** Signs of life while an endpoint is at work. The first one commits the answer to status 200. */
export interface KeepAlive {
  /** An endpoint has accepted the request. */
  start(): void;
  /** Sends a sign now, unless there was one before. */
  beat(): void;
  stop(): void;
}

export function startKeepAlive(clock: Clock, text: string, outgoing: Outgoing, begin: () => void): KeepAlive {
  const stopped = new AbortController();
  let started = false;
  const send = () => {
    // Half a piece may be out: a sign of life in the middle of it would tear it apart.
    if (outgoing.busy || outgoing.gone.aborted) return;
    if (!outgoing.begun) begin();
    outgoing.sign(text);
  };
  async function run() {
    while (!stopped.signal.aborted) {
      await clock.sleep(everyMs, stopped.signal);
      send();
    }
  }
  return {
    start() {
      if (started) return;
      started = true;
      run().catch((error: unknown) => {
        if (!stopped.signal.aborted) throw error;
      });
    },
    beat() {
      if (!outgoing.begun) send();
    },
    stop: () => stopped.abort(),
  };
}
