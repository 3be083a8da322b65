import { Agent } from 'undici';
import type { Interfere } from '../sandbox/interference.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { VirtualClock } from '../sandbox/virtual-clock.ts';
import { arrangedSession } from './arranged-session.ts';
import type { Target } from './target.ts';
import type { Arrange } from './world.ts';

/** Where the sandbox's time begins. Recordings made from it carry this date: it is simulated, like everything in them. */
const sandboxEpoch = Date.UTC(2026, 10, 23, 12);

/** A fresh local OpenRouter for every case, in simulated time: the same case gives the same bytes. */
export function sandboxTarget({ arrange, interfere }: { arrange: Arrange; interfere?: Interfere }): Target {
  return {
    name: 'sandbox',
    async open({ scenario, model, mode }) {
      const clock = new VirtualClock(sandboxEpoch);
      const sandbox = await startSandbox({
        clock,
        seed: [scenario, model, mode].join(' '),
        ...(interfere && { interfere }),
      });
      const dispatcher = new Agent({ connectTimeout: 0 });
      return arrangedSession({
        baseUrl: sandbox.url,
        dispatcher,
        clock,
        model: model ?? '',
        customerKey: sandbox.keys.inference,
        managementKey: sandbox.keys.management,
        providerKeys: {
          valid: sandbox.keys.provider,
          second: sandbox.keys.providerSecond,
          forbidden: sandbox.keys.providerForbidden,
          exhausted: sandbox.keys.providerExhausted,
        },
        providerUrl: sandbox.providerUrl,
        backstage: sandbox.backstage,
        sandbox: true,
        mayBurden: true,
        label: 'byokc-sandbox',
        arrange,
        async release() {
          await dispatcher.destroy();
          await sandbox.close();
        },
      });
    },
    async close() {},
  };
}
