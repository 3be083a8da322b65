import { join } from 'node:path';
import { ionet } from '../provider.ts';
import { fixturesDir, projectRoot, suitesDir } from './paths.ts';
import type { RunSettings } from './settings.ts';

/** What runs when nothing is said: the whole inventory for the guide's models, replayed from the shipped recordings. */
export function defaultSettings(): RunSettings {
  return {
    target: 'replay',
    select: { scenarios: [], suites: [], modes: [], models: [...ionet.models], profile: 'all', part: null },
    runId: 'direct',
    fixtures: fixturesDir,
    suites: suitesDir,
    concurrency: 4,
    delivery: 'fast',
    allowStale: false,
    record: false,
    recordInCi: false,
    baseUrl: 'https://openrouter.ai/api/v1',
    apiKey: null,
    managementKey: null,
    providerKey: null,
    providerUrl: ionet.baseUrl,
    discover: false,
    limits: {},
    means: null,
    burden: null,
    shard: null,
    baseline: null,
    history: join(projectRoot, 'reports', 'history.ndjson'),
  };
}
