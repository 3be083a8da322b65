import type { CaseFinished, Verdict } from '../report/events.ts';
import type { HistoryEntry } from '../report/history-entry.ts';
import { titleOf } from '../scenario/scenario.ts';
import type { CaseRef } from '../targets/target.ts';
import type { KnownFailure } from './baseline.ts';
import { covers, troublesOf } from './covers.ts';

/** What a run says of a known failure: it is there, it is gone, or the run did not look everywhere it may be. */
export type Standing = 'there' | 'gone' | 'unseen';

/** What the finished cases of a run say of an entry that concerns `refs`. */
export function standingNow(
  entry: KnownFailure,
  refs: readonly CaseRef[],
  cases: ReadonlyMap<string, CaseFinished>,
): Standing {
  return together(refs.map((ref) => caseStanding(entry, cases.get(titleOf(ref)))));
}

/** The same of an earlier run, of which only the verdicts are left: whatever failed there may have been this. */
export function standingThen(refs: readonly CaseRef[], { verdicts }: HistoryEntry): Standing {
  return together(refs.map((ref) => verdictStanding(verdicts[titleOf(ref)])));
}

function caseStanding(entry: KnownFailure, finished: CaseFinished | undefined): Standing | null {
  if (finished === undefined) return 'unseen';
  const standing = verdictStanding(finished.verdict);
  if (standing === 'gone' || standing === null) return standing;
  if (troublesOf(finished).some((trouble) => covers(entry, trouble))) return 'there';
  // It failed at something else; if that also cut it short, this was not looked at.
  return finished.verdict === 'could-not-run' || finished.code !== undefined ? 'unseen' : 'gone';
}

/** Null for a case that does not apply, which says nothing either way. */
function verdictStanding(verdict: Verdict | undefined): Standing | null {
  switch (verdict) {
    case 'pass':
    case 'warn':
      return 'gone';
    case 'fail':
    case 'known':
      return 'there';
    case 'could-not-run':
    case undefined:
      return 'unseen';
    case 'not-applicable':
      return null;
  }
}

function together(standings: readonly (Standing | null)[]): Standing {
  if (standings.includes('there')) return 'there';
  if (standings.includes('unseen')) return 'unseen';
  return standings.includes('gone') ? 'gone' : 'unseen';
}
