import type { Provocation } from './row.ts';

/** An ordinary call brings it about, on OpenRouter too. */
export function live(by: string): Provocation {
  return { how: 'live', by };
}

/** Only a sandbox brings it about at will. */
export function sandboxOnly(because: string): Provocation {
  return { how: 'sandbox-only', because };
}
