import { countVerdicts, type Counts } from './counts.ts';
import type { CaseFinished } from './events.ts';

/** Verdicts by family and model. */
export interface Matrix {
  /** Column heads: `account` for the scenarios about the account, then the models. */
  columns: string[];
  rows: {
    family: string;
    /** As many as there are columns; null where nothing was planned. */
    cells: (Counts | null)[];
  }[];
}

/** Stands where other cases name their model. */
export function subjectOf({ model }: { model: string | null }): string {
  return model ?? 'account';
}

export function matrixOf(cases: readonly CaseFinished[]): Matrix {
  const columns = [...new Set(cases.map(subjectOf))].toSorted();
  const byFamily = Map.groupBy(cases, ({ family }) => family);
  const rows = [...byFamily.keys()].toSorted().map((family) => {
    const bySubject = Map.groupBy(byFamily.get(family) ?? [], subjectOf);
    return {
      family,
      cells: columns.map((column) => {
        const found = bySubject.get(column);
        return found ? countVerdicts(found) : null;
      }),
    };
  });
  return { columns, rows };
}
