import { expect, test } from 'vitest';
import { costPhrase } from './cost.ts';
import type { CaseFinished, RunEvent } from './events.ts';
import { rerunCommand, verdictPhrase } from './phrases.ts';
import { exitCode, summarise } from './run-report.ts';
import { caseFinished, everyVerdict, problem, run, runFinished, runStarted, step } from './testing.ts';

const pass = caseFinished();
const fail = caseFinished({ scenario: 'pinning/x', verdict: 'fail' });
const stuck = caseFinished({ scenario: 'pinning/y', verdict: 'could-not-run' });
const unfit = caseFinished({ verdict: 'not-applicable' });
const interrupted = runFinished({ interrupted: true });
const stale = problem({ code: 'E_BASELINE' });

test('verdicts are counted as they are', () => {
  expect(summarise(run(...everyVerdict())).counts).toEqual({
    pass: 1,
    fail: 1,
    warn: 1,
    known: 1,
    'not-applicable': 1,
    'could-not-run': 1,
  });
});

test('a planned case that never finished could not run, and its run was killed', () => {
  const report = summarise([
    runStarted(),
    {
      type: 'cases-planned',
      file: 'suites/a.suite.ts',
      cases: [pass, fail].map(({ scenario, family, model, mode }) => ({
        scenario,
        family,
        model,
        mode,
      })),
    },
    pass,
  ]);
  expect(report.ending).toBe('killed');
  expect(report.cases.map(({ name, verdict, code }) => [name, verdict, code])).toEqual([
    ['pinning/only-pins [json]', 'pass', undefined],
    ['pinning/x [json]', 'could-not-run', 'E_INTERRUPTED'],
  ]);
});

test('cases are in the same order however they ended', () => {
  const cases = [
    caseFinished({ model: null, mode: null, family: 'setup', scenario: 'setup/key' }),
    caseFinished({ model: 'b/b', family: 'byok' }),
    caseFinished({ model: 'a/a', family: 'usage' }),
    caseFinished({ model: 'a/a', family: 'byok', mode: 'stream' }),
    caseFinished({ model: 'a/a', family: 'byok', mode: 'json' }),
  ];
  const order = summarise(run(...cases)).cases;
  expect(order.map(({ model, family, mode }) => [model, family, mode])).toEqual([
    [null, 'setup', null],
    ['a/a', 'byok', 'json'],
    ['a/a', 'byok', 'stream'],
    ['a/a', 'usage', 'json'],
    ['b/b', 'byok', 'json'],
  ]);
  expect(summarise(run(...cases.toReversed())).cases).toEqual(order);
});

test('two cases of one name are told apart', () => {
  expect(summarise(run(pass, pass)).cases.map(({ name }) => name)).toEqual([
    'pinning/only-pins [json]',
    'pinning/only-pins [json] #2',
  ]);
});

test('the matrix has a cell for each family and model, and none for what was not planned', () => {
  const { matrix } = summarise(run(pass, fail, caseFinished({ model: null, family: 'setup', scenario: 'setup/key' })));
  expect(matrix.columns).toEqual(['account', 'z-ai/glm-5.2']);
  expect(matrix.rows).toMatchObject([
    { family: 'pinning', cells: [null, { pass: 1, fail: 1 }] },
    { family: 'setup', cells: [{ pass: 1 }, null] },
  ]);
});

test.each<[string, RunEvent[], string[]]>([
  ['that ended without a single case', [runFinished()], ['E_NO_CASES']],
  ['in which nothing applied', [caseFinished({ verdict: 'not-applicable' }), runFinished()], ['E_NO_CASES']],
  ['that passed only what is not required', [{ ...pass, beyondProfile: true }, runFinished()], ['E_NO_CASES']],
  ['that was interrupted after its last case', [pass, interrupted], ['E_INTERRUPTED']],
  ['that was killed after its last case', [pass], ['E_INTERRUPTED']],
  ['whose cases tell what is wrong', [stuck, interrupted], []],
  ['that is sound', [pass, runFinished()], []],
])('a run %s has a problem to show where nothing else is red', (_name, events, codes) => {
  expect(summarise([runStarted(), ...events]).problems.map(({ code }) => code)).toEqual(codes);
});

test('events without a beginning are refused', () => {
  expect(() => summarise([])).toThrow('nothing was run');
});

