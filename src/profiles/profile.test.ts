import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { caseFinished } from '../report/testing.ts';
import { gate } from './gate.ts';
import { nightly } from './nightly.ts';
import {
  isRequired,
  limitsOf,
  missingFrom,
  type Profile,
  profileNamed,
  stampOf,
  takesPart,
  underProfile,
} from './profile.ts';

const profile: Profile = {
  name: 'night',
  version: 3,
  required: ['byok/own-key-pays', 'pinning/only-pins [json]'],
  others: 'shown',
  limits: () => ({ maxCostUsd: 1, maxRequests: 100 }),
};
const beyond = { scenario: 'pinning/only-pins', family: 'pinning', mode: 'stream' as const };

/** Whoever changes a list raises its version and writes the digest of the new one here. */
it.each([
  ['gate@1', gate, 'b622b6b33f41e572'],
  ['nightly@1', nightly, '277e67f3b9efa758'],
])('the list of %s is what it was when its version was given', (stamp, one, digest) => {
  expect(stampOf(one)).toBe(stamp);
  expect(createHash('sha256').update(one.required.join('\n')).digest('hex').slice(0, 16)).toBe(digest);
});

it('a profile that requires a scenario nobody declares says which', () => {
  expect(missingFrom(profile, ['byok/own-key-pays'])).toEqual(['pinning/only-pins']);
});

describe('a scenario', () => {
  it('is required in all modes, or in the one named', () => {
    expect(isRequired(profile, { scenario: 'byok/own-key-pays', mode: 'stream' })).toBe(true);
    expect(isRequired(profile, { scenario: 'pinning/only-pins', mode: 'json' })).toBe(true);
    expect(isRequired(profile, beyond)).toBe(false);
    expect(isRequired(profileNamed('all'), beyond)).toBe(true);
  });

  it('that is not required runs only where others are shown', () => {
    const ref = { ...beyond, model: 'a/one' };
    expect(takesPart(profile, ref)).toBe(true);
    expect(takesPart({ ...profile, others: 'left out' }, ref)).toBe(false);
    expect(takesPart(profileNamed('all'), ref)).toBe(true);
  });
});

describe('under a profile', () => {
  it('what is required keeps its verdict', () => {
    const failed = caseFinished({ scenario: 'byok/own-key-pays', verdict: 'fail' });
    expect(underProfile(profile, failed)).toEqual(failed);
  });

  it('a failure beyond it warns', () => {
    const failed = caseFinished({ ...beyond, verdict: 'fail' });
    expect(underProfile(profile, failed)).toEqual({ ...failed, verdict: 'warn', beyondProfile: true });
  });

  it('what could not run beyond it does not apply, and says why', () => {
    const stuck = caseFinished({ ...beyond, verdict: 'could-not-run', reason: 'no key', code: 'E_CONFIG' });
    expect(underProfile(profile, stuck)).toMatchObject({
      verdict: 'not-applicable',
      reason: 'Not required by night@3, and could not run: no key',
    });
  });

  it('a pass beyond it stays one, and is told as beyond', () => {
    expect(underProfile(profile, caseFinished({ ...beyond }))).toMatchObject({ verdict: 'pass', beyondProfile: true });
  });
});

it.each([
  ['gate', 1, { maxCostUsd: 0.01, maxRequests: 20 }],
  ['gate', 2, { maxCostUsd: 0.01, maxRequests: 20 }],
  ['gate', 4, { maxCostUsd: 0.02, maxRequests: 40 }],
  ['nightly', 30, { maxCostUsd: 0.5, maxRequests: 20_000 }],
  ['all', 2, { maxCostUsd: 0.5, maxRequests: 100_000 }],
])('a live run of %s with %i models may take %o', (name, models, limits) => {
  expect(limitsOf(profileNamed(name), models)).toEqual(limits);
});

it('a profile nobody knows is refused with those there are', () => {
  expect(() => profileNamed('weekly')).toThrow('--profile weekly: expected one of all, gate, nightly.');
});
