import { casesOf, type Scenario, titleOf } from '../scenario/scenario.ts';
import type { CaseRef } from '../targets/target.ts';
import { canary } from './canary.ts';
import { everyCheck } from './every-check.ts';
import { type Family, type Fault, touchedBy, type Tripped } from './fault.ts';
import { inTurn, type Trial, tryCase } from './try-case.ts';

/** What became of one fault. */
export interface Tried {
  family: string;
  fault: Fault;
  trials: readonly Trial[];
  /** The checks with findings, in the order of their names. */
  tripped: readonly string[];
  served: boolean;
}

export interface KillMatrix {
  tried: readonly Tried[];
  /** Why the matrix does not hold, one sentence each. Empty when it does. */
  problems: readonly string[];
  /** For each check the faults it notices. */
  killed: ReadonlyMap<Tripped, readonly string[]>;
  cases: number;
}

export interface KillMatrixOptions {
  families: readonly Family[];
  inventory: readonly Scenario[];
  /** For which the touched scenarios run. */
  model: string;
  /** Trials under way at the same moment. */
  width: number;
  /** That must each have a fault of its own; by default all. */
  checks?: readonly Tripped[];
}

/** Tries every fault on the cases it touches, and those cases without any. */
export async function killMatrix({
  families,
  inventory,
  model,
  width,
  checks = everyCheck,
}: KillMatrixOptions): Promise<KillMatrix> {
  const scenarios = new Map(inventory.map((scenario) => [scenario.id as string, scenario]));
  const faults = [{ name: 'canary', faults: [canary] }, ...families].flatMap(({ name, faults: all }) =>
    all.map((fault) => ({ family: name, fault })),
  );
  const casesFor = (touch: string): { scenario: Scenario; ref: CaseRef }[] => {
    const { scenario: id, mode } = touchedBy(touch as Fault['touches'][number]);
    const scenario = scenarios.get(id);
    if (!scenario) return [];
    return casesOf(scenario, [model])
      .filter((ref) => mode === undefined || ref.mode === mode)
      .map((ref) => ({ scenario, ref }));
  };
  const jobs = faults.flatMap(({ fault }) =>
    fault.touches.flatMap(casesFor).map(({ scenario, ref }) => ({ fault, run: () => tryCase(scenario, ref, fault) })),
  );
  const honest = new Map(
    faults.flatMap(({ fault }) => fault.touches.flatMap(casesFor)).map((one) => [titleOf(one.ref), one]),
  );
  const results = await inTurn(
    [
      ...[...honest.values()].map(
        ({ scenario, ref }) =>
          () =>
            tryCase(scenario, ref),
      ),
      ...jobs.map(({ run }) => run),
    ],
    width,
  );
  const baseline = results.slice(0, honest.size);
  const trials = results.slice(honest.size);
  const tried = faults.map(({ family, fault }) => {
    const own = trials.filter((_, index) => jobs[index]?.fault === fault);
    return {
      family,
      fault,
      trials: own,
      tripped: [...new Set(own.flatMap(({ outcome }) => outcome.findings.map(({ check }) => check)))].sort(),
      served: own.some(({ served }) => served),
    };
  });
  const killed = new Map(
    checks.map((check) => [
      check,
      tried.filter(({ tripped }) => tripped.includes(check)).map(({ fault }) => fault.name),
    ]),
  );
  return {
    tried,
    killed,
    cases: results.length,
    problems: [
      ...baseline.flatMap(honestProblem),
      ...doubles(faults.map(({ fault }) => fault.name)),
      ...faults.flatMap(({ fault }) =>
        fault.touches
          .filter((touch) => casesFor(touch).length === 0)
          .map((touch) => `${fault.name}: there is no case ${touch}`),
      ),
      ...tried.flatMap(faultProblems),
      ...(tried[0]?.tripped.length === 0 ? ['canary: nobody noticed it, so this matrix shows nothing'] : []),
      ...checks
        .filter((check) => !tried.some(({ fault }) => fault.trips.includes(check)))
        .map((check) => `${check}: no fault trips it`),
    ],
  };
}

function honestProblem({ ref, outcome }: Trial): string[] {
  if (outcome.verdict !== 'pass') {
    return [`${titleOf(ref)}: ${outcome.verdict} without any fault: ${outcome.reason ?? told(outcome)}`];
  }
  return outcome.findings.length === 0 ? [] : [`${titleOf(ref)}: findings without any fault: ${told(outcome)}`];
}

function told({ findings }: Trial['outcome']): string {
  return findings
    .map(({ check, where, expected, actual }) => `${check} at ${where}: expected ${expected}, was ${actual}`)
    .join('; ');
}

function faultProblems({ fault, trials, tripped, served }: Tried): string[] {
  if (trials.length === 0) return [];
  const wrong = trials.flatMap((trial) => crash(trial).map((why) => `${fault.name}: ${titleOf(trial.ref)} ${why}`));
  if (wrong.length > 0) return wrong;
  if (!served) return [`${fault.name}: never served`];
  const unnoticed = trials.filter(({ outcome }) => outcome.findings.length === 0);
  const missed = fault.trips.filter((check) => !tripped.includes(check));
  const more = tripped.filter((check) => !fault.trips.some((declared) => declared === check));
  return [
    ...unnoticed.map(({ ref }) => `${fault.name}: ${titleOf(ref)} noticed nothing`),
    ...missed.map((check) => `${fault.name}: ${check} did not notice`),
    ...more.map((check) => `${fault.name}: ${check} tripped too: ${toldBy(check, trials)}`),
  ];
}

/** Why a trial tells nothing about the checks. */
function crash({ outcome, crash: error }: Trial): string[] {
  if (error !== undefined) return [`could not be deviated: ${error instanceof Error ? error.message : String(error)}`];
  if (outcome.verdict === 'could-not-run' || outcome.reason !== undefined)
    return [`${outcome.verdict}: ${outcome.reason}`];
  return [];
}

function toldBy(check: string, trials: readonly Trial[]): string {
  return trials
    .flatMap(({ outcome }) => outcome.findings.filter((finding) => finding.check === check))
    .slice(0, 1)
    .map(({ where, expected, actual }) => `at ${where}: expected ${expected}, was ${actual}`)
    .join('');
}

function doubles(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) < index).map((name) => `${name}: two faults have this name`);
}
