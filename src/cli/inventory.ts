import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HarnessError } from '../errors.ts';
import { matches } from '../glob.ts';
import { profileNamed, takesPart } from '../profiles/profile.ts';
import { casesOf, type ListedScenario, onScenario, titleOf } from '../scenario/scenario.ts';
import type { CaseRef } from '../targets/target.ts';
import { nearest } from './nearest.ts';
import { shown, suiteFiles } from './paths.ts';
import type { Selection } from './settings.ts';

/** Loads every suite and returns its scenarios, in the order of files and lines, without running any.
 *
 * @throws HarnessError E_SUITE for a suite that does not load or two scenarios with one id
 */
export async function takeStock(suitesDir: string): Promise<ListedScenario[]> {
  const found: ListedScenario[] = [];
  onScenario((scenario) => found.push(scenario));
  try {
    for (const file of globSync(suiteFiles, { cwd: suitesDir, exclude: ['**/node_modules/**'] }).sort()) {
      await import(pathToFileURL(join(suitesDir, file)).href).catch((cause: unknown) => {
        if (cause instanceof HarnessError) throw cause;
        throw new HarnessError('E_SUITE', `${whereIn(join(suitesDir, file), cause)} does not load. ${inWords(cause)}`, {
          cause,
        });
      });
    }
  } finally {
    onScenario(null);
  }
  const seen = new Map<string, ListedScenario>();
  for (const scenario of found) {
    const other = seen.get(scenario.id);
    if (other !== undefined) {
      throw new HarnessError(
        'E_SUITE',
        `Two scenarios are called "${scenario.id}": ${placeOf(other)} and ${placeOf(scenario)}. Rename one.`,
      );
    }
    seen.set(scenario.id, scenario);
  }
  return found;
}

/** Which cases of a scenario run. */
export function selectCases(scenario: ListedScenario, select: Selection): CaseRef[] {
  if (select.suites.length > 0 && !select.suites.includes(suiteOf(scenario))) return [];
  if (select.scenarios.length > 0 && !select.scenarios.some((glob) => matches(glob, scenario.id))) return [];
  const profile = profileNamed(select.profile);
  return casesOf(scenario, select.models)
    .filter(({ mode }) => select.modes.length === 0 || (mode !== null && select.modes.includes(mode)))
    .filter((ref) => takesPart(profile, ref))
    .filter((ref) => select.part === null || select.part.has(titleOf(ref)));
}

/**
 * @throws HarnessError E_CONFIG for a suite or scenario that nobody declared
 */
export function refuseUnknown(select: Selection, inventory: readonly ListedScenario[]): void {
  const suites = [...new Set(inventory.map(suiteOf))];
  const ids = inventory.map(({ id }) => id);
  for (const suite of select.suites) {
    if (!suites.includes(suite))
      throw new HarnessError('E_CONFIG', `There is no suite "${suite}". Suites: ${suites.join(', ')}.`);
  }
  for (const glob of select.scenarios) {
    if (ids.some((id) => matches(glob, id))) continue;
    const guess = nearest(glob, ids);
    throw new HarnessError(
      'E_CONFIG',
      `No scenario matches "${glob}".${guess === undefined ? '' : ` Did you mean "${guess}"?`} "byok list" names them all.`,
    );
  }
}

/** `pinning` for `pinning.suite.ts`. */
function suiteOf({ file }: ListedScenario): string {
  return basename(file).replace(/\.suite\.[jt]s$/, '');
}

/** The suite, with the line of it that threw where that can be told. */
function whereIn(file: string, cause: unknown): string {
  const [, line] = String((cause as Error | undefined)?.stack).split(file, 2);
  return `${shown(file)}${/^:\d+/.exec(line ?? '')?.[0] ?? ''}`;
}

function inWords(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}

function placeOf({ file, line }: ListedScenario): string {
  return `${shown(file)}:${line}`;
}
