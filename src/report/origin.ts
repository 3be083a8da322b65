import type { Origin } from '../targets/target.ts';
import type { RunStarted } from './events.ts';
import { count, line } from './text.ts';

interface Dates {
  /** `YYYY-MM-DD` */
  first: string;
  last: string;
}

/** Where the answers of some cases come from. */
export interface OriginSummary {
  target: RunStarted['target'];
  baseUrl: string | null;
  sandbox: Dates | null;
  live: (Dates & { oldestDays: number }) | null;
}

/** Sums up the recordings behind some cases of a run; their age counts to its beginning. */
export function summariseOrigins(
  { target, baseUrl, at }: RunStarted,
  origins: readonly (Origin | undefined)[],
): OriginSummary {
  const live = dates(origins, 'live');
  return {
    target,
    baseUrl,
    sandbox: dates(origins, 'sandbox'),
    live: live && { ...live, oldestDays: daysBetween(live.first, at) },
  };
}

function dates(origins: readonly (Origin | undefined)[], recordedFrom: Origin['recordedFrom']): Dates | null {
  const days = origins
    .filter((origin) => origin?.recordedFrom === recordedFrom)
    .map((origin) => origin?.recordedAt.slice(0, 10) ?? '')
    .toSorted();
  const first = days[0];
  const last = days.at(-1);
  return first !== undefined && last !== undefined ? { first, last } : null;
}

function daysBetween(day: string, at: string): number {
  return Math.max(0, Math.floor((Date.parse(at) - Date.parse(day)) / 86_400_000));
}

/** The origin in words, e.g. `sandbox recordings of 2026-11-23`. A sandbox recording is never called a live one. */
export function originPhrase({ target, baseUrl, sandbox, live }: OriginSummary): string {
  const parts: string[] = [];
  if (sandbox) parts.push(`sandbox recordings of ${period(sandbox)}`);
  if (live) {
    parts.push(`live recordings of ${period(live)}, oldest ${count(live.oldestDays, 'day')}`);
  }
  if (parts.length > 0) return parts.join(' and ');
  switch (target) {
    case 'replay':
      return 'no recording was used';
    case 'sandbox':
      return 'not recorded: answers of the local sandbox';
    case 'live':
      return `not recorded: live answers of ${line(baseUrl ?? 'an unnamed address', 300)}`;
  }
}

function period({ first, last }: Dates): string {
  return first === last ? first : `${first} to ${last}`;
}

/** Whether the answers came from OpenRouter itself, at the moment of the run: only then was anything spent. */
export function isRealService({ target, baseUrl }: Pick<RunStarted, 'target' | 'baseUrl'>): boolean {
  return target === 'live' && hostOf(baseUrl) === 'openrouter.ai';
}

/** What the origin means for a reader who is about to trust the result; null when the answers were OpenRouter's. */
export function originCaution({ target, baseUrl, sandbox }: OriginSummary): string | null {
  if (sandbox || target === 'sandbox') {
    return 'The sandbox is a local stand-in: this result says nothing about the real services.';
  }
  if (target !== 'live' || isRealService({ target, baseUrl })) return null;
  return `These answers come from ${line(hostOf(baseUrl), 100)}, not from openrouter.ai: this result says nothing about the real services.`;
}

function hostOf(baseUrl: string | null): string {
  return URL.parse(baseUrl ?? '')?.host ?? 'an unnamed address';
}
