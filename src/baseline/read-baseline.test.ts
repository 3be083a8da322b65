import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { readBaseline } from './read-baseline.ts';

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'byok-baseline-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'baseline.yml');
  writeFileSync(file, text);
  return file;
}

const sound = { scenario: 'byok/*', reason: 'reported', link: 'https://example.com/12', expires: '2026-12-31' };

describe('a baseline', () => {
  test('speaks of every check, model and mode that it does not narrow down', () => {
    const { known, skips } = readBaseline(fileOf(JSON.stringify({ known: [sound] })));
    expect(known).toEqual([{ ...sound, check: '*', model: '*', mode: '*', name: 'known entry 1 (line 1)' }]);
    expect(skips).toBeNull();
  });

  test('watches skips when it lists them, even if it lists none', () => {
    expect(readBaseline(fileOf('skips: []'))).toMatchObject({ known: [], skips: [] });
  });

  test('is read as its documentation shows it, each entry named by its line', () => {
    const text =
      /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(import.meta.dirname, '../../docs/baseline.md'), 'utf8'))?.[1] ??
      '';
    const { known, skips } = readBaseline(fileOf(text));
    const lines = text.split('\n');
    for (const entry of [...known, ...(skips ?? [])]) {
      const line = Number(/\(line (\d+)\)$/.exec(entry.name)?.[1]);
      expect(lines[line - 1]?.replaceAll("'", '')).toBe(`  - scenario: ${entry.scenario}`);
    }
    expect([known.length, skips?.length]).toEqual([2, 1]);
    expect(known[1]?.expires).toBe('2026-12-01');
  });
});

describe('a flaw of a baseline is named by file, line and entry, with what was expected', () => {
  const yaml = (entry: object) => stringify({ known: [sound, entry] });

  test.each([
    ['', /baseline\.yml:1, but expected "known:", "skips:" or both, found null/],
    ['known: 5', /baseline\.yml:1, but known: expected a list of entries, found 5/],
    // What lists nothing says so with [].
    ['skips:', /baseline\.yml:1, but skips: expected a list of entries, found null/],
    ['knwon: []', /baseline\.yml:1, but Unrecognized key: "knwon"/],
    [yaml({ ...sound, expires: 'soon' }), /:9, but known entry 2: expires: expected a day such as .*, found "soon"/],
    [yaml({ ...sound, expires: '2026-02-30' }), /:9, but known entry 2: expires: expected a day/],
    [yaml({ ...sound, link: 'a ticket' }), /:8, but known entry 2: link: expected an address .*, found "a ticket"/],
    [yaml({ ...sound, check: 5 }), /:10, but known entry 2: check: expected a text, found 5/],
    [yaml({ ...sound, scenarios: 'a' }), /:6, but known entry 2: Unrecognized key: "scenarios"/],
    [yaml({ ...sound, reason: undefined }), /:6, but known entry 2: reason: expected a text, found nothing/],
    ['skips: [{ scenario: a/b }]', /:1, but skips entry 1: reason: expected a text, found nothing/],
    ['known:\n  - scenario: *', /:2, but it is not YAML/],
    ['known:\n  - scenario: */key-refused', /but it is not YAML: .* Quote a glob that begins with a star: "\*"/],
    ['known: [\n', /:2, but it is not YAML/],
    ['known: []\nknown: []', /:2, but it is not YAML: Map keys must be unique/],
  ])('%j', (text, says) => {
    const read = () => readBaseline(fileOf(text));
    expect(read).toThrow(expect.objectContaining({ name: 'HarnessError', code: 'E_CONFIG' }));
    expect(read).toThrow(says);
    expect(read).toThrow(/^Expected a baseline at .* docs\/baseline\.md shows its form\.$/);
  });

  test('and so is a file that is not there', () => {
    expect(() => readBaseline('nowhere.yml')).toThrow('at nowhere.yml, but the system answered ENOENT.');
  });
});
