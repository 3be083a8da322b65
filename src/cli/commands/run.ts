import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { contractVersion } from '../../contract/version.ts';
import { HarnessError } from '../../errors.ts';
import { ionet } from '../../provider.ts';
import type { CasesPlanned, RunEvent, RunStarted } from '../../report/events.ts';
import { EventLog } from '../../report/event-log.ts';
import { pointLatest } from '../../report/latest.ts';
import { renderReports } from '../../report/render.ts';
import { exitCode } from '../../report/run-report.ts';
import { renderEnd } from '../../report/terminal.ts';
import type { ListedScenario } from '../../scenario/scenario.ts';
import type { Mode, TargetName } from '../../targets/target.ts';
import { harnessVersion } from '../../version.ts';
import { type Arguments, type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { defaultSettings } from '../default-settings.ts';
import { readEnvironment, safeBaseUrl } from '../environment.ts';
import { onInterrupt } from '../interrupt.ts';
import { refuseUnknown, selectCases, takeStock } from '../inventory.ts';
import { orphans } from '../orphans.ts';
import { painter } from '../painter.ts';
import { projectRoot, suitesDir } from '../paths.ts';
import { ProgressLine } from '../progress-line.ts';
import { runSuites } from '../run-suites.ts';
import type { RunSettings } from '../settings.ts';

const selection: CommandHelp['options'] = {
  model: { value: '<id>', multiple: true, says: `OpenRouter id; again for more. Default: ${ionet.models.join(', ')}` },
  scenario: { value: '<glob>', multiple: true, says: 'only scenarios whose id matches, e.g. "byok/*"' },
  suite: { value: '<name>', multiple: true, says: 'only this suite, e.g. pinning' },
  mode: { value: 'json|stream', multiple: true, says: 'only this mode' },
  'base-url': { value: '<url>', says: 'of the live target; default https://openrouter.ai/api/v1' },
  fixtures: { value: '<dir>', says: 'where the cassettes are; default fixtures/' },
  'report-dir': { value: '<dir>', says: 'put the reports there instead of reports/<run id>' },
  concurrency: { value: '<n>', says: 'cases at the same time; default 4' },
};

const runHelp: CommandHelp = {
  usage: 'byok run [options]',
  says: 'Runs the scenarios and writes junit.xml, results.json and summary.md.',
  options: {
    target: { value: 'replay|sandbox|live', says: 'where answers come from; default replay' },
    ...selection,
    realtime: { says: 'replay at the recorded pace' },
    refragment: { says: 'replay with the bytes cut elsewhere' },
    'allow-stale': { says: 'replay live recordings older than 30 days' },
  },
};

const recordHelp: CommandHelp = {
  usage: 'byok record [options]',
  says: 'Runs the scenarios against sandbox or live and writes a cassette for each.',
  options: {
    target: { value: 'sandbox|live', says: 'what is recorded; default sandbox' },
    ...selection,
    'in-ci': { says: 'record although this is CI' },
  },
};

/** `byok run` */
export function run(argv: string[]): Promise<number> {
  return start(argv, runHelp, { target: 'replay', record: false });
}

/** `byok record` */
export function record(argv: string[]): Promise<number> {
  return start(argv, recordHelp, { target: 'sandbox', record: true });
}

async function start(
  argv: string[],
  help: CommandHelp,
  defaults: { target: TargetName; record: boolean },
): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
  const settings = settingsOf(args, defaults);
  const inventory = await takeStock(suitesDir);
  refuseUnknown(settings.select, inventory);
  const planned = planOf(inventory, settings);
  const folder = resolve(args.text('report-dir') ?? join(projectRoot, 'reports', settings.runId));
  const log = new EventLog(folder);
  const progress = new ProgressLine(painter(process.stdout), process.stderr);
  const interrupt = onInterrupt();
  const began = performance.now();
  const tell = (event: RunEvent) => {
    log.append(event);
    progress.show(event);
  };

  tell(startOf(settings, help, argv));
  for (const plan of planned) tell(plan);
  const everything =
    args.texts('scenario').length +
      args.texts('suite').length +
      args.texts('mode').length +
      args.texts('model').length ===
    0;
  if (settings.target === 'replay' && everything) {
    for (const problem of orphans(settings.fixtures, planned)) tell(problem);
  }
  try {
    if (planned.length > 0) {
      await runSuites({
        settings,
        files: planned.map(({ file }) => join(projectRoot, file)),
        concurrency: wholeNumber(args, 'concurrency', 4),
        onFinished: tell,
        onProblem: tell,
        signal: interrupt.signal,
      });
    }
  } finally {
    tell({
      type: 'run-finished',
      at: new Date().toISOString(),
      interrupted: interrupt.signal.aborted,
      durationMs: performance.now() - began,
    });
    progress.end();
    log.close();
    interrupt.release();
  }
  const { report, junitFile } = renderReports(folder);
  if (args.text('report-dir') === undefined) pointLatest(folder);
  process.stdout.write(
    renderEnd(report, { paint: painter(process.stdout), junitFile: relative(process.cwd(), junitFile) }),
  );
  return exitCode(report);
}

