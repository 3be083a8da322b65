import { join, relative, resolve } from 'node:path';

/** The project: where `suites` and `fixtures` are. */
export const projectRoot = resolve(import.meta.dirname, '../..');
export const suitesDir = join(projectRoot, 'suites');
export const fixturesDir = join(projectRoot, 'fixtures');

/** A path as people want to see it: short when it is near, else whole. */
export function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
