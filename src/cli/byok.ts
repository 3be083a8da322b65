#!/usr/bin/env node
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { HarnessError } from '../errors.ts';
import { harnessVersion } from '../version.ts';
import { nearest } from './nearest.ts';
import { isTooOld, withNewerNode } from './newer-node.ts';

// An older Node.js than the package needs has no such cache, and yet has to come as far as saying so.
module.enableCompileCache?.();
// A replay makes much short-lived garbage in several threads: small nurseries cost no time and a quarter less memory.
setFlagsFromString('--max-semi-space-size=4');

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
  doctor: {
    says: 'what is wrong with the set-up, and how to mend it',
    load: async () => (await import('./commands/doctor.ts')).doctor,
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
  drift: {
    says: "what OpenRouter's specification says differently",
    load: async () => (await import('./commands/drift.ts')).drift,
  },
  clean: {
    says: 'delete what interrupted live runs left behind',
    load: async () => (await import('./commands/clean.ts')).clean,
  },
  report: {
    says: 'render the reports of a run again, or join those of several machines',
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
  if (name === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  if (name === '--version') {
    process.stdout.write(`${harnessVersion}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const guess = nearest(name, Object.keys(commands));
    throw new HarnessError(
      'E_CONFIG',
      `There is no command "${name}".${guess === undefined ? '' : ` Did you mean "${guess}"?`} See "byok --help".`,
    );
  }
  if (isTooOld()) return withNewerNode(import.meta.filename, [name, ...argv]);
  return (await command.load())(argv);
}

/** Says what stopped the command. Returns the exit code: 2 when the caller can mend it before anything was sent, else 3. */
function failed(error: unknown): number {
  const expected = error instanceof HarnessError;
  process.stderr.write(
    `byok: ${expected ? `${error.message} [${error.code}]` : error instanceof Error ? error.stack : String(error)}\n`,
  );
  return expected && (error.code === 'E_CONFIG' || error.code === 'E_SUITE') ? 2 : 3;
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of a pipe went away. The command goes on: its exit code and its files are wanted all the same.
    if (error.code !== 'EPIPE') process.exit(3);
  });
}

// Left to itself Node.js would exit with 1, which here means that a check failed.
process.on('uncaughtException', (error) => process.exit(failed(error)));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = failed(error);
}
