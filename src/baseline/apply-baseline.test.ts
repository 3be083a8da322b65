import { describe, expect, test } from 'vitest';
import { caseFinished, finding } from '../report/testing.ts';
import { applyBaseline } from './apply-baseline.ts';
import { knownFailure } from './testing.ts';

const failed = caseFinished({
  verdict: 'fail',
  findings: [finding(), finding({ check: 'body.provider', level: 'should' }), finding({ check: 'usage.present' })],
});

describe('a failing case', () => {
  test('is known when entries cover all that must hold and does not, and says why and how long', () => {
    const known = [
      knownFailure({ check: 'usage.is-*', reason: 'a', expires: '2026-12-01' }),
      knownFailure({ check: 'usage.present', reason: 'b', link: 'https://example.com/13' }),
    ];
    expect(applyBaseline(failed, { known })).toEqual({
      ...failed,
      verdict: 'known',
      reason:
        'known: a (https://example.com/issues/12, until 2026-12-01); b (https://example.com/13, until 2026-12-31)',
    });
  });

  test('stays a failure when one finding is not covered', () => {
    expect(applyBaseline(failed, { known: [knownFailure({ check: 'usage.present' })] })).toBe(failed);
  });

  test.each([
    { scenario: 'byok/*' },
    { model: 'qwen/*' },
    { mode: 'stream' },
    // A case whose checks failed did not fail for its code.
    { check: 'E_*' },
  ])('is not excused by an entry about %j', (about) => {
    expect(applyBaseline(failed, { known: [knownFailure(about)] })).toBe(failed);
  });

  test('without model and mode is excused by those entries alone that speak of any', () => {
    const account = { ...failed, model: null, mode: null };
    expect(applyBaseline(account, { known: [knownFailure()] }).verdict).toBe('known');
    expect(applyBaseline(account, { known: [knownFailure({ model: 'z-ai/*' })] }).verdict).toBe('fail');
    expect(applyBaseline(account, { known: [knownFailure({ mode: 'json' })] }).verdict).toBe('fail');
  });
});

describe('a case that could not run', () => {
  const stopped = caseFinished({ verdict: 'could-not-run', code: 'E_TIMEOUT', reason: 'No answer within 30 s.' });

  test('is known only by an entry that names its code', () => {
    expect(applyBaseline(stopped, { known: [knownFailure()] })).toBe(stopped);
    expect(applyBaseline(stopped, { known: [knownFailure({ check: 'E_NETWORK' })] })).toBe(stopped);
    expect(applyBaseline(stopped, { known: [knownFailure({ check: 'E_TIMEOUT' })] })).toMatchObject({
      verdict: 'known',
      reason: 'known: reported (https://example.com/issues/12, until 2026-12-31). No answer within 30 s.',
    });
  });
});

test.each(['pass', 'warn', 'not-applicable'] as const)('a case that is %s needs no excuse', (verdict) => {
  const finished = caseFinished({ verdict });
  expect(applyBaseline(finished, { known: [knownFailure()] })).toBe(finished);
});
