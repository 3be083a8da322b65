import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { HarnessError } from '../errors.ts';
import { headerOf, observing } from './observing.ts';

/** Two clocks that are kept differ by seconds; a key that is to last an hour can bear minutes. */
const mostApartMs = 5 * 60_000;

/**
 * Fails with E_CONFIG once a server says that it is another time there than here: what is made to expire in an hour would be refused, or
 * last for days, and that would look like the server's doing.
 *
 * What was made by then is told of all the same, and deleting is never in the way: nothing shall be left behind.
 */
export function agreeingClock(clock: Clock): Dispatcher.DispatcherComposeInterceptor {
  let refusal: HarnessError | null = null;
  return observing((options) => {
    if (options.method === 'DELETE') return null;
    if (refusal !== null) throw refusal;
    return (status, headers) => {
      const apart = disagreement(headerOf(headers, 'date'), headerOf(headers, 'age'), clock.now());
      if (apart !== null) refusal = new HarnessError('E_CONFIG', `${String(options.origin)}: ${apart}`);
      const made = options.method !== 'GET' && status < 300;
      return made ? null : refusal;
    };
  });
}

/** A cache may have kept the answer, and not every cache keeps its date: so either is right. */
function disagreement(date: string | undefined, age: string | undefined, now: number): string | null {
  const said = Date.parse(date ?? '');
  const keptMs = Number(age ?? 0) * 1_000;
  if (!(Math.min(Math.abs(said - now), Math.abs(said + keptMs - now)) > mostApartMs)) return null;
  const hours = Math.abs(said - now) / 3_600_000;
  return `the server's clock says ${new Date(said).toISOString()}, that of this machine ${new Date(now).toISOString()}, ${hours.toFixed(1)} h apart. Keys made for a run would expire at the wrong time. Set this machine's clock and run again.`;
}
