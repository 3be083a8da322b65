import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Writable } from 'node:stream';
import { createVitest, type Reporter, type TestModule, type Vitest } from 'vitest/node';
import type { Purse } from '../exchange/budget.ts';
import type { Problem, RunEvent } from '../report/events.ts';
import type { Leftover } from '../targets/arranged-session.ts';
import { projectRoot } from './paths.ts';
import type { RunSettings } from './settings.ts';
import { conformanceProject } from './vitest-project.ts';

export interface SuiteRun {
  settings: RunSettings;
  /** Absolute paths of the suites to run. */
  files: string[];
  /** Told of each case that ended and of what went wrong outside of them, as it happens. */
  tell(event: RunEvent): void;
  /** Told what a case is waiting for, in words. */
  say(message: string): void;
  /** What is spent is kept here, as it happens. */
  purse: Purse;
  /** Its first element says how many things that the run made are in the account now. */
  holding: Int32Array<SharedArrayBuffer>;
  /** Aborted: no further case is begun; those under way are finished, or broken off in a live run. */
  signal: AbortSignal;
}

/**
 * Has vitest run the suites.
 *
 * @throws what `tell` throws, once the cases under way have ended: what they made in an account has to be deleted first
 */
export async function runSuites({ settings, files, tell, say, purse, holding, signal }: SuiteRun): Promise<void> {
  // Cases of one live run share a limit, so they share a worker.
  const maxWorkers = settings.target === 'live' ? 1 : undefined;
  const withdraw = keepListeners();
  // Vitest's own cancelling leaves cases behind in the middle: with their cassettes half written and what they made in an account undeleted.
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const halt = () => {
    Atomics.store(stop, 0, 1);
    Atomics.notify(stop, 0);
  };
  const untold: unknown[] = [];
  const telling = (event: RunEvent) => {
    if (untold.length > 0) return;
    try {
      tell(event);
    } catch (error) {
      untold.push(error);
      halt();
    }
  };
  const vitest = await createVitest(
    {
      config: false,
      root: projectRoot,
      watch: false,
      // A run leaves nothing but its reports in the folder it was called in.
      cache: false,
      fsModuleCachePath: join(tmpdir(), 'byok-conformance'),
      reporters: [reporter(telling, say, settings.runId)],
      ...(maxWorkers !== undefined && { maxWorkers }),
    },
    { test: { projects: [{ extends: true, ...conformanceProject(settings, files) }] } },
    { stdout: toStderr(), stderr: toStderr() },
  );
  withdraw();
  signal.addEventListener('abort', halt, { once: true });
  try {
    vitest.provide('settings', settings);
    vitest.provide('stop', stop);
    vitest.provide('holding', holding);
    vitest.provide('purse', purse);
    await start(vitest);
  } finally {
    await vitest.close();
  }
  if (untold.length > 0) throw untold[0];
}

/**
 * What suites print is no result. Besides, vitest waits for ever for a worker whose output it piped to a stream that broke, such as a
 * standard error nobody reads any more (vitest 5.1); this one never breaks.
 */
function toStderr(): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      process.stderr.write(chunk);
      done();
    },
  });
}

/**
 * Vitest ends the process on a signal, before any report is written, and with exit code 1 on an unhandled rejection, which here means a
 * failed check (vitest 5.1). Returns what takes its listeners away again.
 */
function keepListeners(): () => void {
  const events = ['SIGINT', 'SIGTERM', 'unhandledRejection'];
  const ours = events.map((event) => process.listeners(event as NodeJS.Signals));
  return () => {
    for (const [index, event] of events.entries()) {
      for (const listener of process.listeners(event as NodeJS.Signals)) {
        if (!ours[index]?.includes(listener)) process.off(event, listener);
      }
    }
  };
}

async function start(vitest: Vitest): Promise<void> {
  const exitCode = process.exitCode;
  await vitest.start();
  // Vitest sets the exit code of the process by its own rules; ours follow from the report.
  process.exitCode = exitCode;
}

function reporter(tell: SuiteRun['tell'], say: SuiteRun['say'], runId: string): Reporter {
  return {
    onTestCaseAnnotate(testCase, { message }) {
      say(`${testCase.fullName}: ${message}`);
    },
    onTestCaseResult(testCase) {
      const { finished, left = [] } = testCase.meta();
      for (const one of left) tell(leftBehind(one, runId));
      if (finished !== undefined) return tell(finished);
      const result = testCase.result();
      if (result.state !== 'failed') return;
      const why = result.errors.map(({ message }) => message).join('; ');
      tell(problem('E_INTERNAL', `${testCase.fullName}: ${why}`, testCase.module));
    },
    onTestModuleEnd(module) {
      for (const { message } of module.errors()) tell(problem('E_SUITE', message, module));
      for (const suite of module.children.allSuites()) {
        for (const { message } of suite.errors()) tell(problem('E_SUITE', message, module));
      }
    },
    onTestRunEnd(_modules, unhandled) {
      for (const { message, stack } of unhandled)
        tell({ type: 'problem', code: 'E_INTERNAL', message: stack ?? message });
    },
  };
}

function leftBehind({ path, why }: Leftover, runId: string): Problem {
  const message = `${path} is left in the account. ${why} "byok clean --run ${runId}" deletes it.`;
  return { type: 'problem', code: 'E_LEFT_BEHIND', message };
}

function problem(code: string, message: string, module: TestModule): Problem {
  return { type: 'problem', code, message, file: relative(projectRoot, module.moduleId) };
}
