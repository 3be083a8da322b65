import { join, relative, resolve } from 'node:path';

/** Two folders up from the sources, and from the chunks of the built package too (`scripts/build.ts`). */
const packageRoot = resolve(import.meta.dirname, '../..');
/** Node.js runs no TypeScript below `node_modules`, so the package holds what was built. */
export const isInstalled = import.meta.filename.endsWith('.js');

/** What reports name files from, and where `reports/` is: the repository, or the folder an installed `byok` was called in. */
export const projectRoot = isInstalled ? process.cwd() : packageRoot;
export const suitesDir = join(packageRoot, isInstalled ? 'dist/suites' : 'suites');
export const fixturesDir = join(packageRoot, 'fixtures');
/** Which files of a folder, and of those in it, are suites. */
export const suiteFiles = '**/*.suite.{ts,js}';
/** What vitest loads in each of its threads before the suites. */
export const workerFile = join(packageRoot, isInstalled ? 'dist/worker.js' : 'src/cli/worker.ts');

/** A path as people want to see it: short when it is near, else whole. */
export function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
