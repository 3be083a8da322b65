import { inject } from 'vitest';
import { contractVersion } from '../contract/version.ts';
import { HarnessError } from '../errors.ts';
import { Budget } from '../exchange/budget.ts';
import { arrange } from '../scenario/given.ts';
import { titleOf } from '../scenario/scenario.ts';
import type { Leftover } from '../targets/arranged-session.ts';
import { closeSockets } from '../targets/guard.ts';
import { liveTarget } from '../targets/live.ts';
import { proveGuard } from '../targets/prove-guard.ts';
import { recording } from '../targets/recorder.ts';
import { replayTarget } from '../targets/replay.ts';
import { sandboxTarget } from '../targets/sandbox.ts';
import type { Target } from '../targets/target.ts';
import { harnessVersion } from '../version.ts';
import { defaultSettings } from './default-settings.ts';
import { shown } from './paths.ts';
import type { RunSettings } from './settings.ts';

/*
 * What the suites of one thread share. Vitest runs its setup file again for every suite, without isolation too (vitest 5.1), but imports
 * what that imports once: so a limit holds, and a server that asked to be left alone is left alone, for the whole run.
 *
 * Nobody closes the target: vitest tells no setup file which suite is the last, and ends the thread with all its connections.
 */

export const settings = inject('settings') ?? defaultSettings();
const stop = inject('stop') ?? new Int32Array(new SharedArrayBuffer(4));
const holding = inject('holding') ?? new Int32Array(new SharedArrayBuffer(4));
/** Aborted once no further case should begin. */
export const stopped = abortedBy(stop);
/** What cases made in the account and could not delete, for the next of them to tell. */
export const left: Leftover[] = [];
export const budget = settings.means === null ? undefined : new Budget(settings.means, inject('purse'));
export const target = targetOf(settings);

if (settings.target === 'replay') {
  await proveGuard();
  closeSockets();
}

/** @param flag in memory that threads share: its first element is not 0 once somebody has said stop, and notified */
function abortedBy(flag: Int32Array): AbortSignal {
  const controller = new AbortController();
  const abort = () => controller.abort(new HarnessError('E_INTERRUPTED', 'the run was interrupted before it ended'));
  const waiting = Atomics.waitAsync(flag, 0, 0);
  if (waiting.async) void waiting.value.then(abort);
  else abort();
  return controller.signal;
}

function targetOf(chosen: RunSettings): Target {
  const { fixtures: fixturesDir, delivery, allowStale, runId, baseUrl, apiKey, managementKey, providerKey } = chosen;
  if (chosen.target === 'replay') {
    return replayTarget({ fixturesDir, delivery, allowStale, recordWith: foldersOf(chosen), now: Date.now });
  }
  if (chosen.target === 'live' && apiKey === null)
    throw new HarnessError('E_CONFIG', 'A live run needs OPENROUTER_API_KEY.');
  const real =
    chosen.target === 'sandbox'
      ? sandboxTarget({ arrange })
      : liveTarget({
          baseUrl,
          apiKey: apiKey ?? '',
          managementKey,
          providerKey,
          providerUrl: chosen.providerUrl,
          runId,
          arrange,
          mayBurden: (ref) => titleOf(ref) === chosen.burden,
          concurrency: chosen.concurrency,
          ...(budget && { budget }),
          random: Math.random,
          signal: stopped,
          onHolding: (more) => void Atomics.add(holding, 0, more),
          onLeft: (one) => void left.push(one),
        });
  if (!chosen.record) return real;
  return recording(real, {
    fixturesDir,
    harnessVersion,
    contractVersion,
    secrets: secretsOf(chosen),
    env: process.env,
    allowInCi: chosen.recordInCi,
  });
}

/** The folders of a run as arguments, where they are not the shipped ones. */
function foldersOf({ suites, fixtures }: RunSettings): string {
  const shipped = defaultSettings();
  return [
    suites === shipped.suites ? '' : `--suites ${shown(suites)}`,
    fixtures === shipped.fixtures ? '' : `--fixtures ${shown(fixtures)}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** Keys by the name that takes their place wherever they would be told. */
export function secretsOf({ apiKey, managementKey, providerKey }: RunSettings): Map<string, string> {
  const named = { customer: apiKey, 'management-key': managementKey, 'provider-key': providerKey };
  return new Map(Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== null));
}