test.each<[string, RunEvent[], number, string]>([
  ['all pass', [pass, runFinished()], 0, 'PASSED: 1 pass'],
  ['warn, known and not applicable', [...harmless(), runFinished()], 0, 'PASSED: 1 warn, 1 known'],
  ['a fail', [pass, fail, runFinished()], 1, 'FAILED: 1 of 2 cases failed'],
  ['a fail and a could-not-run', [fail, stuck, runFinished()], 1, 'FAILED'],
  ['a fail and a broken suite', [fail, problem(), runFinished()], 1, 'FAILED'],
  ['a baseline that is out of date', [pass, stale, runFinished()], 1, 'FAILED: 1 entry of the baseline out of date'],
  [
    'a fail and two such entries',
    [fail, stale, stale, runFinished()],
    1,
    '1 of 1 case failed, 2 entries of the baseline',
  ],
  ['such an entry and a broken suite', [pass, stale, problem(), runFinished()], 1, 'FAILED'],
  ['a broken suite', [pass, problem(), runFinished()], 2, 'BROKEN: 1 problem'],
  ['a bad configuration', [problem({ code: 'E_CONFIG' }), runFinished()], 2, 'BROKEN'],
  ['a broken suite and a could-not-run', [stuck, problem(), runFinished()], 2, 'BROKEN'],
  ['a could-not-run', [pass, stuck, runFinished()], 3, 'INCOMPLETE: 1 of 2 cases'],
  ['another problem', [pass, problem({ code: 'E_INTERNAL' }), runFinished()], 3, 'INCOMPLETE'],
  ['no case that applies', [unfit, runFinished()], 3, 'INCOMPLETE: none of 1 case applies'],
  ['no case', [runFinished()], 3, 'INCOMPLETE: no case ran'],
  ['Ctrl-C', [pass, interrupted], 130, 'INTERRUPTED'],
  ['Ctrl-C after a fail', [fail, interrupted], 130, 'INTERRUPTED: 0 of 1 case did not run'],
  ['a kill', [pass, stuck], 3, 'INCOMPLETE: the run was killed, 1 of 2 cases did not run or finish'],
  ['a kill after the last case', [pass], 3, 'INCOMPLETE: the run was killed, 0 of 1 case did not run'],
  [
    'a kill after a fail',
    [fail, stuck],
    1,
    'FAILED: 1 of 2 cases failed, and the run was killed: 1 of 2 cases did not',
  ],
  ['a fail beyond the profile', [pass, beyond(fail), beyond(stuck), runFinished()], 0, 'PASSED: 1 pass'],
  ['nothing that the profile asks for', [beyond(pass), runFinished()], 3, 'INCOMPLETE: no case ran'],
])('%s decides the exit code', (_name, events, code, phrase) => {
  const report = summarise([runStarted(), ...events]);
  expect(exitCode(report)).toBe(code);
  expect(verdictPhrase(report)).toContain(phrase);
});

function beyond(one: CaseFinished): CaseFinished {
  return { ...one, beyondProfile: true };
}

function harmless(): RunEvent[] {
  return everyVerdict().filter(({ verdict }) => ['warn', 'known', 'not-applicable'].includes(verdict));
}

test('only a live run of OpenRouter itself spends; an answer and its record tell one cost', () => {
  const paid = caseFinished({ steps: [step({ providerCostUsd: 0.0004 }), step({ step: '2 GET /generation' })] });
  const costOf = (target: 'live' | 'sandbox' | 'replay', baseUrl: string | null = null) =>
    summarise([runStarted({ target, baseUrl }), paid, runFinished()]).cost;
  expect(costOf('live', 'http://127.0.0.1:8787/api/v1')).toMatchObject({ spentUsd: 0, statedUsd: 0.000012 });
  expect(costOf('live', 'https://openrouter.ai/api/v1')).toMatchObject({
    spentUsd: 0.000012,
    statedUsd: 0,
    providerUsd: 0.0004,
  });
  expect(costOf('sandbox')).toMatchObject({ spentUsd: 0, statedUsd: 0.000012, providerUsd: 0.0004 });
  expect(costOf('replay')).toMatchObject({ spentUsd: 0, statedUsd: 0.000012, providerUsd: 0.0004 });
});

test('what a run says it spent counts for more than what its cases say; without it there may be more', () => {
  const started = runStarted({ target: 'live', baseUrl: 'https://openrouter.ai/api/v1' });
  const paid = caseFinished({ steps: [step({ providerCostUsd: 0.0004 })] });
  const spend = { requests: 12, openRouterUsd: 0.002, providerUsd: 0.03, unknownUsd: 0 };
  expect(costPhrase(summarise([started, paid, runFinished({ spend })]).cost)).toBe(
    "0.002 USD of OpenRouter credits and 0.03 USD on the customer's own key spent, in 12 requests",
  );
  expect(costPhrase(summarise([started, paid]).cost)).toBe(
    "at least 0.000012 USD of OpenRouter credits and 0.0004 USD on the customer's own key spent",
  );
});

test('a re-run names target, scenario, model and mode as far as the case has them', () => {
  const [one] = summarise(run(pass)).cases;
  expect(rerunCommand(runStarted(), one!)).toBe(
    'npm run byok -- run --target replay --scenario pinning/only-pins --model z-ai/glm-5.2 --mode json',
  );
  expect(rerunCommand(runStarted(), { ...one!, model: null, mode: null })).toBe(
    'npm run byok -- run --target replay --scenario pinning/only-pins',
  );
});

test.each([
  [['byok', 'run', '--suites', 'my suites', '--scenario', '*', '--fixtures=f'], `--suites 'my suites' --fixtures=f`],
  [
    ['byok', 'run', '--realtime', '--refragment', '--max-cost', '1', '--allow-stale'],
    '--realtime --refragment --allow-stale',
  ],
])('a run that was made otherwise is made so again', (command, end) => {
  const [one] = summarise(run(pass)).cases;
  expect(rerunCommand(runStarted({ command }), one!)).toMatch(new RegExp(`--mode json ${end}$`));
});

test('a live run goes again to where it went, wherever it had the address from', () => {
  const [one] = summarise(run(pass)).cases;
  const elsewhere = runStarted({ target: 'live', baseUrl: 'http://127.0.0.1:1/api/v1' });
  expect(rerunCommand(elsewhere, one!)).toContain(' --base-url http://127.0.0.1:1/api/v1 --model ');
});

test('a part that holds no case is for the joined run to judge', () => {
  const shard = { index: 3, count: 3 };
  const empty = summarise([runStarted({ shard }), runFinished()]);
  expect([exitCode(empty), verdictPhrase(empty)]).toEqual([0, 'PASSED: this part holds no case']);
  expect(exitCode(summarise([runStarted({ shard })]))).toBe(3);
  expect(exitCode(summarise([runStarted(), runFinished()]))).toBe(3);
});
