import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Machine } from './testing.ts';

const command = fileURLToPath(import.meta.resolve('gitlab-ci-local'));

/**
 * Has gitlab-ci-local read a pipeline: it holds it against GitLab's own schema, and understands `extends` and `rules`.
 *
 * @param machine one that nothing has run on
 * @returns what it printed
 * @throws Error with what is wrong with the pipeline
 */
export async function readByGitlab(pipeline: string, machine: Machine, args: string): Promise<string> {
  writeFileSync(join(machine.folder, '.gitlab-ci.yml'), pipeline);
  const { code, stdout, stderr } = await machine.run(`exec node "${command}" ${args}`, ['sh'], { NO_COLOR: '1' });
  if (code !== 0) throw new Error(stdout + stderr);
  return stdout;
}
