import { HarnessError } from '../errors.ts';
import type { Problem, RunEvent, RunFinished, RunStarted, Spend } from './events.ts';

/** What one machine has told of a run that several shared. */
export interface Part {
  /** As people know it: the folder it was read from. */
  name: string;
  events: readonly RunEvent[];
}

/**
 * The events of the whole run, from those of its parts: the same cases, names and verdicts as on one machine.
 *
 * @throws HarnessError E_CONFIG naming a part that is there twice, one that is missing, and one of another run
 */
export function mergeParts(parts: readonly Part[]): RunEvent[] {
  const begun = parts.map((part) => ({ ...part, run: startOf(part) }));
  refuseForeign(begun);
  refuseGaps(begun);
  const [first] = begun.toSorted((a, b) => (a.run.at < b.run.at ? -1 : 1));
  if (first === undefined) throw new HarnessError('E_CONFIG', 'Expected the folders of a run’s parts, found none.');
  const { shard: _, ...run } = first.run;
  const events = begun.toSorted(byIndex).flatMap((part) => part.events);
  const finished = begun.map((part) => part.events.findLast((event) => event.type === 'run-finished'));
  return [
    run,
    ...events.filter((event) => event.type === 'cases-planned' || event.type === 'case-finished'),
    ...once(events.filter((event) => event.type === 'problem')),
    // Without a word of one of them the whole is as unfinished as that part.
    ...(finished.every((one) => one !== undefined) ? [together(finished)] : []),
  ];
}

interface Begun extends Part {
  run: RunStarted;
}

function startOf({ name, events }: Part): RunStarted {
  const run = events.find((event) => event.type === 'run-started');
  if (run === undefined) throw new HarnessError('E_CONFIG', `${name} holds no run: its events do not begin with one.`);
  if (run.shard === undefined) {
    throw new HarnessError('E_CONFIG', `${name} is a whole run, no part of one: it was made without --shard.`);
  }
  return run;
}

/** What two parts of one run have in common. */
const common = [
  'target',
  'profile',
  'harnessVersion',
  'contractVersion',
  'baseUrl',
  'baseline',
  'delivery',
  'inventory',
] as const;

function refuseForeign([first, ...others]: readonly Begun[]): void {
  for (const other of others) {
    for (const name of common) {
      if (first === undefined || first.run[name] === other.run[name]) continue;
      throw new HarnessError(
        'E_CONFIG',
        `${other.name} is of another run than ${first.name}: ${name} is ${other.run[name] ?? 'none'}, not ${first.run[name] ?? 'none'}.`,
      );
    }
    if (first?.run.shard?.count !== other.run.shard?.count) {
      throw new HarnessError(
        'E_CONFIG',
        `${other.name} is of another run than ${first?.name}: a part of ${other.run.shard?.count}, not of ${first?.run.shard?.count}.`,
      );
    }
  }
}

function refuseGaps(begun: readonly Begun[]): void {
  const count = begun[0]?.run.shard?.count ?? 0;
  for (let index = 1; index <= count; index += 1) {
    const [one, two] = begun.filter(({ run }) => run.shard?.index === index);
    if (one === undefined) throw new HarnessError('E_CONFIG', `Part ${index}/${count} is missing.`);
    if (two !== undefined) {
      throw new HarnessError('E_CONFIG', `Part ${index}/${count} is there twice: ${one.name} and ${two.name}.`);
    }
  }
}

function byIndex(a: Begun, b: Begun): number {
  return (a.run.shard?.index ?? 0) - (b.run.shard?.index ?? 0);
}

/** What is wrong with the run as a whole is told by each part. */
function once(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function together(finished: readonly RunFinished[]): RunFinished {
  const spends = finished.flatMap(({ spend }) => spend ?? []);
  return {
    type: 'run-finished',
    at: finished.reduce((latest, { at }) => (at > latest ? at : latest), ''),
    interrupted: finished.some(({ interrupted }) => interrupted),
    durationMs: Math.max(...finished.map(({ durationMs }) => durationMs)),
    ...(spends.length > 0 && { spend: spends.reduce(addSpend) }),
  };
}

function addSpend(a: Spend, b: Spend): Spend {
  return {
    requests: a.requests + b.requests,
    openRouterUsd: a.openRouterUsd + b.openRouterUsd,
    providerUsd: a.providerUsd + b.providerUsd,
    unknownUsd: a.unknownUsd + b.unknownUsd,
  };
}
