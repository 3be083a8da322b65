import { HarnessError } from '../../errors.ts';
import { renderReports } from '../../report/render.ts';
import { exitCode } from '../../report/run-report.ts';
import { readBaseline } from '../../baseline/read-baseline.ts';
import { historyEntry } from '../../history/history-entry.ts';
import { appendHistory, readHistory } from '../../history/history-file.ts';
import { EventLog, eventsFile } from '../../report/event-log.ts';
import { mergeParts } from '../../report/merge.ts';
import { readEvents } from '../../report/read-events.ts';
import { join, resolve } from 'node:path';
import { afterthoughts } from '../afterthoughts.ts';
import { type Arguments, type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { takeStock } from '../inventory.ts';
import { projectRoot, shown, suitesDir } from '../paths.ts';
import { formatOf, formatOption, tellEnd } from '../tell-end.ts';

const help: CommandHelp = {
  usage: 'byok report render <folder> | merge <folder...> [options]',
  says: 'render: the reports of a run once more from its events.ndjson, also of a run that was killed. merge: the reports of a run from the parts that several machines did with --shard. Ends as the run did: one that was killed 3, or 1 when a case had failed.',
  operands: true,
  options: {
    'report-dir': { value: '<dir>', says: 'merge: put the whole there instead of reports/<run id>-merged' },
    baseline: { value: '<file>', says: 'merge: the file the parts were run with, to find what is stale in it' },
    suites: { value: '<dir>', says: 'merge: where the suites are that the parts ran; default suites/' },
    history: { value: '<file>', says: 'merge: remember the whole run there, and compare it with those before' },
    format: formatOption,
  },
};

/** `byok report` */
export async function report(argv: string[]): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
  const [verb, folder, ...more] = args.positionals;
  if (verb === 'merge' && folder !== undefined) return end(await merge([folder, ...more], args), args);
  if (verb === 'render' && folder !== undefined && more.length === 0) return end(resolve(folder), args);
  throw new HarnessError('E_CONFIG', `Expected "${help.usage}".`);
}

function end(folder: string, args: Arguments): number {
  const format = formatOf(args);
  const history = args.text('history');
  const earlier = history === undefined ? [] : readHistory(resolve(history));
  const rendered = renderReports(folder, {
    historyOf: (report) => [
      ...earlier.filter(({ runId }) => runId !== report.run.runId),
      ...[historyEntry(report) ?? []].flat(),
    ],
  });
  const entry = historyEntry(rendered.report);
  if (history !== undefined && entry !== null) appendHistory(resolve(history), entry);
  tellEnd(rendered, format);
  return exitCode(rendered.report);
}

/** Writes the events of the whole run and returns their folder. */
async function merge(folders: readonly string[], args: Arguments): Promise<string> {
  const events = mergeParts(folders.map((name) => ({ name, events: readEvents(join(resolve(name), eventsFile)) })));
  const run = events.find((event) => event.type === 'run-started');
  if (run === undefined) throw new HarnessError('E_CONFIG', 'Expected the parts of a run, found none.');
  const [baseline, history] = ['baseline', 'history'].map((name) => args.text(name));
  const cases = events.filter((event) => event.type === 'case-finished');
  const after = afterthoughts(
    { run, cases, earlier: history === undefined ? null : readHistory(resolve(history)) },
    {
      baseline: baseline === undefined ? null : readBaseline(shown(resolve(baseline))),
      inventory: baseline === undefined ? [] : await takeStock(resolve(args.text('suites') ?? suitesDir)),
    },
  );
  const whole = resolve(args.text('report-dir') ?? join(projectRoot, 'reports', `${run.runId}-merged`));
  const log = new EventLog(whole);
  try {
    const isEnd = ({ type }: { type: string }) => type === 'run-finished';
    for (const event of [...events.filter((one) => !isEnd(one)), ...after, ...events.filter(isEnd)]) log.append(event);
  } finally {
    log.close();
  }
  return whole;
}
