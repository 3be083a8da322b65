import { Agent } from 'undici';
import { systemClock } from '../clock.ts';
import type { Budget } from '../exchange/budget.ts';
import { agreeingClock } from './agreeing-clock.ts';
import { arrangedSession, type Leftover } from './arranged-session.ts';
import { keepingAway } from './keeping-away.ts';
import { newLabel } from './label.ts';
import type { CaseRef, Target } from './target.ts';
import type { Arrange } from './world.ts';

export interface LiveOptions {
  /** No trailing slash. */
  baseUrl: string;
  apiKey: string;
  managementKey: string | null;
  /** The provider's own key to bring along. */
  providerKey: string | null;
  /** The provider's own API, no trailing slash. */
  providerUrl: string;
  /** Tells the things of this run from those of others. */
  runId: string;
  arrange: Arrange;
  /** Whether the case may show the provider a key it refuses. */
  mayBurden(ref: CaseRef): boolean;
  /** Every call is charged to it. */
  budget?: Budget;
  /** Calls under way at the same moment, at most. */
  concurrency: number;
  /** In [0, 1). */
  random(): number;
  /** See `Session.signal`. */
  signal?: AbortSignal;
  /** Told how many more, or fewer, things of this run are in the account now than before. */
  onHolding?(more: number): void;
  /** Told of what could not be deleted after a case. */
  onLeft(left: Leftover): void;
}

/** OpenRouter itself, or whatever answers at the base URL. */
export function liveTarget(options: LiveOptions): Target {
  const {
    baseUrl,
    apiKey,
    managementKey,
    providerKey,
    providerUrl,
    runId,
    arrange,
    mayBurden,
    budget,
    concurrency,
    random,
    signal,
    onHolding,
    onLeft,
  } = options;
  // Over HTTP/2 a stream that the server cancels would look as if it had ended well (undici 8.12).
  const dispatcher = new Agent({ allowH2: false, connections: concurrency }).compose(
    agreeingClock(systemClock),
    keepingAway(systemClock),
  );
  return {
    name: 'live',
    async open(ref, onWait) {
      return arrangedSession({
        baseUrl,
        dispatcher,
        clock: systemClock,
        model: ref.model ?? '',
        customerKey: apiKey,
        managementKey,
        providerKeys: providerKey === null ? {} : { valid: providerKey },
        providerUrl,
        sandbox: false,
        mayBurden: mayBurden(ref),
        label: newLabel(runId),
        arrange,
        budget,
        onWait,
        random,
        signal,
        onHolding,
        onLeft,
        release: async () => undefined,
      });
    },
    close: () => dispatcher.close(),
  };
}
