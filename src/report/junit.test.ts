import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import type { RunEvent } from './events.ts';
import { renderJunit } from './junit.ts';
import { summarise } from './run-report.ts';
import {
  caseFinished,
  everyVerdict,
  finding,
  hostile,
  problem,
  run,
  runFinished,
  runStarted,
  step,
} from './testing.ts';

interface Element {
  '#text'?: string;
  [name: string]: string | Element[] | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  alwaysCreateTextNode: true,
});

function read(events: readonly RunEvent[]): { xml: string; suites: Element[] } {
  const [xml = '', ...more] = renderJunit(summarise(events));
  expect(more).toEqual([]);
  expect(XMLValidator.validate(xml)).toBe(true);
  const [root] = (parser.parse(xml) as { testsuites: Element[] }).testsuites;
  expect(root!['@name']).toBe('byok-conformance');
  return { xml, suites: children(root!, 'testsuite') };
}

function children(element: Element, name: string): Element[] {
  const found = element[name];
  return Array.isArray(found) ? found : [];
}

function properties(element: Element): Record<string, string> {
  const listed = children(element, 'properties').flatMap((list) => children(list, 'property'));
  return Object.fromEntries(listed.map((one) => [one['@name'], one['@value']]));
}

function onlyCase(...events: RunEvent[]): Element {
  const cases = read(run(...events)).suites.flatMap((suite) => children(suite, 'testcase'));
  expect(cases).toHaveLength(1);
  return cases[0]!;
}

test('a suite stands for a model and a family and says where its answers come from', () => {
  const { suites } = read(
    run(caseFinished(), caseFinished({ model: null, mode: null, family: 'setup', scenario: 'setup/key' })),
  );
  expect(suites.map((suite) => suite['@name'])).toEqual(['account setup', 'z-ai/glm-5.2 pinning']);
  expect(suites[1]).toMatchObject({
    '@timestamp': '2026-11-23T12:00:00.000Z',
    '@hostname': 'builder-1',
    '@time': '0.012',
  });
  expect(properties(suites[1]!)).toEqual({
    target: 'replay',
    model: 'z-ai/glm-5.2',
    profile: 'all',
    harness_version: '0.1.0',
    contract_version: '2026-11-23',
    recorded_from: 'sandbox recordings of 2026-11-23',
  });
  const [account] = children(suites[0]!, 'testcase');
  expect(account).toMatchObject({ '@classname': 'account.setup', '@name': 'setup/key' });
});