function settingsOf(args: Arguments, defaults: { target: TargetName; record: boolean }): RunSettings {
  const environment = readEnvironment(process.env, process.cwd());
  const target = oneOf(args.text('target') ?? defaults.target, ['replay', 'sandbox', 'live'], '--target');
  if (defaults.record && target === 'replay') {
    throw new HarnessError('E_CONFIG', '--target replay cannot be recorded: it is a recording. Use sandbox or live.');
  }
  if (args.text('base-url') !== undefined && target !== 'live') {
    throw new HarnessError('E_CONFIG', `--base-url goes with --target live, not with ${target}.`);
  }
  if (target === 'live' && environment.apiKey === null) {
    throw new HarnessError('E_CONFIG', 'A live run needs a key: set OPENROUTER_API_KEY in the environment or in .env.');
  }
  if (defaults.record && environment.ci && !args.flag('in-ci')) {
    throw new HarnessError(
      'E_CONFIG',
      'This is CI (CI is set), where nothing is recorded by accident. Say --in-ci to record here.',
    );
  }
  const base = defaultSettings();
  const models = args.texts('model');
  for (const model of models) {
    if (!/^~?[\w.-]+\/[\w.:-]+$/.test(model)) {
      throw new HarnessError('E_CONFIG', `--model "${model}" should be an OpenRouter id like ${ionet.models[0]}.`);
    }
  }
  return {
    ...base,
    target,
    record: defaults.record,
    recordInCi: args.flag('in-ci'),
    runId: runId(),
    fixtures: args.text('fixtures') === undefined ? base.fixtures : resolve(args.text('fixtures') ?? ''),
    delivery: args.flag('realtime') ? 'timed' : args.flag('refragment') ? 'refragment' : 'fast',
    allowStale: args.flag('allow-stale'),
    baseUrl:
      args.text('base-url') === undefined
        ? environment.baseUrl
        : safeBaseUrl(args.text('base-url') ?? '', '--base-url'),
    apiKey: environment.apiKey,
    managementKey: environment.managementKey,
    providerKey: environment.providerKey,
    select: {
      scenarios: args.texts('scenario'),
      suites: args.texts('suite'),
      modes: args.texts('mode').map((mode) => oneOf<Mode>(mode, ['json', 'stream'], '--mode')),
      models: models.length > 0 ? models : base.select.models,
    },
  };
}

function planOf(inventory: readonly ListedScenario[], { select }: RunSettings): CasesPlanned[] {
  const cases = inventory.map((scenario) => ({
    file: relative(projectRoot, scenario.file),
    cases: selectCases(scenario, select).map((ref) => ({ ...ref, family: scenario.family })),
  }));
  return [...Map.groupBy(cases, ({ file }) => file)]
    .map(([file, parts]) => ({ type: 'cases-planned' as const, file, cases: parts.flatMap((part) => part.cases) }))
    .filter((plan) => plan.cases.length > 0);
}

function startOf(settings: RunSettings, help: CommandHelp, argv: string[]): RunStarted {
  return {
    type: 'run-started',
    format: 1,
    runId: settings.runId,
    at: new Date().toISOString(),
    target: settings.target,
    baseUrl: settings.target === 'live' ? settings.baseUrl : null,
    profile: 'all',
    models: settings.select.models,
    harnessVersion,
    contractVersion,
    hostname: hostname(),
    command: [...help.usage.split(' ').slice(0, 2), ...argv],
  };
}

/** Sorts by time, and two runs of one second differ. */
function runId(): string {
  return `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}-${randomBytes(2).toString('hex')}`;
}

function oneOf<T extends string>(value: string, known: readonly T[], option: string): T {
  const found = known.find((each) => each === value);
  if (found === undefined)
    throw new HarnessError('E_CONFIG', `${option} ${value}: expected one of ${known.join(', ')}.`);
  return found;
}

function wholeNumber(args: Arguments, option: string, otherwise: number): number {
  const text = args.text(option);
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new HarnessError('E_CONFIG', `--${option} ${text}: expected a whole number from 1 to 9999.`);
  return Number(text);
}
