import type { CaseFinished } from '../report/events.ts';
import type { Baseline, KnownFailure } from './baseline.ts';
import { concerns, covers, troublesOf } from './covers.ts';

/** Makes a case `known` when everything that is wrong with it is. One thing that no entry covers leaves it as it was. */
export function applyBaseline(finished: CaseFinished, { known }: Pick<Baseline, 'known'>): CaseFinished {
  if (finished.verdict !== 'fail' && finished.verdict !== 'could-not-run') return finished;
  const entries = known.filter((entry) => concerns(entry, finished));
  const troubles = troublesOf(finished);
  const excuses = troubles.map((trouble) => entries.find((entry) => covers(entry, trouble)));
  const covering = excuses.filter((entry) => entry !== undefined);
  if (troubles.length === 0 || covering.length < troubles.length) return finished;
  const reasons = [...new Set(covering)].map(inWords);
  return {
    ...finished,
    verdict: 'known',
    reason: [`known: ${reasons.join('; ')}`, finished.reason].filter(Boolean).join('. '),
  };
}

function inWords({ reason, link, expires }: KnownFailure): string {
  return `${reason} (${link}, until ${expires})`;
}
