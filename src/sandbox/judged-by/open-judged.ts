import { onTestFinished } from 'vitest';
import type { Sandbox } from '../sandbox.ts';
import { startSandbox } from '../start-sandbox.ts';
import { VirtualClock } from '../virtual-clock.ts';

export interface Judged extends Sandbox {
  clock: VirtualClock;
  /** Puts `secret` in place of the provider's key, keeps it from falling back, and waits until that is in force. */
  bringKey(secret: string): Promise<void>;
}

/** A sandbox for clients that other people wrote; closed when the test ends. */
export async function openJudged(): Promise<Judged> {
  const clock = new VirtualClock(1_790_000_000_000);
  const sandbox = await startSandbox({ clock, seed: 'judged' });
  onTestFinished(() => sandbox.close());
  return {
    ...sandbox,
    clock,
    async bringKey(secret) {
      const headers = { authorization: `Bearer ${sandbox.keys.management}`, 'content-type': 'application/json' };
      const listing = (await (await fetch(`${sandbox.url}/byok`, { headers })).json()) as { data: { id: string }[] };
      for (const { id } of listing.data) {
        const body = JSON.stringify({ key: secret });
        await (await fetch(`${sandbox.url}/byok/${id}`, { method: 'PATCH', headers, body })).text();
        sandbox.backstage.alwaysUse(id, true);
      }
      await clock.sleep(60_000);
    },
  };
}

/** Models of the provider's guide, and the pin to it. */
export const models = ['z-ai/glm-5.2', 'qwen/qwen3.6-27b'] as const;
export const pin = { only: ['io-net'] };

/** JSON Schema of what the weather tool takes. */
export const cityOnly = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

/** Everything an iterable gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}
