import { globSync } from 'node:fs';
import { parse } from 'yaml';
import { projectRoot } from '../cli/paths.ts';
import type { Action, Step, Workflow } from './github-files.ts';
import { readJenkinsfile, shellCommands } from './jenkinsfile.ts';
import { sourceOf } from './testing.ts';

interface Script {
  file: string;
  shell: 'bash' | 'sh';
  text: string;
}

export const workflows = globSync(['examples/github/*.yml', '.github/workflows/*.yml'], {
  cwd: projectRoot,
}).toSorted();

/** Whatever the action, the workflows and the examples give to a shell. */
export function everyScript(): Script[] {
  const action = parse(sourceOf('action.yml')) as Action;
  const pipeline = parse(sourceOf('examples/gitlab/.gitlab-ci.yml')) as Record<string, Record<string, unknown>>;
  const commands = Object.values(pipeline).flatMap((job) => [job['before_script'] ?? [], job['script'] ?? []].flat());
  return [
    ...runs('action.yml', action.runs.steps),
    ...workflows.flatMap((file) =>
      Object.values((parse(sourceOf(file)) as Workflow).jobs).flatMap(({ steps }) => runs(file, steps)),
    ),
    ...commands.map((text) => ({ file: 'examples/gitlab/.gitlab-ci.yml', shell: 'sh' as const, text: String(text) })),
    ...shellCommands(readJenkinsfile(sourceOf('examples/jenkins/Jenkinsfile'))).map((text) => ({
      file: 'examples/jenkins/Jenkinsfile',
      shell: 'sh' as const,
      text,
    })),
    { file: 'examples/cron/byok-nightly.sh', shell: 'sh', text: sourceOf('examples/cron/byok-nightly.sh') },
  ];
}

function runs(file: string, steps: readonly Step[]): Script[] {
  return steps.flatMap(({ run }) => (run === undefined ? [] : [{ file, shell: 'bash' as const, text: run }]));
}
