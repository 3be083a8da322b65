import type { Check, EvidenceName, Expectation } from '../checks/check.ts';
import type { ErrorPathId } from '../contract/errors/catalogue.ts';
import type { Skin } from '../contract/errors/row.ts';
import type { RequirementId } from '../contract/requirements.ts';
import type { Call, Exchange } from '../exchange/exchange.ts';
import type { CaseRef, Mode } from '../targets/target.ts';
import { HarnessError } from '../errors.ts';
import type { GivenName } from './given.ts';

/** What a step sends. The harness adds the model, the mode, `max_tokens` when absent, the key and the headers every call carries. */
export type Request =
  | {
      kind: 'inference';
      /** Which of the inference APIs. */
      skin: Skin;
      body: Record<string, unknown>;
      headers?: Record<string, string>;
      /** The body is in the API's own words already; else it is in those of /chat/completions. */
      untranslated?: boolean;
      /** Appended to the API's path. */
      below?: string;
    }
  | { kind: 'plain'; method: Call['method']; path: string; body?: unknown };

/** What a step may depend on. */
export interface StepContext {
  /** OpenRouter id; empty for a scenario about the account. */
  model: string;
  mode: Mode | null;
  /** To begin the name of everything that is made. */
  label: string;
  /** Exchanges of the steps before, in order. */
  earlier: readonly Exchange[];
}

/** One call and what must hold of its answer. */
export interface Step {
  request: Request;
  given: GivenName;
  expect: Expectation;
  /** Checks beyond those that every exchange is put through. */
  checks: readonly Check[];
  evidence: readonly EvidenceName[];
  /** Go away on purpose after this many stream events. */
  leaveAfter?: number;
  /** Statuses that mean "not yet": the call is repeated, patiently, until another comes. */
  whileStatus?: readonly number[];
}

/** A behaviour under test. Runs once per model and mode. */
export interface Scenario {
  /** `family/subject-expectation`; stable, independent of wording, models and modes. */
  id: `${string}/${string}`;
  /** The documented sentence it proves, in our words. */
  says: string;
  proves: readonly [RequirementId, ...RequirementId[]];
  /** `both` by default; `none` for plain reads. */
  modes?: 'both' | Mode | 'none';
  /** `model` by default: runs for every model. `account`: once. */
  scope?: 'model' | 'account';
  /** Parameters the provider's endpoint must list; without one of them the scenario does not apply to the model. */
  requires?: readonly string[];
  /** The documented error path it provokes. */
  errorPath?: ErrorPathId;
  /** Why it can only be brought about in the sandbox; without this it also runs live. */
  sandboxOnly?: string;
  steps: readonly (Step | ((context: StepContext) => Step))[];
}

/** A scenario and where it stands. */
export interface ListedScenario extends Scenario {
  family: string;
  /** Absolute path of its suite. */
  file: string;
  line: number;
}

type Listener = (scenario: ListedScenario) => void;
let listener: Listener | null = null;

/** Says who is told of each scenario that a suite declares: the runner, or the command line taking stock. */
export function onScenario(listen: Listener | null): void {
  listener = listen;
}

const idPattern = /^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/;

/** Declares a scenario. Call it at the top level of a suite. */
export function scenario(declared: Scenario): void {
  const { file, line } = callSite();
  if (!idPattern.test(declared.id)) {
    throw new HarnessError(
      'E_SUITE',
      `Scenario id "${declared.id}" in ${file}:${line} should look like "family/subject-expectation": lower case, digits and dashes.`,
    );
  }
  if (declared.steps.length === 0) {
    throw new HarnessError(
      'E_SUITE',
      `Scenario "${declared.id}" in ${file}:${line} has no steps, so it could prove nothing.`,
    );
  }
  if (listener === null) {
    throw new HarnessError(
      'E_SUITE',
      `${file}:${line} declares a scenario outside a run. Use "byok run", and let the suite import the installation of byok-conformance that runs it.`,
    );
  }
  listener({ ...declared, family: declared.id.slice(0, declared.id.indexOf('/')), file, line });
}

/** The models and modes a scenario runs with. */
export function casesOf(scenario: Scenario, models: readonly string[]): CaseRef[] {
  const modes: (Mode | null)[] =
    scenario.modes === 'none'
      ? [null]
      : scenario.modes === 'json' || scenario.modes === 'stream'
        ? [scenario.modes]
        : ['json', 'stream'];
  const over = scenario.scope === 'account' ? [null] : models;
  return over.flatMap((model) => modes.map((mode) => ({ scenario: scenario.id, model, mode })));
}

/** A case as people read it: `pinning/only-pins z-ai/glm-5.2 [stream]`. */
export function titleOf({ scenario, model, mode }: CaseRef): string {
  return [scenario, model, mode && `[${mode}]`].filter(Boolean).join(' ');
}

/** File and line of the suite that called `scenario`, directly or through a table; vitest adds a query to the file. */
function callSite(): { file: string; line: number } {
  const frames = (new Error().stack ?? '').split('\n');
  const frame = frames.find((line) => /\.suite\.[cm]?[jt]s\b/.test(line)) ?? frames[3] ?? '';
  const place = /(?:\(|at )(?:file:\/\/)?([^()?]+?)(?:\?[^:]*)?:(\d+):\d+\)?$/.exec(frame);
  return { file: decodeURI(place?.[1] ?? 'unknown'), line: Number(place?.[2] ?? 0) };
}
