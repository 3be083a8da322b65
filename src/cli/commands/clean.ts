import { Agent } from 'undici';
import { systemClock } from '../../clock.ts';
import { HarnessError } from '../../errors.ts';
import { type Belonging, deleteBelongings, findBelongings } from '../../targets/belongings.ts';
import { agreeingClock } from '../../targets/agreeing-clock.ts';
import { runBeganAt } from '../../targets/label.ts';
import { type Manage, manager } from '../../targets/manager.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { confirmed } from '../confirmed.ts';
import { readEnvironment, safeBaseUrl } from '../environment.ts';

const help: CommandHelp = {
  usage: 'byok clean [options]',
  says: 'Lists what interrupted live runs left in the account (provider keys, guardrails, keys, workspaces named byokc-...), asks, then deletes it. What was made in the last hour is left alone, as a run under way may be using it, unless --run names its run. Needs OPENROUTER_MANAGEMENT_KEY.',
  options: {
    run: { value: '<id>', says: 'what this run left, however lately, and nothing else' },
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
  const runId = args.text('run');
  const agent = new Agent({ allowH2: false });
  // How old a thing is can only be told by a clock that is right.
  const dispatcher = runId === undefined ? agent.compose(agreeingClock(systemClock)) : agent;
  try {
    const manage = manager({ baseUrl, dispatcher, clock: systemClock, managementKey, random: Math.random });
    return await cleanUp(manage, { runId, yes: args.flag('yes') });
  } finally {
    await agent.close();
  }
}

async function cleanUp(manage: Manage, { runId, yes }: { runId: string | undefined; yes: boolean }): Promise<number> {
  const all = await findBelongings(manage, runId);
  const whose = runId === undefined ? 'Live runs' : `Run ${runId}`;
  if (all.length === 0) {
    process.stdout.write(`${whose} left nothing behind.\n`);
    return 0;
  }
  const [found, young] = runId === undefined ? byAge(all, systemClock.now()) : [all, []];
  if (young.length > 0) {
    process.stdout.write(
      `Left alone: ${young.length} made in the last hour, which a run under way may be using; --run <id> takes them.\n${young.map(inWords).join('')}`,
    );
  }
  if (found.length === 0) return 0;
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

/** No run uses anything for longer: its keys expire by then. */
const inUseMs = 3_600_000;

/** What no run can be using any more, and what one may be. A thing without a date is as old as its run. */
function byAge(all: readonly Belonging[], now: number): [old: Belonging[], young: Belonging[]] {
  const { old = [], young = [] } = Object.groupBy(all, ({ createdAt, name }) => {
    const madeAt = createdAt === null ? runBeganAt(name) : Date.parse(createdAt);
    return now - madeAt > inUseMs ? 'old' : 'young';
  });
  return [old, young];
}

function inWords({ kind, name, path, createdAt }: Belonging): string {
  return `  ${kind.padEnd(9)}  ${name}  ${path}${createdAt === null ? '' : `  made ${createdAt}`}\n`;
}
