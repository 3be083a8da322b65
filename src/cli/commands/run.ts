import { join, resolve } from 'node:path';
import { HarnessError } from '../../errors.ts';
import type { CasesPlanned, Problem, RunEvent } from '../../report/events.ts';
import { EventLog } from '../../report/event-log.ts';
import { pointLatest } from '../../report/latest.ts';
import { renderReports } from '../../report/render.ts';
import { exitCode } from '../../report/run-report.ts';
import { renderEnd } from '../../report/terminal.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { readEnvironment } from '../environment.ts';
import { onInterrupt } from '../interrupt.ts';
import { refuseUnknown, takeStock } from '../inventory.ts';
import { orphans } from '../orphans.ts';
import { painter } from '../painter.ts';
import { projectRoot, shown } from '../paths.ts';
import { isWhole, nothingSelected, planOf, startOf } from '../plan.ts';
import { ProgressLine } from '../progress-line.ts';
import { recordHelp, runHelp, settingsOf } from '../run-settings.ts';
import { runSuites } from '../run-suites.ts';
import type { RunSettings } from '../settings.ts';

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
  const settings = settingsOf(args, recorded, readEnvironment(process.env, process.cwd()));
  const { planned, problems } = await prepare(settings);
  const reportDir = args.text('report-dir');
  const folder = resolve(reportDir ?? join(projectRoot, 'reports', settings.runId));
  const log = new EventLog(folder);
  log.append(startOf(settings, planned, [...help.usage.split(' ').slice(0, 2), ...argv]));
  await runPlanned({ settings, planned, problems, log, renderNow: () => void renderReports(folder) });

  const { report, junitFile } = renderReports(folder);
  process.stdout.write(renderEnd(report, { paint: painter(process.stdout), junitFile: shown(junitFile) }));
  if (reportDir === undefined) pointLatest(folder);
  return exitCode(report);
}

/** What will run, and what is wrong before anything has. A broken suite belongs in the report: a missing report is easily missed. */
async function prepare(settings: RunSettings): Promise<{ planned: CasesPlanned[]; problems: Problem[] }> {
  const { select, suites, fixtures, target } = settings;
  try {
    const inventory = await takeStock(suites);
    refuseUnknown(select, inventory);
    const planned = planOf(inventory, select);
    if (planned.length === 0) return { planned, problems: [nothingSelected(select)] };
    return { planned, problems: target === 'replay' && isWhole(select) ? orphans(fixtures, planned) : [] };
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'E_SUITE') throw error;
    return { planned: [], problems: [{ type: 'problem', code: error.code, message: error.message }] };
  }
}

interface Planned {
  settings: RunSettings;
  planned: CasesPlanned[];
  problems: Problem[];
  log: EventLog;
  /** Renders what has happened so far, for somebody who will not wait. */
  renderNow(): void;
}

async function runPlanned({ settings, planned, problems, log, renderNow }: Planned): Promise<void> {
  const progress = new ProgressLine(painter(process.stderr), process.stderr);
  const interrupt = onInterrupt(() => {
    // What the cases under way have made by now is known to their threads alone; its names are known here too.
    if (settings.target === 'live' && settings.managementKey !== null) {
      const message = `What this run made in the account and had not deleted yet is left there. "byok clean --run ${settings.runId}" deletes it.`;
      progress.say(message);
      log.append({ type: 'problem', code: 'E_LEFT_BEHIND', message });
    }
    renderNow();
  });
  const began = performance.now();
  interrupt.signal.addEventListener('abort', () => {
    progress.say('Stopping: cases under way are finished and the reports written. Ctrl-C again stops at once.');
  });
  const tell = (event: RunEvent) => {
    log.append(event);
    progress.show(event);
  };
  try {
    for (const event of [...planned, ...problems]) tell(event);
    if (planned.length > 0) {
      await runSuites({
        settings,
        files: planned.map(({ file }) => join(projectRoot, file)),
        tell,
        signal: interrupt.signal,
      });
    }
    tell({
      type: 'run-finished',
      at: new Date().toISOString(),
      interrupted: interrupt.signal.aborted,
      durationMs: performance.now() - began,
    });
  } finally {
    progress.end();
    log.close();
    interrupt.release();
  }
}
