import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { summarise } from '../report/run-report.ts';
import { caseFinished, everyVerdict, run, runFinished, runStarted, step } from '../report/testing.ts';
import { historyEntry } from './history-entry.ts';
import { appendHistory, readHistory } from './history-file.ts';
import { historyEntryOf } from './testing.ts';

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'byok-history-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'reports', 'history.ndjson');
}

const entries = ['a', 'b', 'c'].map((runId) => historyEntryOf({ runId }));

function historyOf(...runs: typeof entries): string {
  const file = newFile();
  for (const entry of runs) appendHistory(file, entry);
  return file;
}

describe('a history', () => {
  test('gives back what runs left, oldest first', () => {
    const left = historyEntry(summarise(run(...everyVerdict())));
    const file = historyOf(...entries, ...(left ? [left] : []));
    expect(readHistory(file)).toEqual([...entries, left]);
  });

  test('gives the newest when that is all that is wanted', () => {
    expect(readHistory(historyOf(...entries), { newest: 2 }).map(({ runId }) => runId)).toEqual(['b', 'c']);
  });

  test('that is not there is empty', () => {
    expect(readHistory(newFile())).toEqual([]);
  });

  test('holds a run once, however often it is added', () => {
    const file = historyOf(...entries);
    const before = readFileSync(file, 'utf8');
    for (const entry of entries) appendHistory(file, entry);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('takes no run for another whose name begins alike', () => {
    expect(readHistory(historyOf(historyEntryOf({ runId: 'ab' }), historyEntryOf({ runId: 'a' })))).toHaveLength(2);
  });

  test.each(['{"format":1,"runId":"c","at":"20', '{"format":1,"runId":"é'])(
    'ignores %j, left by a run that was killed while it wrote, and drops it at the next',
    (rest) => {
      const file = historyOf(...entries.slice(0, 2));
      appendFileSync(file, rest);
      expect(readHistory(file)).toHaveLength(2);
      for (const entry of entries) appendHistory(file, entry);
      expect(readHistory(file)).toEqual(entries);
    },
  );

  test('passes over what another version wrote in another format, and says so', () => {
    const file = historyOf(...entries);
    appendFileSync(file, '{"format":2,"runs":[]}\n');
    const said: string[] = [];
    expect(readHistory(file, { say: (sentence) => said.push(sentence) })).toEqual(entries);
    expect(said).toEqual([`${file}: 1 of the newest 4 runs are passed over, as their format is not 1.`]);
  });

  test.each([
    ['not JSON', 'it is not JSON'],
    ['null', 'the line: '],
    ['{"format":1,"runId":"d"}', 'at: '],
    [
      JSON.stringify({ format: 1, ...entries[0], verdicts: { a: 'fine' } }),
      'verdicts: expected a verdict for each title',
    ],
  ])('refuses %j, which no run left, by file and line', (line, says) => {
    const file = historyOf(...entries);
    appendFileSync(file, `${line}\n`);
    expect(() => readHistory(file)).toThrow(`Expected a run of a history at ${file}:4, but ${says}`);
  });

  test('that cannot be written says why and what to do', () => {
    const file = historyOf(...entries);
    writeFileSync(join(file, '..', 'plain'), '');
    expect(() => appendHistory(join(file, '..', 'plain', 'history.ndjson'), historyEntryOf())).toThrow(
      /^Expected to write to the history .*plain\/history\.ndjson, but the system answered (EEXIST|ENOTDIR)\./,
    );
  });
});

describe('a run leaves', () => {
  test('its verdicts, counts, figures and what it was', () => {
    const finished = runFinished({ spend: { requests: 2, openRouterUsd: 0.01, providerUsd: 0.2, unknownUsd: 0 } });
    const started = runStarted({ target: 'live', baseUrl: 'https://openrouter.ai/api/v1', profile: 'gate@1' });
    const drift = caseFinished({ scenario: 'history/price-steady', family: 'history', mode: null });
    const one = caseFinished({ verdict: 'warn', steps: [step()] });
    const { origin: _, ...answered } = one;
    expect(historyEntry(summarise([started, answered, drift, finished]))).toMatchObject({
      runId: started.runId,
      at: started.at,
      target: 'live',
      baseUrl: 'https://openrouter.ai/api/v1',
      profile: 'gate@1',
      spend: { openRouterUsd: 0.01, providerUsd: 0.2 },
      verdicts: { 'pinning/only-pins z-ai/glm-5.2 [json]': 'warn' },
      models: { 'z-ai/glm-5.2': { costUsd: 0.000012 } },
    });
  });

  test('where its recordings come from, sandbox ones beside live ones as the sandbox’s', () => {
    const live = caseFinished({
      mode: 'stream',
      origin: { recordedFrom: 'live', recordedAt: '2026-11-23T09:00:00.000Z' },
    });
    expect(historyEntry(summarise(run(live)))?.recordedFrom).toBe('live');
    expect(historyEntry(summarise(run(live, caseFinished())))?.recordedFrom).toBe('sandbox');
  });

  test.each([
    ['it was stopped', [runStarted(), caseFinished(), runFinished({ interrupted: true })]],
    ['it was killed', [runStarted(), caseFinished()]],
    ['it is one of several shards', [runStarted({ shard: { index: 1, count: 2 } }), caseFinished(), runFinished()]],
    ['it ran nothing', [runStarted(), runFinished()]],
  ])('nothing when %s', (_, events) => {
    expect(historyEntry(summarise(events))).toBeNull();
  });
});