test('a passing case has its place, its time and at most eight properties, and no other element', () => {
  const passed = onlyCase(caseFinished({ steps: [step({ firstContentMs: 81.6 })] }));
  expect(passed).toMatchObject({
    '@classname': 'z-ai/glm-5.2.pinning',
    '@name': 'pinning/only-pins [json]',
    '@file': 'suites/pinning.suite.ts',
    '@line': '12',
    '@time': '0.012',
  });
  expect(properties(passed)).toEqual({
    requirement: 'provider.only',
    provider: 'Some Provider',
    is_byok: 'true',
    generation_id: 'gen-1764000000-abcdefghijklmnopqrst',
    cost_usd: '0.000012',
    tokens: '25',
    ttft_ms: '82',
    attempts: '1',
  });
  expect(Object.keys(passed).filter((name) => !/^[@#]/.test(name))).toEqual(['properties']);
});

test('a failure begins with expected and actual of the most binding finding', () => {
  const failed = onlyCase(
    caseFinished({
      verdict: 'fail',
      findings: [finding({ check: 'body.provider', level: 'should', expected: 'a provider' }), finding()],
      steps: [step()],
    }),
  );
  const [failure, ...others] = children(failed, 'failure');
  expect(others).toEqual([]);
  expect(failure).toMatchObject({
    '@type': 'usage.is-byok-true',
    '@message': 'expected is_byok true, got is_byok false',
  });
  const text = failure!['#text']!;
  expect(text.split('\n').slice(0, 3)).toEqual([
    'expected: is_byok true',
    'actual: is_byok false',
    'where: /usage/is_byok, step 1 POST /chat/completions',
  ]);
  expect(text).toContain('body.provider (should)');
  expect(text).toContain('request id 9a0b1c2d3e4f-FRA');
  expect(text).toContain('Bearer $OPENROUTER_API_KEY');
  expect(text).toContain('npm run byok -- run --target replay --scenario pinning/only-pins');
});

test('expected and actual are one line each, whatever they hold', () => {
  const failed = onlyCase(
    caseFinished({
      verdict: 'fail',
      findings: [finding({ expected: 'a\nb', actual: '{\r\n  "c": 1\n}' })],
    }),
  );
  const [failure] = children(failed, 'failure');
  expect(failure!['#text']).toMatch(/^expected: a b\nactual: \{ "c": 1 \}\n/);
});

test('an answer and its generation record count once in cost and tokens', () => {
  const passed = onlyCase(
    caseFinished({
      steps: [step(), step({ step: '2 GET /generation' }), step({ generationId: 'gen-2' })],
    }),
  );
  expect(properties(passed)).toMatchObject({ cost_usd: '0.000024', tokens: '50' });
});

test('each verdict becomes its element, and the counts are those of the elements', () => {
  const { suites } = read(run(...everyVerdict()));
  const [suite] = suites;
  const cases = children(suite!, 'testcase');
  const elements = cases.map((one) =>
    ['failure', 'error', 'skipped', 'system-out'].filter((name) => name in one).join(),
  );
  expect(elements).toEqual(['', 'failure', 'system-out', 'skipped', 'skipped', 'error']);
  expect(suite).toMatchObject({
    '@tests': '6',
    '@failures': '1',
    '@errors': '1',
    '@skipped': '2',
  });
  expect(children(cases[4]!, 'skipped')[0]).toMatchObject({
    '@message': 'no tools here',
    '#text': 'no tools here',
  });
  expect(children(cases[5]!, 'error')[0]).toMatchObject({
    '@type': 'E_CONFIG',
    '@message': 'no key',
  });
});

test('a case that passed at last keeps its first attempt', () => {
  const flaky = onlyCase(caseFinished({ attempts: 2, firstAttempt: { findings: [finding()] }, notes: ['seen late'] }));
  expect(children(flaky, 'flakyFailure')[0]).toMatchObject({ '@type': 'usage.is-byok-true' });
  expect(children(flaky, 'failure')).toEqual([]);
  expect(children(flaky, 'system-out')[0]!['#text']).toBe('note: seen late');
});

test('problems are errors in a suite of their own', () => {
  const { suites } = read(run(problem({ file: 'suites/a.suite.ts', message: 'line 1\nline 2' }), problem()));
  expect(suites).toHaveLength(1);
  expect(suites[0]).toMatchObject({ '@name': 'problems', '@tests': '2', '@errors': '2' });
  const [first] = children(suites[0]!, 'testcase');
  expect(children(first!, 'error')[0]).toMatchObject({
    '@type': 'E_SUITE',
    '@message': 'line 1 line 2',
    '#text': 'line 1\nline 2',
  });
});

test('a baseline that is out of date is a failure, as it is for the exit code', () => {
  const { suites } = read(
    run(caseFinished(), problem({ code: 'E_BASELINE', message: 'known.json, entry 3:\nit passed' })),
  );
  expect(suites[1]).toMatchObject({ '@name': 'problems', '@failures': '1', '@errors': '0' });
  const [stale] = children(suites[1]!, 'testcase');
  expect(children(stale!, 'failure')[0]).toMatchObject({
    '@type': 'E_BASELINE',
    '#text': 'expected: no such problem\nactual: known.json, entry 3: it passed\n\nknown.json, entry 3:\nit passed',
  });
});

test('what the profile does not ask for is skipped with all that is known, or passes', () => {
  const beyondProfile = true as const;
  const { suites } = read([
    runStarted({ profile: 'gate@1', shard: { index: 2, count: 3 } }),
    caseFinished({ scenario: 'pinning/a', verdict: 'fail', findings: [finding()], steps: [step()], beyondProfile }),
    caseFinished({ scenario: 'pinning/b', verdict: 'could-not-run', reason: 'no key', beyondProfile }),
    caseFinished({ scenario: 'pinning/c', beyondProfile }),
    runFinished(),
  ]);
  expect(suites[0]).toMatchObject({ '@failures': '0', '@errors': '0', '@skipped': '2' });
  expect(properties(suites[0]!)).toMatchObject({ profile: 'gate@1', shard: '2/3' });
  const [failed, stuck, passed] = children(suites[0]!, 'testcase');
  const [skipped] = children(failed!, 'skipped');
  expect(skipped!['@message']).toBe('not required by gate@1: expected is_byok true, got is_byok false');
  expect(skipped!['#text']).toMatch(/^expected: is_byok true\nactual: is_byok false\n[^]*request id[^]*run again: /);
  expect(children(stuck!, 'skipped')[0]!['@message']).toBe('not required by gate@1: could not run: no key');
  expect(children(passed!, 'system-out')[0]!['#text']).toBe('not required by gate@1');
});

test('a case says what it waited for', () => {
  const waits = [
    { what: 'a new key to pay', ms: 12_345 },
    { what: 'a record\nto be written', ms: 1_000 },
  ];
  expect(children(onlyCase(caseFinished({ waits })), 'system-out')[0]!['#text']).toBe(
    'waited 12.3 s for a new key to pay\n\nwaited 1.0 s for a record to be written',
  );
});

test('a failure begins with expected and actual even where a value is blank or nothing was found', () => {
  const blank = onlyCase(caseFinished({ verdict: 'fail', findings: [finding({ expected: '\u0000', actual: ' \n' })] }));
  expect(children(blank, 'failure')[0]!['#text']).toMatch(/^expected: \(blank\)\nactual: \(blank\)\n/);
  const bare = onlyCase(caseFinished({ verdict: 'fail', reason: 'it broke' }));
  expect(children(bare, 'failure')[0]!['#text']).toMatch(/^expected: the scenario to hold\nactual: it broke\n/);
});

test('the whole document is as it was: what CI servers know a case by never changes', async () => {
  const events = run(
    ...everyVerdict(),
    caseFinished({ scenario: 'pinning/g', attempts: 2, firstAttempt: { findings: [finding()] }, notes: ['a note'] }),
    caseFinished({ family: 'setup', scenario: 'setup/key', model: null, mode: null }),
    problem({ file: 'suites/a.suite.ts' }),
  );
  await expect(read(events).xml).toMatchFileSnapshot('./junit.golden.xml');
});

test('a run without a case is an error, not an empty success', () => {
  expect(read(run()).suites[0]).toMatchObject({ '@errors': '1' });
});

test('a killed run shows what did not finish as errors', () => {
  const { suites } = read([
    runStarted(),
    { type: 'cases-planned', file: 'suites/a.suite.ts', cases: [caseFinished()] },
  ]);
  const [stopped] = children(suites[0]!, 'testcase');
  expect(children(stopped!, 'error')[0]).toMatchObject({ '@type': 'E_INTERRUPTED' });
  expect(stopped).not.toHaveProperty('@line');
});

test('names are unique, whatever the cases are called', () => {
  const { suites } = read(run(caseFinished(), caseFinished(), caseFinished({ mode: 'stream' })));
  const names = suites.flatMap((suite) => children(suite, 'testcase').map((one) => one['@name']));
  expect(new Set(names).size).toBe(3);
});

test('hostile text stays well-formed, short and without forbidden characters', () => {
  const { xml, suites } = read([
    runStarted({ hostname: hostile.slice(0, 90), profile: hostile.slice(0, 90) }),
    caseFinished({
      verdict: 'fail',
      says: hostile.slice(0, 90),
      findings: [finding({ expected: hostile, actual: hostile, where: hostile })],
      steps: [step({ provider: hostile, curl: hostile, requestId: hostile })],
      notes: [hostile],
    }),
    caseFinished({ scenario: 'pinning/z', verdict: 'could-not-run', reason: hostile }),
    problem({ message: hostile }),
    runFinished(),
  ]);
  // oxlint-disable-next-line no-control-regex -- they are the subject
  expect(xml).not.toMatch(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
  expect(xml.length).toBeLessThan(100_000);
  const [failure] = children(children(suites[0]!, 'testcase')[0]!, 'failure');
  expect(failure!['#text']).toContain('red  ]]> ]]> <b>&amp;</b> "q" |');
  expect(failure!['#text']).toContain('more characters)');
});

test('what would turn a line around is seen, and control characters are gone', () => {
  const failed = onlyCase(caseFinished({ verdict: 'fail', findings: [finding({ actual: '\u202Eeslaf\u0000' })] }));
  expect(children(failed, 'failure')[0]?.['@message']).toBe('expected is_byok true, got ⟨U+202E⟩eslaf');
});

test('times have three decimals, never an exponent', () => {
  expect(onlyCase(caseFinished({ durationMs: 0.00001 }))['@time']).toBe('0.000');
  expect(onlyCase(caseFinished({ durationMs: 123_456.7 }))['@time']).toBe('123.457');
});
