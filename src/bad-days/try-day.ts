import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import { ionet } from '../provider.ts';
import type { CaseFinished, RunEvent } from '../report/events.ts';
import { readEvents } from '../report/read-events.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { leftIn } from './account.ts';
import type { BadDay, Ended } from './day.ts';
import { startProxy } from './proxy.ts';
import { runProcess } from './run-process.ts';

/** What became of a run on a bad day. */
export interface Tried {
  day: BadDay;
  /** null: it hung, and was stopped. */
  exitCode: number | null;
  seconds: number;
  cases: CaseFinished[];
  /** Most connections it had open at the same moment. */
  connections: number;
  /** Requests to a model. */
  asked: number;
  /** What was not as it should be, in words. */
  problems: string[];
}

/** Connections that a live run may have to one host. */
const mostConnections = 4;

/** Has `byok run` meet the day, as a process of its own; `byok` is the path of the command line. */
export async function tryDay(day: BadDay, byok: string): Promise<Tried> {
  const sandbox = await startSandbox({ clock: systemClock, seed: day.name, propagationMs: day.propagationMs ?? 500 });
  const stop = new AbortController();
  const weather = day.weather?.(sandbox, () => stop.abort());
  const proxy = await startProxy(sandbox.url, weather ?? (({ forward }) => forward()));
  const elsewhere = await day.baseUrl?.();
  const folder = mkdtempSync(join(tmpdir(), 'bad-day-'));
  const command = { byok, folder, env: environmentOf(day, sandbox) };
  try {
    const reportDir = join(folder, 'report');
    const url = elsewhere?.url ?? proxy.url;
    const args = [byok, 'run', '--target', 'live', '--base-url', url, '--report-dir', reportDir, ...day.args];
    const { signal } = stop;
    const run = await runProcess(args, { cwd: folder, env: command.env, withinMs: day.withinS * 1_000, signal });
    const open = await proxy.leftOpen();
    const most = proxy.mostConnections();
    const asked = proxy.asked.filter(isInference).length;
    const sentBytes = proxy.sentBytes();
    const events = eventsIn(reportDir);
    const cases = casesIn(events);
    const problems = [
      ...unless(run.exitCode !== null, `hangs: it was not over after ${day.withinS} s`),
      ...unless(
        run.exitCode === day.exitCode,
        `ends ${run.exitCode}, should end ${day.exitCode}: ${run.printed.slice(-500)}`,
      ),
      ...unless(cases.length >= day.ends.length, `${cases.length} cases ended, should be ${day.ends.length} or more`),
      ...cases.flatMap((one, index) => unlike(one, day.ends[index] ?? day.ends.at(-1) ?? day.ends[0])),
      ...unless(day.prints?.test(run.printed) ?? true, `does not print ${day.prints}`),
      ...unless(open === 0, `${open} connections are open after its end`),
      ...unless(most <= mostConnections, `had ${most} connections at once, should have at most ${mostConnections}`),
      ...unless(asked <= (day.asksAtMost ?? Infinity), `asked ${asked} times, should at most ${day.asksAtMost} times`),
      ...unless(sentBytes <= (day.takesAtMostBytes ?? Infinity), `took ${sentBytes} bytes`),
      ...(day.leaves ? await cleaned(sandbox, events, command) : await leftBehind(sandbox)),
    ];
    return { day, exitCode: run.exitCode, seconds: run.seconds, cases, connections: most, asked, problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await elsewhere?.close();
    await proxy.close();
    await sandbox.close();
  }
}

function environmentOf({ preload }: BadDay, { keys }: Sandbox): Record<string, string> {
  return {
    OPENROUTER_API_KEY: keys.inference,
    OPENROUTER_MANAGEMENT_KEY: keys.management,
    [ionet.keyVariable]: keys.provider,
    ...(preload !== undefined && { NODE_OPTIONS: `--import=${preload}` }),
  };
}

/** None where the run did not come as far as writing any. */
function eventsIn(reportDir: string): RunEvent[] {
  const file = join(reportDir, 'events.ndjson');
  return existsSync(file) ? readEvents(file) : [];
}

/** What was planned, as it ended. What a run adds by looking back at other runs is no part of the day. */
function casesIn(events: readonly RunEvent[]): CaseFinished[] {
  const planned = events.filter((event) => event.type === 'cases-planned').flatMap(({ cases }) => cases);
  const scenarios = new Set(planned.map(({ scenario }) => scenario));
  return events.filter((event) => event.type === 'case-finished').filter(({ scenario }) => scenarios.has(scenario));
}

const isInference = (asked: string) => /^POST \/(chat\/completions|responses|messages|completions)/.test(asked);

const unless = (holds: boolean, problem: string): string[] => (holds ? [] : [problem]);

function unlike(one: CaseFinished, { verdict, code, says }: Ended): string[] {
  const words = wordsOf(one);
  return [
    ...unless(one.verdict === verdict && one.code === code, `${one.scenario} is ${outcomeOf(one)}: ${words}`),
    ...unless(says.test(words), `${one.scenario} does not say ${says}: ${words}`),
  ];
}

/** Verdict of a case, and the code beside it. */
export function outcomeOf({ verdict, code }: CaseFinished): string {
  return [verdict, code].filter(Boolean).join(' ');
}

/** Why a case ended as it did. */
export function wordsOf({ reason, findings }: CaseFinished): string {
  const found = findings.map(({ check, expected, actual }) => `${check}: expected ${expected}, was ${actual}`);
  return [reason, ...found].filter(Boolean).join('; ');
}

async function leftBehind(sandbox: Sandbox): Promise<string[]> {
  const left = await leftIn(sandbox);
  return unless(left.length === 0, `left behind: ${left.join(', ')}`);
}

/** Whether the run named all that it left, and what it told its reader to do takes it away. */
async function cleaned(
  sandbox: Sandbox,
  events: readonly RunEvent[],
  { byok, folder, env }: { byok: string; folder: string; env: Record<string, string> },
): Promise<string[]> {
  const left = await leftIn(sandbox);
  const named = events.filter((event) => event.type === 'problem').map(({ message }) => message);
  const unnamed = left.filter((path) => !named.some((message) => message.includes(path)));
  const runId = events.find((event) => event.type === 'run-started')?.runId ?? '';
  const args = [byok, 'clean', '--run', runId, '--yes', '--base-url', sandbox.url];
  const { exitCode, printed } = await runProcess(args, { cwd: folder, env, withinMs: 30_000 });
  return [
    ...unless(left.length > 0, 'left nothing behind, so nothing was shown'),
    ...unless(unnamed.length === 0, `did not name ${unnamed.join(', ')}`),
    ...unless(exitCode === 0, `"byok clean" ended ${exitCode}: ${printed}`),
    ...(await leftBehind(sandbox)),
  ];
}
