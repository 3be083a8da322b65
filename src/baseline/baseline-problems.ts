import type { ErrorCode } from '../errors.ts';
import { matches } from '../glob.ts';
import type { CaseFinished, Problem, RunStarted } from '../report/events.ts';
import type { HistoryEntry } from '../report/history-entry.ts';
import { titleOf } from '../scenario/scenario.ts';
import type { CaseRef } from '../targets/target.ts';
import type { Baseline, Entry, KnownFailure } from './baseline.ts';
import { concerns, isCode, troublesOf } from './covers.ts';
import { skipProblems } from './skip-problems.ts';
import { standingNow, standingThen } from './standing.ts';

/** A live service has good days: so many clean runs in a row, this one included, before a known failure counts as mended. */
const cleanLiveRuns = 3;

export interface Judged {
  baseline: Baseline;
  /** Those of this run, `applyBaseline` done. */
  cases: readonly CaseFinished[];
  /** Every case there is, also those that this run leaves out: an entry is not stale before all of its cases were seen. */
  inventory: readonly CaseRef[];
  /** Of all checks; those that are found broken in this run need not be among them. */
  checkIds: readonly string[];
  run: Pick<RunStarted, 'target' | 'baseUrl'>;
  /** Earlier runs, oldest first. */
  earlier: readonly HistoryEntry[];
  /** `YYYY-MM-DD`, UTC. */
  today: string;
}

/** Entries that excuse nothing that exists, have expired, or are not needed any more; and skips that nobody expects. */
export function baselineProblems(judged: Judged): Problem[] {
  const { baseline } = judged;
  const byTitle = new Map(judged.cases.map((one) => [titleOf(one), one]));
  const messages = [
    ...baseline.known.flatMap((entry) => knownProblem(entry, judged, byTitle) ?? []),
    ...(baseline.skips?.flatMap((entry) => unknown(entry, judged) ?? expired(entry, judged.today) ?? []) ?? []),
    ...skipProblems(baseline.skips, judged.cases, judged.inventory),
  ];
  return messages.map((message) => ({ type: 'problem', code: 'E_BASELINE', message, file: baseline.file }));
}

function knownProblem(
  entry: KnownFailure,
  judged: Judged,
  byTitle: ReadonlyMap<string, CaseFinished>,
): string | undefined {
  return (
    unknown(entry, judged) ??
    unknownCheck(entry, judged) ??
    stale(entry, judged, byTitle) ??
    expired(entry, judged.today)
  );
}

function unknown(entry: Entry, { inventory }: Judged): string | undefined {
  if (inventory.some((ref) => concerns(entry, ref))) return undefined;
  const any = { scenario: '*', model: '*', mode: '*' };
  const wrong = (['scenario', 'model', 'mode'] as const)
    .filter((part) => !inventory.some((ref) => concerns({ ...any, [part]: entry[part] }, ref)))
    .map((part) => `no ${part} matches "${entry[part]}"`);
  const what =
    wrong.length > 0
      ? wrong.join(', ')
      : `no case matches at once "${entry.scenario}", "${entry.model}" and "${entry.mode}"`;
  return `${entry.name} speaks of nothing that exists: ${what}. Correct or delete it; "byok list" names the scenarios.`;
}

function unknownCheck({ name, check }: KnownFailure, { checkIds, cases }: Judged): string | undefined {
  const ids = isCode(check) ? Object.keys(codes) : [...checkIds, ...cases.flatMap(troublesOf)];
  if (ids.some((id) => matches(check, id))) return undefined;
  return `${name} speaks of nothing that exists: no check matches "${check}". Correct or delete it; the report of a failure names its checks.`;
}

/** Why a case could not run. */
const codes = {
  E_CONFIG: true,
  E_SUITE: true,
  E_CASSETTE: true,
  E_NETWORK: true,
  E_TIMEOUT: true,
  E_BLOCKED: true,
  E_BUDGET: true,
  E_INTERRUPTED: true,
  E_INTERNAL: true,
} satisfies Record<ErrorCode, true>;

function stale(entry: KnownFailure, judged: Judged, byTitle: ReadonlyMap<string, CaseFinished>): string | undefined {
  const refs = judged.inventory.filter((ref) => concerns(entry, ref));
  if (standingNow(entry, refs, byTitle) !== 'gone') return undefined;
  if (judged.run.target === 'live' && 1 + cleanBefore(refs, judged) < cleanLiveRuns) return undefined;
  const seen = judged.run.target === 'live' ? `in ${cleanLiveRuns} live runs in a row` : 'in this run';
  return `${entry.name} is stale: all cases of "${entry.scenario}" that it speaks of ran, and what it excuses ("${entry.reason}") did not show ${seen}. Delete the entry, so that it is noticed if it comes back.`;
}

/** How many live runs in a row, back from the newest, saw nothing of the failure; those that did not look are passed over. */
function cleanBefore(refs: readonly CaseRef[], { earlier, run }: Judged): number {
  const standings = earlier
    .filter(({ target, baseUrl }) => target === 'live' && baseUrl === run.baseUrl)
    .map((entry) => standingThen(refs, entry))
    .filter((standing) => standing !== 'unseen')
    .toReversed();
  const end = standings.indexOf('there');
  return end === -1 ? standings.length : end;
}

function expired({ name, expires, reason }: Entry, today: string): string | undefined {
  if (expires === undefined || expires >= today) return undefined;
  return `${name} expired on ${expires}: "${reason}". Mend what it excuses and delete it, or look again and give it a later day.`;
}
