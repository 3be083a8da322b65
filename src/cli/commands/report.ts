import { HarnessError } from '../../errors.ts';
import { readBaseline } from '../../baseline/read-baseline.ts';
import { readHistory } from '../../history/history-file.ts';
import { EventLog, eventsFile } from '../../report/event-log.ts';
import { mergeParts } from '../../report/merge.ts';
import { readEvents } from '../../report/read-events.ts';
import { join, resolve } from 'node:path';
import { afterthoughts } from '../afterthoughts.ts';
import { type Arguments, type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { finish } from '../finish.ts';
import { takeStock } from '../inventory.ts';
import { projectRoot, shown, suitesDir } from '../paths.ts';
import { formatOf, formatOption } from '../tell-end.ts';

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
  if (verb === 'merge' && folder !== undefined) return merge([folder, ...more], args);
  if (verb === 'render' && folder !== undefined && more.length === 0) return render(resolve(folder), args);
  throw new HarnessError('E_CONFIG', `Expected "${help.usage}".`);
}

/** Shows the trend where a history stands beside the run's folder, as `byok run` leaves it. */
function render(folder: string, args: Arguments): number {
  for (const name of ['report-dir', 'baseline', 'suites']) {
    if (args.text(name) !== undefined) {
      throw new HarnessError('E_CONFIG', `--${name} goes with merge: render shows what the run left, where it is.`);
    }
  }
  const history = resolve(args.text('history') ?? join(folder, '..', 'history.ndjson'));
  return finish(folder, { earlier: readHistory(history), remember: null }, formatOf(args));
}

/** Puts the events of the whole run into a folder of its own. */
async function merge(folders: readonly string[], args: Arguments): Promise<number> {
  const format = formatOf(args);
  const events = mergeParts(folders.map((name) => ({ name, events: readEvents(join(resolve(name), eventsFile)) })));
  const run = events.find((event) => event.type === 'run-started');
  if (run === undefined) throw new HarnessError('E_CONFIG', 'Expected the parts of a run, found none.');
  const [baseline, history] = ['baseline', 'history'].map((name) => args.text(name));
  if ((run.baseline === undefined) !== (baseline === undefined)) {
    const how = baseline === undefined ? 'with a baseline: name it with' : 'without a baseline: leave out';
    throw new HarnessError('E_CONFIG', `The parts were run ${how} --baseline.`);
  }
  const cases = events.filter((event) => event.type === 'case-finished');
  const earlier = history === undefined ? null : readHistory(resolve(history));
  const after = afterthoughts(
    { run, cases, earlier },
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
  return finish(whole, { earlier: earlier ?? [], remember: history === undefined ? null : resolve(history) }, format);
}
