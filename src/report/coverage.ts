import type { KnownErrorPath, Verdict } from './events.ts';
import type { RunReport } from './run-report.ts';

/** What a run looked at, of the error paths of one operation. */
export interface EndpointCoverage {
  endpoint: string;
  /** Paths that OpenRouter or the guide documents. */
  documented: number;
  /** Paths only seen in traffic, beside the documented ones. */
  observed: number;
  /** Looked at by calls that can also be made live. */
  live: number;
  /** Looked at by calls that only the sandbox can be asked for. */
  sandboxOnly: number;
  /** Nobody could look at them. */
  excluded: number;
  /** Not looked at by this run. */
  uncovered: KnownErrorPath[];
}

/** The case was carried out and judged, whatever came of it. */
const judged: ReadonlySet<Verdict> = new Set(['pass', 'fail', 'warn', 'known']);

/** Which error paths the run looked at, by operation, from the ids its cases really named. A case that could not run looked at nothing. */
export function coverageOf({ run, cases }: Pick<RunReport, 'run' | 'cases'>): EndpointCoverage[] {
  const seen = new Set(
    cases.flatMap(({ errorPath, verdict }) => (errorPath !== undefined && judged.has(verdict) ? [errorPath] : [])),
  );
  return [...Map.groupBy(run.errorPaths, ({ endpoint }) => endpoint)].map(([endpoint, paths]) => {
    const covered = paths.filter(({ id }) => seen.has(id));
    return {
      endpoint,
      documented: paths.filter(({ observedOnly }) => !observedOnly).length,
      observed: paths.filter(({ observedOnly }) => observedOnly).length,
      live: covered.filter(({ how }) => how === 'live').length,
      sandboxOnly: covered.filter(({ how }) => how === 'sandbox-only').length,
      excluded: paths.filter(({ how }) => how === 'excluded').length,
      uncovered: paths.filter(({ id, how }) => how !== 'excluded' && !seen.has(id)),
    };
  });
}

/** The sum of all rows. */
export function totalCoverage(rows: readonly EndpointCoverage[]): EndpointCoverage {
  const sum = (pick: (row: EndpointCoverage) => number) => rows.reduce((total, row) => total + pick(row), 0);
  return {
    endpoint: 'total',
    documented: sum((row) => row.documented),
    observed: sum((row) => row.observed),
    live: sum((row) => row.live),
    sandboxOnly: sum((row) => row.sandboxOnly),
    excluded: sum((row) => row.excluded),
    uncovered: rows.flatMap((row) => row.uncovered),
  };
}

/** One line on how much of the documented failures was looked at. */
export function coveragePhrase({
  documented,
  observed,
  live,
  sandboxOnly,
  excluded,
  uncovered,
}: EndpointCoverage): string {
  return (
    `${documented} documented error paths and ${observed} observed: ${live} checked by calls that can be made live, ` +
    `${sandboxOnly} in the sandbox only, ${excluded} excluded, ${uncovered.length} not looked at`
  );
}
