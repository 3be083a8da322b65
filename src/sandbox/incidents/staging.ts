import type { Customer } from '../openrouter/customer.ts';
import type { World } from '../openrouter/world.ts';
import type { Provider } from '../provider/provider.ts';

/** What an incident can change. */
export interface Staging {
  provider: Provider;
  world: World;
  customer: Customer;
}

/** Lets one trouble happen, from now on. */
export type Stage = (staging: Staging) => void;
