import type { Origin } from '../targets/target.ts';

const DAY_MS = 86_400_000;

/** After this OpenRouter and the provider may well answer differently. */
export const MAX_AGE_DAYS = 30;

/** Whole days since a recording was made. */
export function ageDays({ recordedAt }: Origin, nowMs: number): number {
  return Math.floor((nowMs - Date.parse(recordedAt)) / DAY_MS);
}

/** Whether a recording is too old to prove anything. The sandbox says the same tomorrow; its recordings do not age. */
export function isStale(origin: Origin, nowMs: number): boolean {
  return origin.recordedFrom === 'live' && ageDays(origin, nowMs) > MAX_AGE_DAYS;
}
