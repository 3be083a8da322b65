import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { HarnessError } from '../errors.ts';
import { ionet } from '../provider.ts';
import type { Mode, TargetName } from '../targets/target.ts';
import type { Arguments, CommandHelp } from './arguments.ts';
import { all, profileNamed, profileNames } from '../profiles/profile.ts';
import { defaultSettings } from './default-settings.ts';
import { type Environment, safeBaseUrl } from './environment.ts';
import { shardOf } from './shard.ts';
import { formatOption } from './tell-end.ts';
import { isInstalled } from './paths.ts';
import type { RunSettings } from './settings.ts';

const selection: CommandHelp['options'] = {
  model: {
    value: '<id>',
    multiple: true,
    says: `OpenRouter id, again for more; "discover": those the target lists. Default: ${ionet.models.join(', ')}`,
  },
  scenario: { value: '<glob>', multiple: true, says: 'only scenarios whose id matches, e.g. "byok/*"' },
  suite: { value: '<name>', multiple: true, says: 'only this suite, e.g. pinning' },
  mode: { value: 'json|stream', multiple: true, says: 'only this mode' },
  'base-url': { value: '<url>', says: 'of the live target; default https://openrouter.ai/api/v1' },
  fixtures: { value: '<dir>', says: 'where the cassettes are; default fixtures/ beside the suites' },
  suites: { value: '<dir>', says: 'where the suites are; default suites/' },
  'report-dir': { value: '<dir>', says: 'put the reports there instead of reports/<run id>' },
  concurrency: { value: '<n>', says: 'cases at the same time, and live also calls; default 4' },
  'max-cost': {
    value: '<usd>',
    says: 'most that a live run may cost, OpenRouter and provider together; default 0.50, gate 0.01',
  },
  'max-requests': { value: '<n>', says: 'most requests that a live run may send' },
};

export const runHelp: CommandHelp = {
  usage: 'byok run [options]',
  says: 'Runs the scenarios and writes junit.xml, index.html, results.json and summary.md.',
  options: {
    target: { value: 'replay|sandbox|live', says: 'where answers come from; default replay' },
    profile: {
      value: profileNames.join('|'),
      says: 'what has to hold: default all. gate: a cent before a deployment, nightly: all that can be provoked',
    },
    ...selection,
    plan: { says: 'say what a live run would send and cost at most, and send nothing' },
    baseline: { value: '<file>', says: 'known failures, with reason, link and expiry' },
    history: { value: '<file>', says: 'remembers runs; default reports/history.ndjson, none with --report-dir' },
    shard: { value: '<i>/<n>', says: 'only this part of the cases; "byok report merge" joins the parts' },
    format: formatOption,
    realtime: { says: 'replay at the recorded pace' },
    refragment: { says: 'replay with the bytes cut elsewhere' },
    'allow-stale': { says: 'replay live recordings older than 30 days' },
  },
};

export const recordHelp: CommandHelp = {
  usage: 'byok record [options]',
  says: 'Runs the scenarios against sandbox or live and writes a cassette for each.',
  options: {
    target: { value: 'sandbox|live', says: 'what is recorded; default sandbox' },
    ...selection,
    'in-ci': { says: 'record although this is CI' },
  },
};

/**
 * What a run is to do, from its arguments and the environment; flags win.
 *
 * @throws HarnessError E_CONFIG for what cannot be done, before anything is
 */
