import type { CaseFinding, CaseFinished, Problem, RunEvent, RunFinished, RunStarted, StepSummary } from './events.ts';

/** Builders of events for tests: a replay in which all is well, changed where a test says so. */

export function runStarted(changes: Partial<RunStarted> = {}): RunStarted {
  return {
    type: 'run-started',
    format: 1,
    runId: '2026-11-23T12-00-00Z-ab12',
    at: '2026-11-23T12:00:00.000Z',
    target: 'replay',
    baseUrl: null,
    profile: 'all',
    inventory: '0123456789abcdef',
    models: ['z-ai/glm-5.2', 'qwen/qwen3.6-27b'],
    harnessVersion: '0.1.0',
    contractVersion: '2026-11-23',
    hostname: 'builder-1',
    command: ['byok', 'run'],
    errorPaths: [],
    ...changes,
  };
}

export function caseFinished(changes: Partial<CaseFinished> = {}): CaseFinished {
  return {
    type: 'case-finished',
    scenario: 'pinning/only-pins',
    family: 'pinning',
    model: 'z-ai/glm-5.2',
    mode: 'json',
    says: 'A request that names one provider is served by it.',
    requirements: ['provider.only'],
    file: 'suites/pinning.suite.ts',
    line: 12,
    verdict: 'pass',
    findings: [],
    steps: [],
    notes: [],
    durationMs: 12.4,
    attempts: 1,
    origin: { recordedFrom: 'sandbox', recordedAt: '2026-11-23T09:00:00.000Z' },
    ...changes,
  };
}

export function finding(changes: Partial<CaseFinding> = {}): CaseFinding {
  return {
    check: 'usage.is-byok-true',
    level: 'must',
    expected: 'is_byok true',
    actual: 'is_byok false',
    where: '/usage/is_byok',
    step: '1 POST /chat/completions',
    ...changes,
  };
}

export function step(changes: Partial<StepSummary> = {}): StepSummary {
  return {
    step: '1 POST /chat/completions',
    given: 'customer',
    status: 200,
    end: 'complete',
    provider: 'Some Provider',
    isByok: true,
    generationId: 'gen-1764000000-abcdefghijklmnopqrst',
    requestId: '9a0b1c2d3e4f-FRA',
    costUsd: 0.000012,
    promptTokens: 20,
    completionTokens: 5,
    curl: 'curl https://openrouter.ai/api/v1/chat/completions -H "authorization: Bearer $OPENROUTER_API_KEY"',
    ...changes,
  };
}

export function problem(changes: Partial<Problem> = {}): Problem {
  return { type: 'problem', code: 'E_SUITE', message: 'it does not load', ...changes };
}

export function runFinished(changes: Partial<RunFinished> = {}): RunFinished {
  return {
    type: 'run-finished',
    at: '2026-11-23T12:00:02.000Z',
    interrupted: false,
    durationMs: 2_000,
    ...changes,
  };
}

/** A whole run around some events. */
export function run(...events: RunEvent[]): RunEvent[] {
  return [runStarted(), ...events, runFinished()];
}

/** One case of each verdict. */
export function everyVerdict(): CaseFinished[] {
  return [
    caseFinished({ scenario: 'pinning/a', steps: [step()] }),
    caseFinished({
      scenario: 'pinning/b',
      verdict: 'fail',
      findings: [finding()],
      steps: [step()],
    }),
    caseFinished({
      scenario: 'pinning/c',
      verdict: 'warn',
      findings: [finding({ check: 'body.provider', level: 'should' })],
    }),
    caseFinished({ scenario: 'pinning/d', verdict: 'known', reason: 'reported upstream' }),
    caseFinished({ scenario: 'pinning/e', verdict: 'not-applicable', reason: 'no tools here' }),
    caseFinished({
      scenario: 'pinning/f',
      verdict: 'could-not-run',
      reason: 'no key',
      code: 'E_CONFIG',
    }),
  ];
}

/** What servers can send and report readers cannot take: colours, controls, `]]>`, markup, half a pair, a megabyte. */
export const hostile = `\u001B[31mred\u001B[0m \u0000\u0008\u000B\u007F\u009B ]]> ]]> <b>&amp;</b> "q" | \uD800 \uDC00 \uFFFE ${'x'.repeat(1_048_576)}`;
