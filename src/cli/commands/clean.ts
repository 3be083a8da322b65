import { Agent } from 'undici';
import { systemClock } from '../../clock.ts';
import { HarnessError } from '../../errors.ts';
import { type Belonging, deleteBelongings, findBelongings } from '../../targets/belongings.ts';
import { type Manage, manager } from '../../targets/manager.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { confirmed } from '../confirmed.ts';
import { readEnvironment, safeBaseUrl } from '../environment.ts';

const help: CommandHelp = {
  usage: 'byok clean [options]',
  says: 'Lists what interrupted live runs left in the account (provider keys, guardrails, keys, workspaces named byokc-...), asks, then deletes it. Not while a live run is under way: its things look the same. Needs OPENROUTER_MANAGEMENT_KEY.',
  options: {
    run: { value: '<id>', says: 'what this run left, and nothing else' },
    yes: { says: 'delete without asking' },
    'base-url': { value: '<url>', says: 'default https://openrouter.ai/api/v1' },
  },
};

/** `byok clean` */
export async function clean(argv: string[]): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
  const environment = readEnvironment(process.env, process.cwd());
  const url = args.text('base-url');
  const baseUrl = url === undefined ? environment.baseUrl : safeBaseUrl(url, '--base-url');
  const { managementKey } = environment;
  if (managementKey === null) {
    throw new HarnessError('E_CONFIG', 'Cleaning up takes a management key: set OPENROUTER_MANAGEMENT_KEY.');
  }
  const dispatcher = new Agent({ allowH2: false });
  try {
    const manage = manager({ baseUrl, dispatcher, clock: systemClock, managementKey, random: Math.random });
    return await cleanUp(manage, { runId: args.text('run'), yes: args.flag('yes') });
  } finally {
    await dispatcher.close();
  }
}

async function cleanUp(manage: Manage, { runId, yes }: { runId: string | undefined; yes: boolean }): Promise<number> {
  const found = await findBelongings(manage, runId);
  const whose = runId === undefined ? 'Live runs' : `Run ${runId}`;
  if (found.length === 0) {
    process.stdout.write(`${whose} left nothing behind.\n`);
    return 0;
  }
  process.stdout.write(`${whose} left ${found.length} behind:\n${found.map(inWords).join('')}`);
  if (!yes) {
    if (!process.stdin.isTTY) {
      throw new HarnessError('E_CONFIG', 'Nothing was deleted, as nobody is there to ask: say --yes to delete these.');
    }
    if (!(await confirmed('Delete these?'))) {
      process.stdout.write('Nothing was deleted.\n');
      return 0;
    }
  }
  const kept = await deleteBelongings(manage, found);
  process.stdout.write(`Deleted ${found.length - kept.length} of ${found.length}.\n`);
  for (const { belonging, why } of kept) process.stdout.write(`Not deleted:${inWords(belonging)}    ${why}\n`);
  return kept.length === 0 ? 0 : 3;
}

function inWords({ kind, name, path, createdAt }: Belonging): string {
  return `  ${kind.padEnd(9)}  ${name}  ${path}${createdAt === null ? '' : `  made ${createdAt}`}\n`;
}
