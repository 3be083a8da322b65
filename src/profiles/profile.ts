import { HarnessError } from '../errors.ts';
import type { CaseFinished } from '../report/events.ts';
import type { CaseRef } from '../targets/target.ts';
import { gate } from './gate.ts';
import { nightly } from './nightly.ts';

/** What has to hold for one use of the harness. */
export interface Profile {
  name: string;
  /** Raised whenever the list changes, so that no verdict turns by surprise. */
  version: number;
  /** Scenarios that have to hold, e.g. `byok/own-key-pays`; with a mode where one is enough, e.g. `byok/own-key-pays [json]`. */
  required: readonly string[];
  /** Whether scenarios that are not required run too: they are shown then, and never make a run red. */
  others: 'shown' | 'left out';
  /** What a live run with so many models may take, where `--max-cost` and `--max-requests` say nothing else. */
  limits(models: number): Limits;
}

export interface Limits {
  maxCostUsd: number;
  maxRequests: number;
}

/** The whole inventory has to hold. */
export const all = 'all';

const profiles: readonly Profile[] = [gate, nightly];

export const profileNames: readonly string[] = [all, ...profiles.map(({ name }) => name)];

/**
 * The profile of that name, in its newest version; null for the whole inventory.
 *
 * @throws HarnessError E_CONFIG for a name nobody knows
 */
export function profileNamed(name: string): Profile | null {
  const found = profiles.find((profile) => profile.name === name);
  if (found === undefined && name !== all) {
    throw new HarnessError('E_CONFIG', `--profile ${name}: expected one of ${profileNames.join(', ')}.`);
  }
  return found ?? null;
}

/** What a live run may take when nobody says otherwise. */
export function limitsOf(profile: Profile | null, models: number): Limits {
  return profile?.limits(models) ?? { maxCostUsd: 0.5, maxRequests: 100_000 };
}

/** As reports show it, e.g. `gate@1`. */
export function stampOf(profile: Profile | null): string {
  return profile === null ? all : `${profile.name}@${profile.version}`;
}

export function isRequired(profile: Profile | null, { scenario, mode }: Pick<CaseRef, 'scenario' | 'mode'>): boolean {
  return profile === null || profile.required.includes(scenario) || profile.required.includes(`${scenario} [${mode}]`);
}

/** Whether the case runs at all. */
export function takesPart(profile: Profile | null, ref: CaseRef): boolean {
  return profile?.others !== 'left out' || isRequired(profile, ref);
}

/** The case as it weighs under the profile: what is not required warns where it fails, and where it could not run it does not apply. */
export function underProfile(profile: Profile | null, finished: CaseFinished): CaseFinished {
  if (isRequired(profile, finished)) return finished;
  const beyond = { ...finished, beyondProfile: true as const };
  if (finished.verdict === 'fail') return { ...beyond, verdict: 'warn' };
  if (finished.verdict !== 'could-not-run') return beyond;
  return {
    ...beyond,
    verdict: 'not-applicable',
    reason: `Not required by ${stampOf(profile)}, and could not run: ${finished.reason ?? 'no reason was given'}`,
  };
}

/** Required scenarios that no suite declares: without them the profile would hold for less than it says. */
export function missingFrom(profile: Profile | null, scenarioIds: readonly string[]): string[] {
  const known = new Set(scenarioIds);
  return [...new Set((profile?.required ?? []).map((entry) => entry.replace(/ \[.*/, '')))].filter(
    (id) => !known.has(id),
  );
}
