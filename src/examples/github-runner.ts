import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../cli/paths.ts';
import { type Contexts, filledIn, holds } from './expression.ts';
import type { Action, Env, Job, Step, Workflow } from './github-files.ts';
import { useReadyMade } from './ready-made-actions.ts';
import { type Machine, sourceOf } from './testing.ts';

/** How a job, or our action in it, ended. */
export interface End {
  result: 'success' | 'failure' | 'skipped';
  outputs: Env;
  /** What its commands printed. */
  log: string;
}

export interface Place {
  machine: Machine;
  /** Where our action is. */
  actionPath: string;
  /** A folder for what outlives a job. */
  shelf: string;
  /** Variables of the workflow or of the job. */
  env: Env;
  /** What expressions may ask for beside the steps. */
  contexts: Contexts;
}

interface Order {
  secrets: Env;
  inputs?: Env;
  shelf: string;
  newMachine(): Machine;
}

/**
 * Runs a workflow of ours as GitHub would: its jobs one after the other, those of a matrix at the same time, each on a machine of its
 * own. Commands run as they are written; of other people's actions only what they do to files is done.
 */
export async function runWorkflow(file: string, order: Order): Promise<Record<string, End[]>> {
  const { jobs, env = {} } = parse(sourceOf(file)) as Workflow;
  const ended: Record<string, End[]> = {};
  for (const [name, job] of Object.entries(jobs)) {
    const before = (job.needs === undefined ? undefined : ended[job.needs]) ?? [];
    const contexts = {
      secrets: order.secrets,
      inputs: order.inputs ?? {},
      github: { run_id: 1, run_attempt: 1 },
      needs: job.needs === undefined ? {} : { [job.needs]: { outputs: before[0]?.outputs } },
    };
    const wentWell = before.every(({ result }) => result === 'success');
    ended[name] = holds(job.if, wentWell, contexts)
      ? await Promise.all(variantsOf(job).map((variant) => runJob(job, env, { ...contexts, ...variant }, order)))
      : [{ result: 'skipped', outputs: {}, log: '' }];
  }
  return ended;
}

function variantsOf({ strategy }: Job): Contexts[] {
  const [name, values] = Object.entries(strategy?.matrix ?? {})[0] ?? [];
  if (name === undefined || values === undefined) return [{}];
  return values.map((value) => ({ matrix: { [name]: value }, strategy: { 'job-total': values.length } }));
}

async function runJob(job: Job, env: Env, contexts: Contexts, { shelf, newMachine }: Order): Promise<End> {
  const place = { machine: newMachine(), actionPath: projectRoot, shelf, env: filled(env, contexts), contexts };
  const { steps, ...end } = await runSteps(job.steps, place, 'bash -e');
  return { ...end, outputs: filled(job.outputs ?? {}, { ...contexts, steps }) };
}

/** Runs our action as a step with these inputs would. */
export async function runAction(inputs: Env, place: Omit<Place, 'contexts'>): Promise<End> {
  const action = parse(sourceOf('action.yml')) as Action;
  const unknown = Object.keys(inputs).filter((name) => action.inputs[name] === undefined);
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}.`);
  // Of the job it sees what is handed in, and nothing else.
  const contexts = { inputs: { ...mapped(action.inputs, (input) => input.default), ...inputs } };
  const { steps, ...end } = await runSteps(action.runs.steps, { ...place, contexts }, 'none is default');
  const outputs = mapped(action.outputs, ({ value }) => value);
  return { ...end, outputs: filled(outputs, { ...contexts, steps }) };
}

/** Sources: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell (read 2026-11-23). */
const shells: Record<string, readonly string[]> = {
  'bash -e': ['bash', '-e'],
  bash: ['bash', '--noprofile', '--norc', '-eo', 'pipefail'],
};

async function runSteps(all: readonly Step[], place: Place, defaultShell: string) {
  const steps: Record<string, { outputs: Env }> = {};
  let [wentWell, log] = [true, ''];
  for (const step of all) {
    const contexts = { ...place.contexts, steps };
    if (!holds(step.if, wentWell, contexts)) continue;
    const end = await runStep(step, { ...place, contexts }, defaultShell);
    log += end.log;
    wentWell &&= end.result === 'success';
    if (step.id !== undefined) steps[step.id] = { outputs: end.outputs };
  }
  return { result: wentWell ? ('success' as const) : ('failure' as const), log, steps };
}

async function runStep(step: Step, place: Place, defaultShell: string): Promise<End> {
  const given = filled(mapped(step.with ?? {}, String), place.contexts);
  if (step.uses === './' || step.uses?.startsWith('OWNER/byok-conformance@')) return runAction(given, place);
  if (step.uses !== undefined) {
    const trouble = useReadyMade(step.uses, given, place);
    return { result: trouble === null ? 'success' : 'failure', outputs: {}, log: trouble ?? '' };
  }
  const shell = shells[step.shell ?? defaultShell];
  if (step.run === undefined || shell === undefined) throw new Error(`A step that GitHub would refuse: ${step.id}`);
  const outputFile = join(place.machine.home, 'output');
  writeFileSync(outputFile, '');
  const { code, stdout, stderr } = await place.machine.run(filledIn(step.run, place.contexts), shell, {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: place.machine.folder,
    GITHUB_ACTION_PATH: place.actionPath,
    GITHUB_OUTPUT: outputFile,
    GITHUB_STEP_SUMMARY: join(place.machine.home, 'summary.md'),
    ...place.env,
    ...filled(step.env ?? {}, place.contexts),
  });
  const lines = readFileSync(outputFile, 'utf8').split('\n').slice(0, -1);
  const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2)));
  return { result: code === 0 ? 'success' : 'failure', outputs, log: `${stdout}${stderr}(ended with ${code})\n` };
}

function filled(texts: Env, contexts: Contexts): Env {
  return mapped(texts, (text) => filledIn(text, contexts));
}

function mapped<T>(from: Record<string, T>, to: (value: T) => string): Env {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, to(value)]));
}
