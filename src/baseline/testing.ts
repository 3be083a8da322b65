import type { Entry, KnownFailure } from './baseline.ts';

/** Entries for tests: about anything, long before they expire, changed where a test says so. */
export function knownFailure(changes: Partial<KnownFailure> = {}): KnownFailure {
  return {
    ...expectedSkip({ name: 'known entry 1 (line 2)', reason: 'reported' }),
    check: '*',
    link: 'https://example.com/issues/12',
    expires: '2026-12-31',
    ...changes,
  };
}

export function expectedSkip(changes: Partial<Entry> = {}): Entry {
  return { name: 'skips entry 1 (line 9)', scenario: '*', model: '*', mode: '*', reason: 'no tools here', ...changes };
}
