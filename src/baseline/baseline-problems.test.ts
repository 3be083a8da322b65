import { describe, expect, test } from 'vitest';
import type { CaseFinished, Verdict } from '../report/events.ts';
import { caseFinished, finding } from '../report/testing.ts';
import { historyEntryOf } from '../history/testing.ts';
import { titleOf } from '../scenario/scenario.ts';
import { baselineProblems, type Judged } from './baseline-problems.ts';
import { expectedSkip, knownFailure } from './testing.ts';

const json = caseFinished({ scenario: 'pinning/only-pins', mode: 'json' });
const stream = caseFinished({ scenario: 'pinning/only-pins', mode: 'stream' });
const account = caseFinished({ scenario: 'setup/key-valid', model: null, mode: null });
const broken: Partial<CaseFinished> = { verdict: 'known', findings: [finding({ check: 'usage.present' })] };

function messages({ known = [], skips = null, ...changes }: Partial<Judged & Judged['baseline']>): string[] {
  const problems = baselineProblems({
    baseline: { file: 'ci/baseline.yml', known, skips },
    cases: [json, stream, account],
    inventory: [json, stream, account],
    checkIds: ['usage.present', 'usage.is-byok-true'],
    run: { target: 'replay', baseUrl: null },
    earlier: [],
    today: '2026-11-23',
    ...changes,
  });
  for (const problem of problems) {
    expect(problem).toMatchObject({ type: 'problem', code: 'E_BASELINE', file: 'ci/baseline.yml' });
  }
  return problems.map(({ message }) => message);
}

describe('an entry', () => {
  test('that is needed is no problem', () => {
    const cases = [{ ...json, ...broken }, stream, account];
    expect(messages({ known: [knownFailure({ check: 'usage.*' })], cases })).toEqual([]);
  });

  test.each([
    [{ scenario: 'pining/*' }, 'no scenario matches "pining/*"'],
    [{ model: 'z-ai/glm-5' }, 'no model matches "z-ai/glm-5"'],
    [{ mode: 'sse', scenario: 'nothing' }, 'no scenario matches "nothing", no mode matches "sse"'],
    [{ scenario: 'setup/key-valid', mode: 'json' }, 'no case matches at once "setup/key-valid", "*" and "json"'],
    [{ check: 'usage.presnt' }, 'no check matches "usage.presnt"'],
    [{ check: 'E_TIMEDOUT' }, 'no check matches "E_TIMEDOUT"'],
  ])('about %j, which does not exist, is one', (about, says) => {
    expect(messages({ known: [knownFailure(about)] })).toEqual([
      expect.stringContaining(`known entry 1 (line 2) speaks of nothing that exists: ${says}. Correct or delete it;`),
    ]);
  });

  test('about a check that only a suite knows is none once it was seen', () => {
    const cases = [{ ...json, verdict: 'known' as const, findings: [finding({ check: 'our.own' })] }, stream, account];
    expect(messages({ known: [knownFailure({ check: 'our.own' })], cases })).toEqual([]);
  });

  test('that has expired is one, from the day after its last', () => {
    const cases = [{ ...json, ...broken }, stream, account];
    expect(messages({ known: [knownFailure({ expires: '2026-11-23' })], cases })).toEqual([]);
    expect(messages({ known: [knownFailure({ expires: '2026-11-22' })], cases })).toEqual([
      'known entry 1 (line 2) expired on 2026-11-22: "reported". Mend what it excuses and delete it, or look again and give it a later day.',
    ]);
    expect(messages({ skips: [expectedSkip({ expires: '2026-11-22' })], cases: [] })).toEqual([
      expect.stringContaining('skips entry 1 (line 9) expired on 2026-11-22'),
    ]);
  });
});

