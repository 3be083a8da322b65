import { HarnessError } from '../errors.ts';
import type { CaseFinished, CaseId, Problem, RunEvent, RunFinished, RunStarted } from './events.ts';
import { countVerdicts, type Counts } from './counts.ts';
import { matrixOf, type Matrix } from './matrix.ts';
import { summariseOrigins, type OriginSummary } from './origin.ts';
import { runCost, type RunCost } from './cost.ts';

/** A case with the name by which every report knows it; no two cases of a model share one. */
export interface ReportCase extends CaseFinished {
  /** `<scenario id> [<mode>]` */
  name: string;
}

/** A whole run, ready to be rendered. */
export interface RunReport {
  run: RunStarted;
  /** `interrupted`: stopped by Ctrl-C or SIGTERM, and it said so. `killed`: it never said that it ended. */
  ending: 'complete' | 'interrupted' | 'killed';
  /** Null when the run was killed. */
  finished: RunFinished | null;
  /** Sorted by model, family, scenario and mode. */
  cases: ReportCase[];
  problems: Problem[];
  counts: Counts;
  /** Of the cases that the profile asks for; the others never decide anything. */
  required: Counts;
  matrix: Matrix;
  cost: RunCost;
  origin: OriginSummary;
}

/**
 * Sums up the events of a run. Verdicts are taken as they are; a planned case that never finished could not run.
 *
 * Throws a `HarnessError` when the run never began.
 */
export function summarise(events: readonly RunEvent[]): RunReport {
  const run = events.find((event) => event.type === 'run-started');
  if (!run) {
    throw new HarnessError(
      'E_CONFIG',
      'Expected the events of a run to begin with run-started, but found none: nothing was run, so there is nothing to report. Run again.',
    );
  }
  const finished = events.findLast((event) => event.type === 'run-finished') ?? null;
  const ending = finished === null ? 'killed' : finished.interrupted ? 'interrupted' : 'complete';
  const cases = named([...events.filter((event) => event.type === 'case-finished'), ...unfinished(events, ending)]);
  const required = countVerdicts(cases.filter(({ beyondProfile }) => !beyondProfile));
  const problems = events.filter((event) => event.type === 'problem');
  if (problems.length === 0 && !isEmptyPart({ run, cases, ending })) problems.push(...unsaid(cases, required, ending));
  return {
    run,
    ending,
    finished,
    cases,
    problems,
    counts: countVerdicts(cases),
    required,
    matrix: matrixOf(cases),
    cost: runCost(run, cases, finished?.spend),
    origin: summariseOrigins(
      run,
      cases.map(({ origin }) => origin),
    ),
  };
}

/** Of a few cases on many machines, some get none: that is for the joined run to judge. */
function isEmptyPart({
  run,
  cases,
  ending,
}: Pick<RunReport, 'run' | 'ending'> & { cases: readonly unknown[] }): boolean {
  return run.shard !== undefined && cases.length === 0 && ending === 'complete';
}

/** What no case and no problem tells, though the run is not sound for it: a report without a red line would look like success. */
function unsaid(cases: readonly CaseFinished[], required: Counts, ending: RunReport['ending']): Problem[] {
  const problem = (code: string, message: string): Problem[] => [{ type: 'problem', code, message }];
  if (cases.length === 0) return problem('E_NO_CASES', 'Expected at least one case, but none ran: nothing is proven.');
  if (required.fail > 0 || required['could-not-run'] > 0) return [];
  if (ending !== 'complete') {
    return problem(
      'E_INTERRUPTED',
      `Expected the run to come to its end, but it was ${ending}: it may have had more to do.`,
    );
  }
  if (judged(required) > 0) return [];
  return problem('E_NO_CASES', 'Expected at least one required case to apply, but none does: nothing is proven.');
}

const whyUnfinished: Record<RunReport['ending'], string> = {
  complete: 'the run ended without it',
  interrupted: 'the run was interrupted before it ended',
  killed: 'the run was killed before it ended',
};

function unfinished(events: readonly RunEvent[], ending: RunReport['ending']): CaseFinished[] {
  const done = new Set(events.filter((event) => event.type === 'case-finished').map((event) => identity(event)));
  return events
    .filter((event) => event.type === 'cases-planned')
    .flatMap(({ file, cases }) =>
      cases
        .filter((planned) => !done.has(identity(planned)))
        .map((planned) => ({
          ...planned,
          type: 'case-finished' as const,
          says: '',
          requirements: [],
          file,
          line: 0,
          verdict: 'could-not-run' as const,
          reason: whyUnfinished[ending],
          code: 'E_INTERRUPTED',
          findings: [],
          steps: [],
          notes: [],
          durationMs: 0,
          attempts: 1,
        })),
    );
}

function identity({ scenario, model, mode }: CaseId): string {
  return JSON.stringify([model, scenario, mode]);
}

/** Sorts and names the cases. Readers keep only the first of two equal names, so a second one is numbered. */
function named(cases: readonly CaseFinished[]): ReportCase[] {
  const seen = new Map<string, number>();
  return cases
    .map((one) => ({ one, key: sortKey(one) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ one }) => {
      const nth = (seen.get(identity(one)) ?? 0) + 1;
      seen.set(identity(one), nth);
      const mode = one.mode === null ? '' : ` [${one.mode}]`;
      return { ...one, name: `${one.scenario}${mode}${nth > 1 ? ` #${nth}` : ''}` };
    });
}

function sortKey({ model, family, scenario, mode }: CaseId): string {
  return [model ?? '', family, scenario, mode ?? ''].join('\u0000');
}

/**
 * The exit code a run deserves, the first that fits:
 *
 * 130 it was interrupted; 1 a case failed or the baseline is out of date; 2 a suite or the configuration is wrong (`E_SUITE`, `E_CONFIG`); 3 incomplete: it was
 * killed, a case could not run, something else went wrong, or none was judged; 0 all that apply hold. A proven breach outranks
 * whatever else is wrong, so that a flaw of the harness never hides it. Cases beyond the profile count for nothing.
 */
export function exitCode({ run, cases, ending, required, problems }: RunReport): 0 | 1 | 2 | 3 | 130 {
  if (ending === 'interrupted') return 130;
  if (required.fail > 0 || problems.some(isFailure)) return 1;
  if (problems.some(({ code }) => code === 'E_SUITE' || code === 'E_CONFIG')) return 2;
  if (ending === 'killed' || required['could-not-run'] > 0 || problems.length > 0) return 3;
  if (judged(required) === 0 && !isEmptyPart({ run, cases, ending })) return 3;
  return 0;
}

/** A baseline that is out of date is as bad as a case that failed; every other problem leaves something unproven. */
export function isFailure({ code }: Problem): boolean {
  return code === 'E_BASELINE';
}

function judged({ pass, warn, known }: Counts): number {
  return pass + warn + known;
}
