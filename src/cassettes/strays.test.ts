import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { strayCassettes } from './strays.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strays-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const header = '{"format": 1, "scenario": "setup/key-valid", "model": null, "mode": null, "exchanges": []}';

it('a copy is found by the place it claims', () => {
  writeFileSync(join(folder, 'copy.json'), header);
  expect([...strayCassettes(folder)]).toEqual([['_account/setup/key-valid.json', ['copy.json']]]);
});

it('what cannot be read is left to whoever reads it whole', () => {
  mkdirSync(join(folder, 'folder.json'));
  writeFileSync(join(folder, 'cut.json'), header.slice(0, 20));
  expect(strayCassettes(folder).size).toBe(0);
});
