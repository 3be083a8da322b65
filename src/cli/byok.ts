#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { HarnessError } from '../errors.ts';
import { nearest } from './nearest.ts';

enableCompileCache();

/** Runs with the arguments after the command's name; resolves to the exit code. */
export type Command = (argv: string[]) => Promise<number>;

const commands: Record<string, { says: string; load: () => Promise<Command> }> = {
  run: { says: 'run the scenarios and write the reports', load: async () => (await import('./commands/run.ts')).run },
  record: {
    says: 'run against sandbox or live and write cassettes',
    load: async () => (await import('./commands/run.ts')).record,
  },
  check: {
    says: 'judge traffic that somebody captured',
    load: async () => (await import('./commands/check.ts')).check,
  },
  list: { says: 'scenarios, checks, requirements', load: async () => (await import('./commands/list.ts')).list },
  models: {
    says: "the provider's models on OpenRouter now",
    load: async () => (await import('./commands/models.ts')).models,
  },
  serve: {
    says: "a local OpenRouter for one's own client",
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  report: {
    says: 'render the reports of a run again',
    load: async () => (await import('./commands/report.ts')).report,
  },
};

const usage = [
  'byok <command> [options]',
  '',
  ...Object.entries(commands).map(([name, { says }]) => `  ${name.padEnd(8)}${says}`),
  '',
  '"byok <command> --help" says more. Exit codes: 0 all pass, 1 a check failed, 2 usage or configuration, 3 incomplete, 130 interrupted.',
  '',
].join('\n');

async function main([name, ...argv]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(usage);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const guess = nearest(name, Object.keys(commands));
    throw new HarnessError(
      'E_CONFIG',
      `There is no command "${name}".${guess === undefined ? '' : ` Did you mean "${guess}"?`} See "byok --help".`,
    );
  }
  return (await command.load())(argv);
}

/** What stopped the command, as an exit code: 2 when the caller can mend it before anything was sent, else 3. */
function exitCodeOf(error: unknown): number {
  return error instanceof HarnessError && (error.code === 'E_CONFIG' || error.code === 'E_SUITE') ? 2 : 3;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of a pipe went away; nobody is left to tell.
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const expected = error instanceof HarnessError;
  process.stderr.write(
    `byok: ${expected ? `${error.message} [${error.code}]` : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = exitCodeOf(error);
}
