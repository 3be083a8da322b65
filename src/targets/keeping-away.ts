import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { HarnessError } from '../errors.ts';
import { parseJson } from '../exchange/parse-json.ts';
import { mostPauseMs, pauseAskedMs } from '../exchange/retry.ts';
import { headerOf, observing } from './observing.ts';

/**
 * Sends nothing more of a kind, and fails with E_BLOCKED instead, until the time has passed that a server asked for with `Retry-After`,
 * where that is longer than anybody waits. Requests are of a kind when they have the key and the model in common: a limit may be that of
 * one key, or of the provider of one model.
 */
export function keepingAway(clock: Clock): Dispatcher.DispatcherComposeInterceptor {
  const closed = new Map<string, { untilMs: number; why: string }>();
  return observing((options) => {
    const { origin, method, path, body } = options;
    if (method !== 'POST' || typeof body !== 'string') return null;
    const { model } = (parseJson(body) ?? {}) as { model?: unknown };
    if (typeof model !== 'string') return null;
    const kind = JSON.stringify([origin, authorizationOf(options), model]);
    const before = closed.get(kind);
    if (before !== undefined && clock.now() < before.untilMs) {
      throw new HarnessError('E_BLOCKED', `${method} ${path} was not sent: ${before.why}`);
    }
    return (status, headers) => {
      const retryAfter = headerOf(headers, 'retry-after');
      const pauseMs = pauseAskedMs(status, retryAfter, clock.now());
      if (pauseMs > mostPauseMs) {
        const why = `an earlier call for ${model} with the same key was answered ${status} with Retry-After of ${Math.ceil(pauseMs / 1_000)} s.`;
        closed.set(kind, { untilMs: clock.now() + pauseMs, why });
      }
      return null;
    };
  });
}

function authorizationOf({ headers }: Dispatcher.DispatchOptions): unknown {
  return (headers as Record<string, unknown> | undefined)?.['authorization'];
}
