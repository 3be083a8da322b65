import type { LateForm } from './skin.ts';

/** What is out of order at OpenRouter itself and at the edge before it. In good times nothing is. */
export interface Platform {
  /** Everything is answered with 500. */
  isBroken: boolean;
  /** No provider is left to route to, whatever the request: the older rule, 503. */
  isUnroutable: boolean;
  admitsRequests: boolean;
  /** Calls of the account and management API are over their limit. */
  limitsManagement: boolean;
  /** Generation records cannot be read. */
  recordsFail: 402 | 502 | 529 | null;
  listingsArePublic: boolean;
  /** OpenRouter does not publish its limit. */
  bodyLimitBytes: number;
  /** Reasons for which the moderation of a model flags whatever it reads. */
  flags: readonly string[];
  /** The caller's country is one in which models are not offered. */
  isRegionRestricted: boolean;
  lateErrors: LateForm;
  edge: { bodyLimitBytes: number; seesAttack: boolean; givesUp: boolean };
}

export const soundPlatform = (): Platform => ({
  isBroken: false,
  isUnroutable: false,
  admitsRequests: true,
  limitsManagement: false,
  recordsFail: null,
  listingsArePublic: true,
  bodyLimitBytes: 10 * 1024 * 1024,
  flags: [],
  isRegionRestricted: false,
  lateErrors: 'choice',
  edge: { bodyLimitBytes: Infinity, seesAttack: false, givesUp: false },
});
