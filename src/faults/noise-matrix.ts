import { casesOf, type Scenario, titleOf } from '../scenario/scenario.ts';
import type { CaseRef } from '../targets/target.ts';
import type { Noise } from './noise.ts';
import { inTurn, type Trial, tryCase } from './try-case.ts';

export interface NoiseMatrix {
  /** For each noise the cases it was heard in. */
  heard: ReadonlyMap<string, number>;
  /** What did not pass, one sentence each. Empty when nobody cried wolf. */
  problems: readonly string[];
  cases: number;
}

export interface NoiseMatrixOptions {
  noises: readonly Noise[];
  inventory: readonly Scenario[];
  model: string;
  /** Trials under way at the same moment. */
  width: number;
  /** Each noise meets one in so many of the ordinary cases and of the documented failures, the next noise the next ones. */
  spread: { cases: number; failures: number };
}

interface Chosen {
  scenario: Scenario;
  ref: CaseRef;
}

/** Runs the inventory in every noise. What passes in silence must pass in noise, without a finding that was not there before. */
export async function noiseMatrix({
  noises,
  inventory,
  model,
  width,
  spread,
}: NoiseMatrixOptions): Promise<NoiseMatrix> {
  const all = inventory.flatMap((scenario) => casesOf(scenario, [model]).map((ref) => ({ scenario, ref })));
  const jobs = noises.flatMap((noise, index) =>
    chosenFor(noise, all, { index, spread }).map((one) => ({ noise, ...one })),
  );
  const silent = [...new Map(jobs.map(({ scenario, ref }) => [titleOf(ref), { scenario, ref }])).values()];
  const trials = await inTurn(
    [
      ...silent.map(
        ({ scenario, ref }) =>
          () =>
            tryCase(scenario, ref),
      ),
      ...jobs.map(
        ({ noise, scenario, ref }) =>
          () =>
            tryCase(scenario, ref, noise),
      ),
    ],
    width,
  );
  const before = new Map(trials.slice(0, silent.length).map((trial) => [titleOf(trial.ref), trial]));
  const after = trials.slice(silent.length).map((trial, index) => ({ trial, noise: jobs[index]?.noise.name ?? '' }));
  const heard = new Map(
    noises.map(({ name }) => [name, after.filter(({ noise, trial }) => noise === name && trial.served).length]),
  );
  return {
    heard,
    cases: trials.length,
    problems: [
      ...[...before.values()]
        .filter(({ outcome }) => !isFine(outcome))
        .map((trial) => `in silence: ${titleOf(trial.ref)} ${told(trial)}`),
      ...after
        .filter(({ trial }) => isFine(before.get(titleOf(trial.ref))?.outcome) && !isFine(trial.outcome))
        .map(({ trial, noise }) => `${noise}: ${titleOf(trial.ref)} ${told(trial)}`),
      ...after
        .filter(({ trial }) => trial.crash !== undefined)
        .map(({ trial, noise }) => `${noise}: ${titleOf(trial.ref)} could not be varied: ${String(trial.crash)}`),
      ...[...heard].filter(([, cases]) => cases === 0).map(([name]) => `${name}: never heard`),
      ...noises
        .filter(({ name }, index) => noises.findIndex((other) => other.name === name) < index)
        .map(({ name }) => `${name}: two noises have this name`),
    ],
  };
}

function chosenFor(
  { only, among }: Noise,
  all: readonly Chosen[],
  { index, spread }: { index: number; spread: NoiseMatrixOptions['spread'] },
): Chosen[] {
  const isFailure = ({ scenario }: Chosen) => scenario.errorPath !== undefined;
  const fitting = all.filter(({ scenario, ref }) => {
    if (only === 'streams') return ref.mode === 'stream';
    if (only === 'bodies') return ref.mode !== 'stream';
    if (only === 'errors') return scenario.errorPath !== undefined || scenario.id.startsWith('errors/');
    return only !== 'record' || scenario.errorPath === undefined;
  });
  if (among !== undefined) return fitting.filter(({ scenario }) => scenario.id.startsWith(among));
  // A noise of failures has little else to be heard in.
  const failures = only === 'errors' ? Math.ceil(spread.failures / 4) : spread.failures;
  const share = (cases: readonly Chosen[], of: number) => cases.filter((_, place) => place % of === index % of);
  return [
    ...share(
      fitting.filter((one) => !isFailure(one)),
      spread.cases,
    ),
    ...share(fitting.filter(isFailure), failures),
  ];
}

function isFine(outcome: Trial['outcome'] | undefined): boolean {
  return outcome?.verdict === 'pass' || outcome?.verdict === 'not-applicable';
}

function told({ outcome }: Trial): string {
  const { verdict, reason, findings } = outcome;
  const found = findings
    .filter(({ level }) => level !== 'observed')
    .map(({ check, where, expected, actual }) => `${check} at ${where}: expected ${expected}, was ${actual}`);
  return `${verdict}: ${[...(reason === undefined ? [] : [reason]), ...found].join('; ')}`;
}