export function settingsOf(args: Arguments, record: boolean, environment: Environment): RunSettings {
  const base = defaultSettings();
  const target = targetOf(args, record, environment);
  const models = args.texts('model');
  for (const model of models) {
    if (model === discover) continue;
    if (!/^~?[\w.-]+\/[\w.:-]+$/.test(model)) {
      throw new HarnessError('E_CONFIG', `--model "${model}" should be an OpenRouter id like ${ionet.models[0]}.`);
    }
  }
  const profile = profileNamed(args.text('profile') ?? base.select.profile);
  const shard = shardOf(args.text('shard'));
  const maxCostUsd = args.amount('max-cost');
  const maxRequests = args.wholeNumber('max-requests', { least: 1, most: 1_000_000 });
  const reportDir = args.text('report-dir');
  const history = args.text('history') ?? (reportDir === undefined ? base.history : null);
  const baseline = args.text('baseline');
  const baseUrl = args.text('base-url');
  return {
    ...base,
    target,
    record,
    recordInCi: args.flag('in-ci'),
    runId: runId(),
    fixtures: fixturesOf(args, record, base),
    suites: args.text('suites') === undefined ? base.suites : folder(args.text('suites') ?? '', '--suites'),
    concurrency: args.wholeNumber('concurrency', { least: 1, most: 1_000 }) ?? base.concurrency,
    delivery: args.flag('realtime') ? 'timed' : args.flag('refragment') ? 'refragment' : 'fast',
    allowStale: args.flag('allow-stale'),
    baseUrl: baseUrl === undefined ? environment.baseUrl : safeBaseUrl(baseUrl, '--base-url'),
    apiKey: environment.apiKey,
    managementKey: environment.managementKey,
    providerKey: environment.providerKey,
    providerUrl: environment.providerUrl,
    discover: models.includes(discover),
    limits: { ...(maxCostUsd !== undefined && { maxCostUsd }), ...(maxRequests !== undefined && { maxRequests }) },
    shard,
    baseline: baseline === undefined ? null : resolve(baseline),
    history: history === null ? null : resolve(history),
    select: {
      ...base.select,
      profile: profile?.name ?? all,
      scenarios: args.texts('scenario'),
      suites: args.texts('suite'),
      modes: args.texts('mode').map((mode) => oneOf<Mode>(mode, ['json', 'stream'], '--mode')),
      models: models.length > 0 ? models.filter((model) => model !== discover) : base.select.models,
    },
  };
}

/** In the place of a model: whatever the target lists for the provider. */
const discover = 'discover';

/** Suites of one's own have recordings of their own, beside them; those of an installed package are not written over. */
function fixturesOf(args: Arguments, record: boolean, base: RunSettings): string {
  const [fixtures, suites] = [args.text('fixtures'), args.text('suites')];
  if (fixtures !== undefined) return record ? resolve(fixtures) : folder(fixtures, '--fixtures');
  if (suites !== undefined) return join(dirname(resolve(suites)), 'fixtures');
  if (record && isInstalled) {
    throw new HarnessError(
      'E_CONFIG',
      'The shipped recordings belong to the installed package. Say where to record to, with --fixtures <dir>.',
    );
  }
  return base.fixtures;
}

function targetOf(args: Arguments, record: boolean, environment: Environment): TargetName {
  const target = oneOf<TargetName>(
    args.text('target') ?? (record ? 'sandbox' : 'replay'),
    ['replay', 'sandbox', 'live'],
    '--target',
  );
  if (record && target === 'replay') {
    throw new HarnessError('E_CONFIG', '--target replay cannot be recorded: it is a recording. Use sandbox or live.');
  }
  if (args.text('base-url') !== undefined && target !== 'live') {
    throw new HarnessError('E_CONFIG', `--base-url goes with --target live, not with ${target}.`);
  }
  for (const option of ['realtime', 'refragment', 'allow-stale']) {
    if (args.flag(option) && target !== 'replay')
      throw new HarnessError('E_CONFIG', `--${option} goes with --target replay, not with ${target}.`);
  }
  if (args.flag('realtime') && args.flag('refragment')) {
    throw new HarnessError('E_CONFIG', '--realtime and --refragment are two ways to deliver a recording. Choose one.');
  }
  if (args.flag('plan') && target !== 'live') {
    throw new HarnessError('E_CONFIG', `--plan goes with --target live: ${target} costs nothing.`);
  }
  if (target === 'live' && environment.apiKey === null && !args.flag('plan')) {
    throw new HarnessError('E_CONFIG', 'A live run needs a key: set OPENROUTER_API_KEY in the environment or in .env.');
  }
  if (record && environment.ci && !args.flag('in-ci')) {
    throw new HarnessError(
      'E_CONFIG',
      'This is CI (CI is set), where nothing is recorded by accident. Say --in-ci to record here.',
    );
  }
  return target;
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

function folder(path: string, option: string): string {
  const found = resolve(path);
  if (!statSync(found, { throwIfNoEntry: false })?.isDirectory())
    throw new HarnessError('E_CONFIG', `${option} ${path}: expected a folder, found none at ${found}.`);
  return found;
}
