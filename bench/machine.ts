import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { harnessVersion } from '../src/version.ts';

const compared = ['undici', 'nock', 'msw', '@pollyjs/core', 'vitest', 'zod'] as const;

/** Where and with what the figures were made. */
export function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryMb: Math.round(totalmem() / 2 ** 20),
    /** Load of the last minute: on a busy machine the figures are too low. */
    load: loadavg()[0] ?? 0,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    packages: {
      'byok-conformance': harnessVersion,
      ...Object.fromEntries(compared.map((name) => [name, versionOf(name)])),
    },
  };
}

function versionOf(name: string): string {
  const file = join(import.meta.dirname, '../node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
