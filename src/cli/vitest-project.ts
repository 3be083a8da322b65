import type { TestProjectInlineConfiguration } from 'vitest/config';
import { relative } from 'node:path';
import { projectRoot, suiteFiles, workerFile } from './paths.ts';
import type { RunSettings } from './settings.ts';

/**
 * How vitest runs the suites of a folder, or some of them: `byok run` and `vitest --project conformance` alike. Files are named here
 * rather than as filters, which would also take every file whose name contains theirs.
 *
 * @param files absolute paths
 */
export function conformanceProject(
  { suites, concurrency }: Pick<RunSettings, 'suites' | 'concurrency'>,
  files?: string[],
) {
  return {
    test: {
      name: 'conformance',
      root: projectRoot,
      dir: suites,
      include: files?.map((file) => relative(suites, file)) ?? [suiteFiles],
      setupFiles: [workerFile],
      pool: 'threads',
      isolate: false,
      maxConcurrency: concurrency,
      // A case has its own limits; vitest's would only hide which of them passed.
      testTimeout: 0,
      // An installed package is below `node_modules`, which vitest would pass over.
      exclude: [],
      // Node.js runs the suites as they are.
      experimental: { viteModuleRunner: false },
    },
  } satisfies TestProjectInlineConfiguration;
}
