import { join, resolve } from 'node:path';

/** The project: where `suites` and `fixtures` are. */
export const projectRoot = resolve(import.meta.dirname, '../..');
export const suitesDir = join(projectRoot, 'suites');
export const fixturesDir = join(projectRoot, 'fixtures');
