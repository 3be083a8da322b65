import { globSync } from 'node:fs';
import { join } from 'node:path';
import { cassettePath } from '../cassettes/store.ts';
import { shown } from './paths.ts';
import type { CasesPlanned, Problem } from '../report/events.ts';

/** Recordings that no scenario of the whole inventory plays: left over, or under a wrong name. */
export function orphans(fixtures: string, planned: readonly CasesPlanned[]): Problem[] {
  const played = new Set(planned.flatMap(({ cases }) => cases.map(cassettePath)));
  return globSync('**/*.json', { cwd: fixtures })
    .filter((file) => !played.has(file))
    .sort()
    .map((file) => ({
      type: 'problem',
      code: 'E_CASSETTE',
      message: 'No scenario plays this recording. Delete it, or record again under the right name.',
      file: shown(join(fixtures, file)),
    }));
}
