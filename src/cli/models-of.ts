import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemClock } from '../clock.ts';
import { HarnessError } from '../errors.ts';
import type { Price } from '../exchange/budget.ts';
import { ionet } from '../provider.ts';
import { startSandbox } from '../sandbox/start-sandbox.ts';
import { listModels, type Where } from './listing.ts';
import type { RunSettings } from './settings.ts';

export interface Models {
  /** OpenRouter ids. */
  ids: string[];
  /** As the list of models has them; null where it names none. Empty unless the list was asked for. */
  prices: ReadonlyMap<string, Price | null>;
}

/**
 * The models to run with: those that were named and, where that was asked for, those the target has of the provider.
 *
 * @throws HarnessError E_NETWORK without an answer, E_CONFIG when there are none
 */
export async function modelsOf(
  { select, discover, target, baseUrl, fixtures }: RunSettings,
  where: Where,
): Promise<Models> {
  if (!discover) return { ids: select.models, prices: new Map() };
  if (target === 'replay') return found([...select.models, ...recorded(fixtures)], new Map(), fixtures);
  const sandbox = target === 'sandbox' ? await startSandbox({ clock: systemClock, seed: 'models' }) : null;
  try {
    const listed = await listModels({ ...where, baseUrl: sandbox?.url ?? baseUrl });
    return found([...select.models, ...listed.keys()], listed, sandbox === null ? baseUrl : 'the sandbox');
  } finally {
    await sandbox?.close();
  }
}

function found(models: readonly string[], prices: Models['prices'], place: string): Models {
  const ids = [...new Set(models)];
  if (ids.length > 0) return { ids, prices };
  throw new HarnessError('E_CONFIG', `--model discover: ${place} has no model of ${ionet.name}.`);
}

/** Models with recordings of their own. */
function recorded(fixtures: string): string[] {
  const folders = globSync('*/*/*/*.json', { cwd: fixtures }).map((file) => dirname(dirname(file)));
  return [...new Set(folders)].sort();
}
