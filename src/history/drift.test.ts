import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../report/history-entry.ts';
import { summarise } from '../report/run-report.ts';
import { caseFinished, runFinished, runStarted, step } from '../report/testing.ts';
import { driftCases } from './drift.ts';
import { historyEntryOf } from './testing.ts';

const model = 'z-ai/glm-5.2';
const baseUrl = 'https://openrouter.ai/api/v1';
const tokenPrices = { promptUsd: 4e-7, completionUsd: 1.6e-6 };
const usual = { firstContentP50Ms: 1_000, firstContentP95Ms: 2_000, costUsd: 0.1, tokenPrices };

function past(count: number, changes: Partial<HistoryEntry> = {}): HistoryEntry[] {
  return Array.from({ length: count }, (_, index) =>
    historyEntryOf({
      runId: `run-${index}`,
      target: 'live',
      baseUrl,
      profile: 'nightly@1',
      models: { [model]: usual },
      ...changes,
    }),
  );
}

/** A live run with one answer. */
function drift(
  answer: Parameters<typeof step>[0],
  earlier: HistoryEntry[],
  started: Parameters<typeof runStarted>[0] = {},
) {
  const events = [
    runStarted({ target: 'live', baseUrl, profile: 'nightly@2', ...started }),
    caseFinished({ steps: [step({ isByok: true, costUsd: 0, ...answer })] }),
    caseFinished({ scenario: 'setup/key-valid', family: 'setup', model: null, mode: null }),
    runFinished(),
  ];
  return driftCases(summarise(events), earlier);
}

const verdicts = (...of: Parameters<typeof drift>) => drift(...of).map(({ verdict }) => verdict);
const answer = {
  firstContentMs: 1_000,
  promptTokens: 20,
  completionTokens: 5,
  providerCostUsd: 20 * 4e-7 + 5 * 1.6e-6,
};

describe('a live run', () => {
  test('gets two cases per model', () => {
    expect(drift(answer, past(5))).toMatchObject([
      { scenario: 'history/first-token-steady', family: 'history', model, mode: null, verdict: 'pass', findings: [] },
      { scenario: 'history/price-steady', family: 'history', model, mode: null, verdict: 'pass', findings: [] },
    ]);
  });

  test('is warned of a first content that comes late, by much and by far', () => {
    expect(verdicts({ ...answer, firstContentMs: 1_500 }, past(5))[0]).toBe('pass');
    const [late] = drift({ ...answer, firstContentMs: 1_501 }, past(5));
    expect(late).toMatchObject({
      verdict: 'warn',
      findings: [
        {
          check: 'history.first-token-steady',
          level: 'should',
          expected: 'first content after at most 1500 ms (usually 1000 ms), by the median of 5 runs',
          actual: 'first content after 1501 ms',
        },
      ],
    });
    const quick = past(5, { models: { [model]: { ...usual, firstContentP50Ms: 100 } } });
    expect(verdicts({ ...answer, firstContentMs: 600 }, quick)[0]).toBe('pass');
    expect(verdicts({ ...answer, firstContentMs: 601 }, quick)[0]).toBe('warn');
    expect(verdicts({ ...answer, firstContentMs: 1 }, past(5))[0]).toBe('pass');
  });

  test.each([
    [1.05, 'pass'],
    [1.06, 'warn'],
    [0.95, 'pass'],
    [0.94, 'warn'],
  ])('whose answers cost %d times the usual: %s', (times, verdict) => {
    expect(verdicts({ ...answer, providerCostUsd: answer.providerCostUsd * times }, past(5))[1]).toBe(verdict);
  });

  test('is told the old price and the new, per 1,000 tokens', () => {
    const [, price] = drift({ ...answer, providerCostUsd: answer.providerCostUsd * 2 }, past(5));
    expect(price?.findings).toMatchObject([
      {
        check: 'history.price-steady',
        level: 'should',
        expected: '0.0006400 USD per 1,000 tokens, 5 % more or less, by the median of 5 runs',
        actual: '0.001280 USD per 1,000 tokens, 100.0 % more',
      },
    ]);
  });

  test('does not take longer answers for a higher price', () => {
    const long = { promptTokens: 20, completionTokens: 500, providerCostUsd: 20 * 4e-7 + 500 * 1.6e-6 };
    expect(verdicts({ ...answer, ...long }, past(5))[1]).toBe('pass');
  });

  test('has no past to be compared with before five runs', () => {
    expect(drift(answer, past(4))).toMatchObject([
      {
        verdict: 'not-applicable',
        reason: '4 comparable earlier runs in the history, and it takes 5 to know what is usual.',
      },
      { verdict: 'not-applicable' },
    ]);
  });

  test('without an answer on the own key has nothing to compare', () => {
    expect(drift({ ...answer, isByok: false }, past(5))).toMatchObject([
      { verdict: 'not-applicable', reason: 'No answer of this run on the own key shows it.' },
      { verdict: 'not-applicable' },
    ]);
  });

  test('is compared with the ten newest runs', () => {
    const slow = past(20, { models: { [model]: { ...usual, firstContentP50Ms: 9_000 } } });
    expect(verdicts({ ...answer, firstContentMs: 2_000 }, [...slow, ...past(10)])[0]).toBe('warn');
    expect(verdicts({ ...answer, firstContentMs: 2_000 }, [...past(10), ...slow])[0]).toBe('pass');
  });

  test.each([
    { target: 'sandbox' as const },
    { baseUrl: 'http://127.0.0.1:8080/api/v1' },
    { profile: 'gate@1' },
    { models: { 'qwen/qwen3.6-27b': usual } },
    { runId: runStarted().runId },
  ])('is not compared with a run of %j', (changes) => {
    expect(verdicts(answer, past(10, changes))).toEqual(['not-applicable', 'not-applicable']);
  });
});

test.each(['replay', 'sandbox'] as const)('a %s shows no drift of a service', (target) => {
  expect(drift(answer, past(10), { target, baseUrl: null })).toEqual([]);
});