describe('an entry whose cases ran', () => {
  const entry = knownFailure({ scenario: 'pinning/*', check: 'usage.present' });
  const stale = [expect.stringMatching(/^known entry 1 \(line 2\) is stale: .* Delete the entry/)];
  const after = (...cases: CaseFinished[]) => messages({ known: [entry], cases });

  test('and passed is stale', () => {
    expect(after(json, { ...stream, verdict: 'warn' })).toEqual(stale);
  });

  test('is stale when they fail at something else', () => {
    expect(after({ ...json, verdict: 'fail', findings: [finding()] }, stream)).toEqual(stale);
  });

  test('is not stale while one of them needs it', () => {
    expect(after({ ...json, ...broken }, stream)).toEqual([]);
  });

  test('is left alone when one of them was not run, could not run, or was cut short', () => {
    expect(after(json)).toEqual([]);
    expect(after(json, { ...stream, verdict: 'could-not-run', code: 'E_NETWORK' })).toEqual([]);
    expect(after(json, { ...stream, verdict: 'fail', code: 'E_NETWORK', findings: [finding()] })).toEqual([]);
  });

  test('does not wait for those that do not apply, but for one that does', () => {
    expect(after(json, { ...stream, verdict: 'not-applicable' })).toEqual(stale);
    expect(after({ ...json, verdict: 'not-applicable' }, { ...stream, verdict: 'not-applicable' })).toEqual([]);
  });

  test('is not stale when it names the code for which a case could not run', () => {
    const timeout = knownFailure({ scenario: 'pinning/*', check: 'E_TIMEOUT' });
    const cases = [{ ...json, verdict: 'known' as const, code: 'E_TIMEOUT' }, stream];
    expect(messages({ known: [timeout], cases })).toEqual([]);
  });
});

describe('an entry whose cases passed live', () => {
  const entry = knownFailure({ scenario: 'pinning/*' });
  const run = { target: 'live', baseUrl: 'https://openrouter.ai/api/v1' } as const;
  const earlier = (...runs: (Verdict | undefined)[]) =>
    runs.map((verdict) =>
      historyEntryOf({ ...run, verdicts: verdict ? { [titleOf(json)]: verdict, [titleOf(stream)]: 'pass' } : {} }),
    );
  const after = (...runs: (Verdict | undefined)[]) => messages({ known: [entry], run, earlier: earlier(...runs) });

  test('is stale after three such runs in a row, this one included', () => {
    expect(after()).toEqual([]);
    expect(after('pass')).toEqual([]);
    expect(after('pass', 'warn')).toEqual([expect.stringContaining('did not show in 3 live runs in a row')]);
    expect(after('pass', 'pass', 'known', 'pass')).toEqual([]);
  });

  test('is judged by those runs that looked', () => {
    expect(after('pass', undefined, 'could-not-run', 'pass')).toHaveLength(1);
  });

  test('is judged by live runs of the same service alone', () => {
    const elsewhere = [
      ...earlier('pass').map((one) => ({ ...one, baseUrl: 'http://127.0.0.1:8080/api/v1' })),
      ...earlier('pass').map((one) => ({ ...one, target: 'sandbox' as const })),
    ];
    expect(messages({ known: [entry], run, earlier: [...earlier('pass'), ...elsewhere] })).toEqual([]);
  });
});

describe('skips', () => {
  const skipped = { verdict: 'not-applicable', reason: 'The endpoint does not list tools.' } as const;
  const skips = [expectedSkip({ scenario: 'pinning/*' })];

  test('are nobody’s business without a list of the expected ones', () => {
    expect(messages({ cases: [{ ...json, ...skipped }], skips: null })).toEqual([]);
  });

  test('that are expected are no problem, nor is an expected one that could not run', () => {
    const cases = [
      { ...json, ...skipped },
      { ...stream, verdict: 'could-not-run' as const },
    ];
    expect(messages({ cases, skips })).toEqual([]);
  });

  test('that no entry expects are one problem per scenario', () => {
    const cases = [
      { ...json, ...skipped },
      { ...stream, ...skipped },
    ];
    expect(messages({ cases, skips: [] })).toEqual([
      'pinning/only-pins z-ai/glm-5.2 [json] and 1 more was skipped, which no entry expects: The endpoint does not list tools. Add an entry for "pinning/only-pins" under "skips", or mend why it is skipped.',
    ]);
  });

  test('that are expected and ran are one', () => {
    expect(messages({ cases: [{ ...json, ...skipped }, stream], skips })).toEqual([
      'skips entry 1 (line 9) expects a skip, but pinning/only-pins z-ai/glm-5.2 [stream] ran: pass. Delete the entry, or narrow it to what is skipped.',
    ]);
  });

  test('of cases that no suite declares are not asked for', () => {
    const drift = caseFinished({ scenario: 'history/price-steady', mode: null, ...skipped });
    expect(messages({ cases: [drift], skips: [] })).toEqual([]);
  });

  test('of what does not exist cannot be expected', () => {
    expect(messages({ skips: [expectedSkip({ scenario: 'tools/*' })] })).toEqual([
      expect.stringContaining('no scenario matches "tools/*"'),
    ]);
  });
});
