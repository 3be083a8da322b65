import { Agent } from 'undici';
import { systemClock } from '../clock.ts';
import { arrangedSession } from './arranged-session.ts';
import type { Target } from './target.ts';
import type { Arrange } from './world.ts';

export interface LiveOptions {
  /** No trailing slash. */
  baseUrl: string;
  apiKey: string;
  managementKey: string | null;
  /** The provider's own key to bring along. */
  providerKey: string | null;
  /** Tells the things of this run from those of others. */
  runId: string;
  arrange: Arrange;
}

/** OpenRouter itself, or whatever answers at the base URL. */
export function liveTarget({ baseUrl, apiKey, managementKey, providerKey, runId, arrange }: LiveOptions): Target {
  // Over HTTP/2 a stream that the server cancels would look as if it had ended well (undici 8.12).
  const dispatcher = new Agent({ allowH2: false });
  let sessions = 0;
  return {
    name: 'live',
    async open({ model }) {
      sessions += 1;
      return arrangedSession({
        baseUrl,
        dispatcher,
        clock: systemClock,
        model: model ?? '',
        customerKey: apiKey,
        managementKey,
        providerKeys: providerKey === null ? {} : { valid: providerKey },
        sandbox: false,
        label: `byokc-${runId}-${sessions}`,
        arrange,
        release: async () => undefined,
      });
    },
    close: () => dispatcher.close(),
  };
}
