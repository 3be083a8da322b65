import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { RunEvent } from '../events.ts';
import type { HistoryEntry } from '../history-entry.ts';
import { summarise } from '../run-report.ts';
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
} from '../testing.ts';
import type { CaseData } from './case-data.ts';
import { historyEntry } from './history-testing.ts';
import type { PageData } from './page-data.ts';
import { renderHtml } from './render-html.ts';

const breakout = '</script><script>alert(1)</script><!--<img src=x onerror=alert(1)>';

function page(events: RunEvent[], extras?: Parameters<typeof renderHtml>[1]): string {
  return renderHtml(summarise(events), extras);
}

function dataOf(html: string): PageData {
  return JSON.parse(/id="report">(.*?)<\/script>/s.exec(html)?.[1] ?? '') as PageData;
}

function casesOf(html: string): CaseData[] {
  return [...html.matchAll(/id="block-\d+">(.*?)<\/script>/gs)].flatMap(
    ([, block = '']) => JSON.parse(inflateRawSync(Buffer.from(block, 'base64')).toString()) as CaseData[],
  );
}

test('the page says first what came of the run, and whose answers it judged', () => {
  const { verdict, exitCode, origin, caution, facts } = dataOf(page(run(...everyVerdict())));
  expect(verdict).toEqual({ word: 'FAILED', rest: '1 of 6 cases failed' });
  expect(exitCode).toBe(1);
  expect(origin).toBe('sandbox recordings of 2026-11-23');
  expect(caution).toContain('says nothing about the real services');
  expect(facts).toEqual(
    expect.arrayContaining([
      ['Target', 'replay'],
      ['Profile', 'all'],
      ['Harness', '0.1.0'],
      ['Contract', '2026-11-23'],
    ]),
  );
});

