import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { relative } from 'node:path';
import { errorCatalogue } from '../contract/errors/catalogue.ts';
import { requirements } from '../contract/requirements.ts';
import { contractVersion } from '../contract/version.ts';
import type { CasesPlanned, Problem, RunStarted } from '../report/events.ts';
import { type ListedScenario, titleOf } from '../scenario/scenario.ts';
import { all, profileNamed, stampOf } from '../profiles/profile.ts';
import { ionet } from '../provider.ts';
import { harnessVersion } from '../version.ts';
import { selectCases } from './inventory.ts';
import { projectRoot } from './paths.ts';
import type { Prepared } from './prepare.ts';
import type { Selection } from './settings.ts';

/** The cases that will run, by suite; suites without any are left out. */
export function planOf(inventory: readonly ListedScenario[], select: Selection): CasesPlanned[] {
  const cases = inventory.map((scenario) => ({
    file: relative(projectRoot, scenario.file),
    cases: selectCases(scenario, select).map((ref) => ({ ...ref, family: scenario.family })),
  }));
  return [...Map.groupBy(cases, ({ file }) => file)]
    .map(([file, parts]) => ({ type: 'cases-planned' as const, file, cases: parts.flatMap((part) => part.cases) }))
    .filter((plan) => plan.cases.length > 0);
}

/** Nothing was left out, so that what is recorded beyond it is nobody's. */
export function isWhole({ scenarios, suites, modes, models, profile }: Selection): boolean {
  return (
    profile === all &&
    scenarios.length + suites.length + modes.length === 0 &&
    ionet.models.every((model) => models.includes(model))
  );
}

/** Everything asked for is there, and yet no case has all of it: a plain read has no mode, for one. */
export function nothingSelected({ scenarios, suites, modes }: Selection): Problem {
  const asked = [
    ...scenarios.map((glob) => `--scenario ${glob}`),
    ...suites.map((name) => `--suite ${name}`),
    ...modes.map((mode) => `--mode ${mode}`),
  ];
  return {
    type: 'problem',
    code: 'E_NO_CASES',
    message: `No case fits ${asked.join(' ') || 'an inventory without scenarios'}: nothing was run, nothing is proven. "byok list" names what there is.`,
  };
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

/** Beginning of the run's events. */
export function startOf({ settings, whole, baseline }: Prepared, command: string[]): RunStarted {
  return {
    type: 'run-started',
    format: 1,
    runId: settings.runId,
    at: new Date().toISOString(),
    target: settings.target,
    baseUrl: settings.target === 'live' ? settings.baseUrl : null,
    profile: stampOf(profileNamed(settings.select.profile)),
    ...(settings.shard !== null && { shard: settings.shard }),
    ...(baseline !== null && { baseline: digestOf([baseline.known, baseline.skips]) }),
    ...(settings.delivery !== 'fast' && { delivery: settings.delivery }),
    // The same for the same cases, in whatever order they were planned.
    inventory: digestOf(whole.flatMap(({ cases }) => cases.map(titleOf)).toSorted()),
    models: settings.select.models,
    harnessVersion,
    contractVersion,
    hostname: hostname(),
    command,
    errorPaths: Object.entries(errorCatalogue).map(([id, { endpoint, observedOnly = false, provocation, source }]) => ({
      id,
      endpoint,
      observedOnly,
      how: provocation.how,
      ...(provocation.how !== 'live' && { because: provocation.because }),
      source,
    })),
    requirements: Object.entries(requirements).map(([id, requirement]) => ({ id, ...requirement })),
  };
}
