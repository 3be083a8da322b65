import { Agent } from 'undici';
import type { Clock } from '../../clock.ts';
import { startServer } from '../http.ts';
import type { Interfere } from '../interference.ts';
import { seededRandom } from '../random.ts';
import { openRouterApi } from './api.ts';
import { emptyState } from './state.ts';
import type { Upstream, World } from './world.ts';

/** The guide asks for patience of about a minute; half of it is what the sandbox takes unless told otherwise. */
const usualPropagationMs = 30_000;

export interface OpenRouterOptions {
  clock: Clock;
  seed: string;
  port: number;
  /** Milliseconds until a change to a BYOK key takes effect. */
  propagationMs?: number;
  interfere?: Interfere;
  upstream: Omit<Upstream, 'dispatcher'>;
}

/** The OpenRouter side, still without any account. */
export interface OpenRouter {
  /** Ends in `/api/v1`. */
  url: string;
  world: World;
  close(): Promise<void>;
}

/** @throws HarnessError E_CONFIG when the port cannot be had */
export async function startOpenRouter({
  clock,
  seed,
  port,
  upstream,
  propagationMs = usualPropagationMs,
  interfere,
}: OpenRouterOptions): Promise<OpenRouter> {
  const dispatcher = new Agent();
  const timesAsked = new Map<string, number>();
  const world: World = {
    state: emptyState(),
    clock,
    random: seededRandom(`${seed} openrouter`),
    randomFor(subject) {
      const times = (timesAsked.get(subject) ?? 0) + 1;
      timesAsked.set(subject, times);
      return seededRandom(`${seed} ${subject} ${times}`);
    },
    propagationMs,
    ...(interfere && { interfere }),
    upstream: { ...upstream, dispatcher },
  };
  const server = await startServer({ clock, port, handle: openRouterApi(world) });
  return {
    url: `${server.origin}/api/v1`,
    world,
    async close() {
      await server.close();
      await dispatcher.destroy();
    },
  };
}
