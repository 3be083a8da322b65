import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { rolldown } from 'rolldown';
import packageJson from '../package.json' with { type: 'json' };

/**
 * Builds what the package holds: Node.js refuses to strip types below `node_modules`. The command line, what vitest loads in its threads
 * and what suites import are built together, so that they share their chunks: a scenario is declared to the very module that listens.
 */
const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
await bundle();
buildSuites();
copyPage();
declareTypes();

async function bundle(): Promise<void> {
  const dependencies = Object.keys(packageJson.dependencies).map((name) => new RegExp(`^${name}(/|$)`));
  const built = await rolldown({
    cwd: root,
    input: { byok: 'src/cli/byok.ts', worker: 'src/cli/worker.ts', index: 'src/index.ts' },
    platform: 'node',
    external: dependencies,
    preserveEntrySignatures: 'allow-extension',
  });
  await built.write({
    dir: dist,
    chunkFileNames: 'chunks/[name].js',
    // Vitest evaluates the worker anew for each suite. What it imports must stay in files of its own, evaluated once per thread: the guard
    // that closes the network keeps its state there, and so does `thread.ts`. The layout knows no circles, so a folder can be loaded as a whole.
    codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: folderOf, debugName: 'folders' }] },
  });
}

/** The folder of `src` a module is in. The commands are left to the bundler, which splits them where they are loaded when asked for. */
function folderOf(id: string): string | null {
  if (id.endsWith('/src/cli/thread.ts')) return 'thread';
  const folder = /\/src\/([\w-]+)\//.exec(id)?.[1];
  return folder === undefined || folder === 'cli' ? null : folder;
}

/** One file for each, with lines and columns as they were: what a report says of a suite holds for its source too. */
function buildSuites(): void {
  for (const file of globSync('**/*.ts', { cwd: join(root, 'suites') })) {
    const target = join(dist, 'suites', file.replace(/\.ts$/, '.js'));
    const code = stripTypeScriptTypes(readFileSync(join(root, 'suites', file), 'utf8'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      code.replaceAll("/src/index.ts'", "/index.ts'").replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"),
    );
  }
}

/** What the page of a report is put together from is read beside the module that does so (`src/report/html/assets.ts`). */
function copyPage(): void {
  for (const file of globSync('*.{js,css}', { cwd: join(root, 'src/report/html/client') })) {
    cpSync(join(root, 'src/report/html/client', file), join(dist, 'chunks/client', file));
  }
}

function declareTypes(): void {
  const { status } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['--project', join(root, 'tsconfig.build.json')], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`tsc ended with ${status}; the types of the package are missing.`);
}
