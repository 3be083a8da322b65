import { once } from 'node:events';
import type { Dispatcher } from 'undici';
import type { Material, Player } from '../tool.ts';

export function undiciPlayer(dispatcher: Dispatcher, origin: string, { request }: Material): Player {
  return {
    async ask() {
      const { body } = await dispatcher.request({ origin, ...request });
      return body.text();
    },
    async pieces() {
      let count = 0;
      const { body } = await dispatcher.request({ origin, ...request });
      await once(
        body.on('data', () => count++),
        'end',
      );
      return count;
    },
    close: () => dispatcher.close(),
  };
}

/** Reads global fetch at each call: the tools it is for replace it. */
export function fetchPlayer(
  origin: string,
  { request: { path, ...init } }: Material,
  close: () => Promise<void> = async () => {},
): Player {
  return {
    ask: async () => (await fetch(origin + path, init)).text(),
    async pieces() {
      let count = 0;
      const { body } = await fetch(origin + path, init);
      for await (const _ of body ?? []) count++;
      return count;
    },
    close,
  };
}
