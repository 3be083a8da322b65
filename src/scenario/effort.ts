import type { GivenName } from './given.ts';
import type { Scenario } from './scenario.ts';

/** The most that bringing about a given takes, its deletion included. */
export interface Effort {
  /** Calls of the management API. */
  managing: number;
  /** How often it waits for a change to take effect; each wait may take `mostProbes`. */
  waits: number;
}

/** Calls that one wait may take: 1, 2, 4, 8 and then every 10 s, for two minutes. */
export const mostProbes = 16;

const nothing: Effort = { managing: 0, waits: 0 };
/** A workspace, a look at the BYOK keys in force there, an inference key. */
const workspace = 6;
/** The same with a BYOK key. */
const served = workspace + 2;
const key = 2;

const efforts: Partial<Record<GivenName, Effort>> = {
  'disabled-key': { managing: key + 1, waits: 1 },
  'key-limit-zero': { managing: key, waits: 1 },
  'key-limit-tiny': { managing: key, waits: 0 },
  'byok-none': { managing: workspace, waits: 0 },
  'byok-disabled': { managing: served + 1, waits: 2 },
  'byok-fallback': { managing: served + 1, waits: 2 },
  'byok-for-another-model': { managing: served + 1, waits: 2 },
  'byok-for-another-api-key': { managing: served + 1 + key, waits: 2 },
  'byok-in-another-workspace': { managing: served + workspace, waits: 1 },
  'byok-invalid': { managing: served + 1, waits: 2 },
  'byok-invalid-always-used': { managing: served + 2, waits: 2 },
  'byok-forbidden-always-used': { managing: served + 2, waits: 2 },
  'byok-exhausted-always-used': { managing: served + 2, waits: 2 },
  'byok-first-refused-second-valid': { managing: served + 3, waits: 3 },
  'byok-just-added': { managing: served, waits: 1 },
  'provider-ignored': { managing: key + 3, waits: 1 },
  'provider-not-allowed': { managing: key + 3, waits: 1 },
  'guardrail-prompt-injection': { managing: key + 3, waits: 0 },
  'guardrail-content-filter': { managing: key + 3, waits: 0 },
  'guardrail-sensitive-info': { managing: key + 3, waits: 0 },
  'guardrail-budget-spent': { managing: key + 3, waits: 1 },
};

/** What bringing about the given takes at most; nothing for one that is there already. */
export function effortOf(given: string): Effort {
  return efforts[given as GivenName] ?? nothing;
}

/** Show the provider a key it refuses: live at most one case of a run may. */
const burdening: ReadonlySet<string> = new Set<GivenName>([
  'byok-invalid',
  'byok-invalid-always-used',
  'byok-first-refused-second-valid',
]);

/**
 * Whether the scenario is known to show the provider a key it refuses, for whoever chooses the one that may. What a step that is made on
 * the way asks for is not known before; the given refuses it all the same.
 */
export function burdens({ steps }: Scenario): boolean {
  return steps.some((step) => typeof step !== 'function' && burdening.has(step.given));
}