test('every case stands in the list, and what is known of it at the same place in the blocks', () => {
  const many = Array.from({ length: 120 }, (_, index) =>
    caseFinished({ scenario: `pinning/${String(index).padStart(3, '0')}`, notes: [`note ${index}`] }),
  );
  const html = page(run(...many));
  const { cases, casesPerBlock, counts } = dataOf(html);
  const details = casesOf(html);
  expect(counts.pass).toBe(120);
  expect(cases).toHaveLength(120);
  expect(html.match(/id="block-/g)).toHaveLength(Math.ceil(120 / casesPerBlock));
  expect(details.map(({ notes }) => notes)).toEqual(cases.map(({ name }) => [`note ${Number(name.slice(8, 11))}`]));
});

test('nothing a server or a model said ends the element it stands in', () => {
  const html = page([
    runStarted({ runId: breakout, hostname: breakout, baseUrl: breakout }),
    caseFinished({
      scenario: breakout,
      says: breakout,
      verdict: 'fail',
      findings: [finding({ actual: breakout })],
      steps: [step({ step: breakout })],
      notes: [breakout],
    }),
    problem({ message: breakout }),
    runFinished(),
  ]);
  expect(html).not.toContain(breakout);
  expect(html.match(/<script/g)).toHaveLength(3);
  expect(html.match(/<\/script>/g)).toHaveLength(3);
  expect(html).not.toContain('<!--');
  expect(html).not.toContain('<img');
  expect(dataOf(html).problems[0]?.message).toBe(breakout);
});

test('the browser is told to run and to load nothing but what the page brings', () => {
  const html = page(run(...everyVerdict()));
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
  const hash = (source = '') => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  expect(policy).toContain(`script-src ${hash(/<script type="module">(.*?)<\/script>/s.exec(html)?.[1])}`);
  expect(policy).toContain(`style-src ${hash(/<style>(.*?)<\/style>/s.exec(html)?.[1])}`);
});

test('an endless text does not make an endless page', () => {
  const cases = Array.from({ length: 20 }, (_, index) =>
    caseFinished({
      scenario: `pinning/${index}`,
      verdict: 'fail',
      findings: Array.from({ length: 40 }, () => finding({ actual: hostile })),
    }),
  );
  expect(page(run(...cases)).length).toBeLessThan(500_000);
});

test('a promise is told with where and when it was read', () => {
  const source = { url: 'https://openrouter.ai/docs', section: 'Routing', read: '2026-11-23' };
  const started = runStarted({
    requirements: [{ id: 'provider.only', level: 'must', statement: 'It is served by the one named.', source }],
    errorPaths: [{ id: 'chat/404', endpoint: 'chat', observedOnly: false, how: 'live', source }],
  });
  const html = page([started, caseFinished({ errorPath: 'chat/404' }), runFinished()]);
  expect(dataOf(html).requirements[0]?.source).toEqual(source);
  expect(dataOf(html).errorPaths).toEqual([{ id: 'chat/404', source }]);
  expect(casesOf(html)[0]).toMatchObject({ requirements: ['provider.only'], errorPath: 'chat/404' });
});

test('a sandbox recording is never shown as a live one, on the page of a case either', () => {
  const html = page(
    run(
      caseFinished({ scenario: 'pinning/a' }),
      caseFinished({
        scenario: 'pinning/b',
        origin: { recordedFrom: 'live', recordedAt: '2026-11-20T09:00:00.000Z' },
      }),
    ),
  );
  expect(casesOf(html).map(({ origin, caution }) => [origin, caution === null])).toEqual([
    ['sandbox recordings of 2026-11-23', false],
    ['live recordings of 2026-11-20, oldest 3 days', true],
  ]);
});

test('what was spent is summed by model, an answer and its record once', () => {
  const twice = [step({ costUsd: 0.5, providerCostUsd: 0.25 }), step({ costUsd: 0.5, providerCostUsd: 0.25 })];
  const { spend } = dataOf(page(run(caseFinished({ steps: twice }))));
  expect(spend.rows).toEqual([
    { subject: 'z-ai/glm-5.2', calls: 2, tokens: 25, openRouterUsd: 0.5, providerUsd: 0.25 },
  ]);
});

test('the trend shows the newest runs, and needs two', () => {
  const trend = (count: number) => {
    const history = Array.from({ length: count }, (_, index) => historyEntry(index));
    return dataOf(page(run(caseFinished()), { history })).trend;
  };
  expect(trend(1)).toBeNull();
  expect(trend(2)?.runs.map(({ runId }) => runId)).toEqual(['run-0', 'run-1']);
  expect(trend(100)).toMatchObject({ omitted: 40, models: ['a/one'] });
  expect(trend(100)?.runs.at(-1)?.runId).toBe('run-99');
});

test('a trend is of runs of one profile, with answers from the same place', () => {
  const real = { baseUrl: 'https://openrouter.ai/api/v1' };
  const served = { baseUrl: 'http://127.0.0.1:4010/api/v1' };
  const history: HistoryEntry[] = [
    { ...historyEntry(0), ...real },
    { ...historyEntry(1), ...served },
    { ...historyEntry(2), target: 'replay', recordedFrom: 'sandbox' },
    { ...historyEntry(3), ...real, profile: 'gate@1' },
    { ...historyEntry(4), ...real, profile: 'nightly@2' },
  ];
  const trendOf = (entries: HistoryEntry[]) => dataOf(page(run(caseFinished()), { history: entries })).trend;
  expect(trendOf(history)).toMatchObject({
    source: 'live at https://openrouter.ai/api/v1, nightly',
    real: true,
    runs: [{ runId: 'run-0' }, { runId: 'run-4' }],
  });
  expect(trendOf([...history, { ...historyEntry(5), ...served }])).toMatchObject({
    source: 'live at http://127.0.0.1:4010/api/v1, nightly',
    real: false,
    runs: [{ runId: 'run-1' }, { runId: 'run-5' }],
  });
});

test('what decides the result comes first of all that went wrong', () => {
  const beyond = (index: number) =>
    caseFinished({ scenario: `a/${index}`, verdict: 'fail', findings: [finding()], beyondProfile: true });
  const stopped = caseFinished({ scenario: 'z/z', verdict: 'could-not-run', reason: 'no key' });
  const { troubled, cases } = dataOf(page(run(...Array.from({ length: 60 }, (_, index) => beyond(index)), stopped)));
  expect(troubled).toHaveLength(61);
  expect(cases[troubled[0] ?? 0]?.name).toBe('z/z [json]');
});

test.each([
  ['replay', null, 'Would cost: own key', 'Computed in'],
  ['live', 'http://127.0.0.1:4010/api/v1', 'Would cost: own key', 'Took'],
  ['live', 'https://openrouter.ai/api/v1', 'Billed by provider', 'Took'],
] as const)('money and time of %s at %s are told for what they are', (target, baseUrl, money, time) => {
  const html = page([
    runStarted({ target, baseUrl }),
    caseFinished({ steps: [step({ providerCostUsd: 0.25 })], durationMs: 48 }),
    runFinished(),
  ]);
  const facts = Object.fromEntries(casesOf(html)[0]?.facts ?? []);
  expect(facts).toMatchObject({ [money]: '0.25 USD', [time]: '48 ms' });
  expect(dataOf(html).spend.real).toBe(money === 'Billed by provider');
});
