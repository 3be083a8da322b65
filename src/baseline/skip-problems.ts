import type { CaseFinished } from '../report/events.ts';
import { titleOf } from '../scenario/scenario.ts';
import type { CaseRef } from '../targets/target.ts';
import type { Entry } from './baseline.ts';
import { concerns } from './covers.ts';

/** What is skipped unexpectedly, and what was expected to be skipped and ran; cases beyond the inventory are nobody's to expect. */
export function skipProblems(
  skips: readonly Entry[] | null,
  cases: readonly CaseFinished[],
  inventory: readonly CaseRef[],
): string[] {
  if (skips === null) return [];
  const titles = new Set(inventory.map(titleOf));
  const ours = cases.filter((one) => titles.has(titleOf(one)));
  const skipped = ours.filter(({ verdict }) => verdict === 'not-applicable');
  const ran = ours.filter(({ verdict }) => verdict !== 'not-applicable' && verdict !== 'could-not-run');
  const surprising = skipped.filter((one) => !skips.some((entry) => concerns(entry, one)));
  return [
    ...skips.flatMap((entry) => needless(entry, ran)),
    // One scenario is skipped for one reason, in as many cases as there are models and modes.
    ...[...Map.groupBy(surprising, ({ scenario }) => scenario)].map(([scenario, same]) => unexpected(scenario, same)),
  ];
}

function needless(entry: Entry, ran: readonly CaseFinished[]): string[] {
  const [one, ...more] = ran.filter((finished) => concerns(entry, finished));
  if (one === undefined) return [];
  return [
    `${entry.name} expects a skip, but ${titleOf(one)}${andMore(more)} ran: ${one.verdict}. Delete the entry, or narrow it to what is skipped.`,
  ];
}

function unexpected(scenario: string, [one, ...more]: readonly CaseFinished[]): string {
  const example = one === undefined ? scenario : titleOf(one);
  return `${example}${andMore(more)} was skipped, which no entry expects: ${one?.reason ?? 'no reason given'} Add an entry for "${scenario}" under "skips", or mend why it is skipped.`;
}

function andMore(more: readonly unknown[]): string {
  return more.length > 0 ? ` and ${more.length} more` : '';
}
