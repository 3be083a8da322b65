import { matches } from '../glob.ts';
import type { CaseFinished } from '../report/events.ts';
import type { CaseRef } from '../targets/target.ts';
import type { Entry } from './baseline.ts';

/** Whether an entry speaks of a case. What has no model or no mode is spoken of by `*` alone. */
export function concerns({ scenario, model, mode }: Pick<Entry, 'scenario' | 'model' | 'mode'>, ref: CaseRef): boolean {
  return matches(scenario, ref.scenario) && matches(model, ref.model ?? '') && matches(mode, ref.mode ?? '');
}

/** What is wrong with a case, by the names an entry has to cover: the checks that must hold and do not, or else why it could not run. */
export function troublesOf({ findings, code }: CaseFinished): string[] {
  const broken = findings.filter(({ level }) => level === 'must').map(({ check }) => check);
  return broken.length > 0 || code === undefined ? [...new Set(broken)] : [code];
}

/** A case that could not run is excused by an entry that names its code, never by one that is silent about checks. */
export function covers({ check }: { check: string }, trouble: string): boolean {
  return isCode(trouble) === isCode(check) && matches(check, trouble);
}

export function isCode(check: string): boolean {
  return check.startsWith('E_');
}
