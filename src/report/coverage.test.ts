import { describe, expect, it } from 'vitest';
import { coverageOf, coveragePhrase, totalCoverage } from './coverage.ts';
import type { KnownErrorPath } from './events.ts';
import { summarise } from './run-report.ts';
import { caseFinished, runStarted } from './testing.ts';

const errorPaths: KnownErrorPath[] = [
  { id: 'chat/400-a', endpoint: 'chat', observedOnly: false, how: 'live' },
  {
    id: 'chat/500-b',
    endpoint: 'chat',
    observedOnly: false,
    how: 'sandbox-only',
    because: 'it takes a broken provider',
  },
  { id: 'chat/O-404-c', endpoint: 'chat', observedOnly: true, how: 'live' },
  { id: 'key/500-d', endpoint: 'key', observedOnly: false, how: 'excluded', because: 'nobody can see it' },
];

function coverage(...cases: Parameters<typeof caseFinished>[0][]) {
  return coverageOf(
    summarise([
      runStarted({ errorPaths }),
      ...cases.map((changes, index) => caseFinished({ scenario: `a/b-${index}`, ...changes })),
    ]),
  );
}

describe('coverage of error paths', () => {
  it('counts a path that a case named and judged', () => {
    const [chat] = coverage({ errorPath: 'chat/400-a', verdict: 'fail' }, { errorPath: 'chat/500-b' });
    expect(chat).toMatchObject({ endpoint: 'chat', documented: 2, observed: 1, live: 1, sandboxOnly: 1 });
    expect(chat?.uncovered.map(({ id }) => id)).toEqual(['chat/O-404-c']);
  });

  it('does not count what could not run or did not apply', () => {
    const [chat] = coverage(
      { errorPath: 'chat/400-a', verdict: 'could-not-run' },
      { errorPath: 'chat/O-404-c', verdict: 'not-applicable' },
    );
    expect(chat).toMatchObject({ live: 0, sandboxOnly: 0 });
    expect(chat?.uncovered).toHaveLength(3);
  });

  it('neither counts nor misses what is excluded', () => {
    const [, key] = coverage({});
    expect(key).toMatchObject({ documented: 1, excluded: 1, uncovered: [] });
  });

  it('is summed up in a sentence', () => {
    expect(coveragePhrase(totalCoverage(coverage({ errorPath: 'chat/400-a' })))).toBe(
      '3 documented error paths and 1 observed: 1 checked by calls that can be made live, 0 in the sandbox only, 1 excluded, 2 not looked at',
    );
  });
});
