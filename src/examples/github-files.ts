/** As far as the examples use it of https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax. */
export interface Workflow {
  env?: Env;
  jobs: Record<string, Job>;
}

export interface Job {
  needs?: string;
  if?: string;
  strategy?: { matrix: Record<string, number[]> };
  env?: Env;
  outputs?: Record<string, string>;
  steps: Step[];
}

export interface Step {
  id?: string;
  if?: string;
  uses?: string;
  with?: Env;
  env?: Env;
  run?: string;
  shell?: string;
}

/** As far as ours uses it of https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax. */
export interface Action {
  inputs: Record<string, { default: string }>;
  outputs: Record<string, { value: string }>;
  runs: { steps: Step[] };
}

export type Env = Record<string, string>;
