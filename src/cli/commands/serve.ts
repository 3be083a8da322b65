import { systemClock } from '../../clock.ts';
import { HarnessError } from '../../errors.ts';
import { ionet } from '../../provider.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { onInterrupt } from '../interrupt.ts';

const help: CommandHelp = {
  usage: 'byok serve --from sandbox [options]',
  says: 'A local OpenRouter for your own client. Prints its address and keys as NAME=value lines, then serves until it is stopped.',
  options: {
    from: { value: 'sandbox', says: 'what answers' },
    port: { value: '<n>', says: 'default 8787; 0 lets the system choose' },
    seed: { value: '<text>', says: 'of everything random; default "serve"' },
    propagation: { value: '<s>', says: 'seconds until a change to a provider key takes effect; default 1' },
  },
};

/** `byok serve` */
export async function serve(argv: string[]): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
  const from = args.text('from') ?? 'sandbox';
  if (from !== 'sandbox') throw new HarnessError('E_CONFIG', `--from ${from}: expected sandbox.`);
  const sandbox = await startSandbox({
    clock: systemClock,
    seed: args.text('seed') ?? 'serve',
    port: args.wholeNumber('port', { least: 0, most: 65_535 }) ?? 8787,
    propagationMs: (args.wholeNumber('propagation', { least: 0, most: 3_600 }) ?? 1) * 1_000,
  });
  const { signal, release } = onInterrupt();
  process.stdout.write(
    [
      `OPENROUTER_BASE_URL=${sandbox.url}`,
      `OPENROUTER_API_KEY=${sandbox.keys.inference}`,
      `OPENROUTER_MANAGEMENT_KEY=${sandbox.keys.management}`,
      `${ionet.keyVariable}=${sandbox.keys.provider}`,
      `${ionet.baseUrlVariable}=${sandbox.providerUrl}`,
      '',
    ].join('\n'),
  );
  process.stderr.write('A sandbox, not OpenRouter: the answers are made up. Ctrl-C stops it.\n');
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  release();
  await sandbox.close();
  return 0;
}
