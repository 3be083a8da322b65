import type { Verdict } from '../report/events.ts';
import type { HistoryEntry } from '../report/history-entry.ts';

/** Runs that nothing we know of should make differ. */
export interface Peers {
  like: Pick<HistoryEntry, 'target' | 'baseUrl' | 'harnessVersion' | 'contractVersion' | 'recordedFrom'>;
  runs: number;
  flaky: FlakyCase[];
}

/** A case that changed its verdict between such runs. */
interface FlakyCase {
  title: string;
  changes: number;
  /** In how many runs it took part. */
  runs: number;
  /** The newest change. */
  last: { at: string; from: Verdict; to: Verdict };
}

/** Cases that changed their verdict though neither target, recordings, harness nor contract changed; those that did most often first. */
export function flakyCases(entries: readonly HistoryEntry[]): Peers[] {
  const groups = Map.groupBy(entries, ({ target, baseUrl, harnessVersion, contractVersion, recordedFrom }) =>
    JSON.stringify([target, baseUrl, harnessVersion, contractVersion, recordedFrom]),
  );
  return [...groups.values()].flatMap((peers) => {
    const [like] = peers;
    return like === undefined || peers.length < 2 ? [] : [{ like, runs: peers.length, flaky: changesIn(peers) }];
  });
}

function changesIn(peers: readonly HistoryEntry[]): FlakyCase[] {
  const titles = new Set(peers.flatMap(({ verdicts }) => Object.keys(verdicts)));
  return [...titles]
    .flatMap((title) => {
      const seen = peers.flatMap(({ at, verdicts }) => {
        const verdict = verdicts[title];
        return verdict === undefined ? [] : [{ at, verdict }];
      });
      const changes = seen.flatMap(({ at, verdict: to }, index) => {
        const from = seen[index - 1]?.verdict;
        return from === undefined || sameToUs(from) === sameToUs(to) ? [] : [{ at, from, to }];
      });
      const last = changes.at(-1);
      return last === undefined ? [] : [{ title, changes: changes.length, runs: seen.length, last }];
    })
    .toSorted((a, b) => b.changes - a.changes || (a.title < b.title ? -1 : 1));
}

/** A failure that a baseline came to excuse is the same failure. */
function sameToUs(verdict: Verdict): Verdict {
  return verdict === 'known' ? 'fail' : verdict;
}
