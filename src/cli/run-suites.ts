import { relative } from 'node:path';
import { createVitest, type Reporter, type TestModule, type Vitest } from 'vitest/node';
import type { CaseFinished, Problem } from '../report/events.ts';
import { projectRoot } from './paths.ts';
import type { RunSettings } from './settings.ts';
import { conformanceProject } from './vitest-project.ts';

export interface SuiteRun {
  settings: RunSettings;
  /** Absolute paths of the suites to run. */
  files: string[];
  /** Cases under way at the same moment, over all workers. */
  concurrency: number;
  onFinished(finished: CaseFinished): void;
  onProblem(problem: Problem): void;
  /** Aborted: cases under way are finished, no further one is begun. */
  signal: AbortSignal;
}

/** Has vitest run the suites; what happens is told as it happens. */
export async function runSuites({
  settings,
  files,
  concurrency,
  onFinished,
  onProblem,
  signal,
}: SuiteRun): Promise<void> {
  // Cases of one live run share a limit, so they share a worker.
  const maxWorkers = settings.target === 'live' ? 1 : undefined;
  const vitest = await createVitest(
    {
      config: false,
      root: projectRoot,
      watch: false,
      reporters: [tell({ onFinished, onProblem })],
      maxConcurrency: concurrency,
      ...(maxWorkers !== undefined && { maxWorkers }),
    },
    { test: { projects: [{ extends: true, ...conformanceProject }] } },
  );
  const cancel = () => void vitest.cancelCurrentRun('keyboard-input');
  signal.addEventListener('abort', cancel);
  try {
    vitest.provide('settings', settings);
    await start(vitest, files);
  } finally {
    signal.removeEventListener('abort', cancel);
    await vitest.close();
  }
}

async function start(vitest: Vitest, files: string[]): Promise<void> {
  const exitCode = process.exitCode;
  await vitest.start(files);
  // Vitest sets the exit code of the process by its own rules; ours follow from the report.
  process.exitCode = exitCode;
}

function tell({ onFinished, onProblem }: Pick<SuiteRun, 'onFinished' | 'onProblem'>): Reporter {
  return {
    onTestCaseResult(testCase) {
      const { finished } = testCase.meta();
      if (finished !== undefined) {
        onFinished(finished);
        return;
      }
      const result = testCase.result();
      if (result.state === 'failed') {
        onProblem(
          problem(
            'E_INTERNAL',
            `${testCase.fullName}: ${result.errors.map(({ message }) => message).join('; ')}`,
            testCase.module,
          ),
        );
      }
    },
    onTestModuleEnd(module) {
      for (const { message } of module.errors()) onProblem(problem('E_SUITE', message, module));
      for (const suite of module.children.allSuites()) {
        for (const { message } of suite.errors()) onProblem(problem('E_SUITE', message, module));
      }
    },
    onTestRunEnd(_modules, unhandled) {
      for (const { message, stack } of unhandled)
        onProblem({ type: 'problem', code: 'E_INTERNAL', message: stack ?? message });
    },
  };
}

function problem(code: string, message: string, module: TestModule): Problem {
  return { type: 'problem', code, message, file: relative(projectRoot, module.moduleId) };
}
