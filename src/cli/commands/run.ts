import { join, resolve } from 'node:path';
import { Agent } from 'undici';
import { applyBaseline } from '../../baseline/apply-baseline.ts';
import { HarnessError } from '../../errors.ts';
import { emptyPurse, spendOf } from '../../exchange/budget.ts';
import { readHistory } from '../../history/history-file.ts';
import { profileNamed, stampOf, underProfile } from '../../profiles/profile.ts';
import type { CaseFinished, RunEvent, RunFinished, RunStarted } from '../../report/events.ts';
import { EventLog } from '../../report/event-log.ts';
import type { HistoryEntry } from '../../report/history-entry.ts';
import { pointLatest } from '../../report/latest.ts';
import { renderReports } from '../../report/render.ts';
import { afterthoughts } from '../afterthoughts.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { planInWords, plannedEfforts } from '../ceiling.ts';
import { readEnvironment } from '../environment.ts';
import { finish } from '../finish.ts';
import { onInterrupt } from '../interrupt.ts';
import { painter } from '../painter.ts';
import { projectRoot } from '../paths.ts';
import { startOf } from '../plan.ts';
import { prepare, type Prepared } from '../prepare.ts';
import { ProgressLine } from '../progress-line.ts';
import { recordHelp, runHelp, settingsOf } from '../run-settings.ts';
import { runSuites } from '../run-suites.ts';
import type { RunSettings } from '../settings.ts';
import { formatOf } from '../tell-end.ts';

/** `byok run` */
export function run(argv: string[]): Promise<number> {
  return start(argv, runHelp, false);
}

/** `byok record` */
export function record(argv: string[]): Promise<number> {
  return start(argv, recordHelp, true);
}

async function start(argv: string[], help: CommandHelp, recorded: boolean): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
  const format = formatOf(args);
  const settings = settingsOf(args, recorded, readEnvironment(process.env, process.cwd()));
  const planning = args.flag('plan');
  const prepared = await prepareRun(settings, planning);
  if (planning) return showPlan(prepared);

  const reportDir = args.text('report-dir');
  const folder = resolve(reportDir ?? join(projectRoot, 'reports', settings.runId));
  const earlier = settings.history === null ? null : readHistory(settings.history, { newest: 50, say: warn });
  const log = new EventLog(folder);
  const begin = startOf(prepared, [...help.usage.split(' ').slice(0, 2), ...argv]);
  log.append(begin);
  await runPrepared({ prepared, begin, log, earlier, renderNow: () => void renderReports(folder) });

  if (reportDir === undefined) pointLatest(folder);
  const remember = settings.shard === null ? settings.history : null;
  return finish(folder, { earlier: earlier ?? [], remember }, format);
}

async function prepareRun(settings: RunSettings, planning: boolean): Promise<Prepared> {
  const dispatcher = new Agent({ allowH2: false });
  try {
    return await prepare(settings, { baseUrl: settings.baseUrl, dispatcher }, planning);
  } finally {
    await dispatcher.close();
  }
}

async function showPlan({ settings, planned, inventory, book }: Prepared): Promise<number> {
  const sandboxOnly = new Set<string>(inventory.filter((one) => one.sandboxOnly !== undefined).map(({ id }) => id));
  const live = planned.map((plan) => ({
    ...plan,
    cases: plan.cases.filter(({ scenario }) => !sandboxOnly.has(scenario)),
  }));
  const efforts = await plannedEfforts(live, { fixtures: settings.fixtures, prices: book.prices });
  if (settings.means === null || efforts.size === 0)
    throw new HarnessError('E_CONFIG', 'There is no case to plan for.');
  const profile = stampOf(profileNamed(settings.select.profile));
  process.stdout.write(planInWords(efforts, { profile, limits: settings.means, sources: book.sources }));
  return 0;
}

interface Running {
  prepared: Prepared;
  begin: RunStarted;
  log: EventLog;
  /** Runs before this one; null: nothing remembers them. */
  earlier: readonly HistoryEntry[] | null;
  /** Renders what has happened so far, for somebody who will not wait. */
  renderNow(): void;
}

async function runPrepared({ prepared, begin, log, earlier, renderNow }: Running): Promise<void> {
  const { settings, planned, problems } = prepared;
  const progress = new ProgressLine(painter(process.stderr), process.stderr);
  const purse = emptyPurse();
  purse[0] = prepared.book.requests;
  const holding = new Int32Array(new SharedArrayBuffer(4));
  const began = performance.now();
  const ended = (interrupted: boolean): RunFinished => ({
    type: 'run-finished',
    at: new Date().toISOString(),
    interrupted,
    durationMs: performance.now() - began,
    ...(settings.target === 'live' && { spend: spendOf(purse) }),
  });
  const interrupt = onInterrupt(() => {
    // What the cases under way have made by now is known to their threads alone; that there is something is known here too.
    if (Atomics.load(holding, 0) > 0) {
      const message = `What this run made in the account and had not deleted yet is left there. "byok clean --run ${settings.runId}" deletes it.`;
      progress.say(message);
      log.append({ type: 'problem', code: 'E_LEFT_BEHIND', message });
    }
    log.append(ended(true));
    renderNow();
  });
  interrupt.signal.addEventListener('abort', () => {
    const underWay = settings.target === 'live' ? 'are broken off, what they made is deleted' : 'are finished';
    progress.say(`Stopping: cases under way ${underWay} and the reports written. Ctrl-C again stops at once.`);
  });
  const finished: CaseFinished[] = [];
  const tell = (event: RunEvent) => {
    log.append(event);
    progress.show(event);
  };
  const weigh = (event: RunEvent) => {
    if (event.type !== 'case-finished') return tell(event);
    const weighed = weightOf(event, prepared);
    finished.push(weighed);
    tell(weighed);
  };
  try {
    for (const event of [...planned, ...problems]) tell(event);
    if (planned.length > 0) {
      await runSuites({
        settings,
        files: planned.map(({ file }) => resolve(projectRoot, file)),
        tell: weigh,
        say: (message) => progress.say(message),
        purse,
        holding,
        signal: interrupt.signal,
      });
    }
    if (settings.shard === null && !interrupt.signal.aborted) {
      for (const event of afterthoughts({ run: begin, cases: finished, earlier }, prepared)) tell(event);
    }
    tell(ended(interrupt.signal.aborted));
  } finally {
    progress.end();
    log.close();
    interrupt.release();
  }
}

/** A case as it counts: known failures are excused, and what the profile does not ask for makes nothing red. */
function weightOf(finished: CaseFinished, { settings, baseline }: Prepared): CaseFinished {
  const excused = baseline === null ? finished : applyBaseline(finished, baseline);
  return underProfile(profileNamed(settings.select.profile), excused);
}

function warn(message: string): void {
  process.stderr.write(`byok: ${message}\n`);
}
