import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { XMLParser } from 'fast-xml-parser';
import { test as base } from 'vitest';
import { projectRoot } from './paths.ts';

interface Ended {
  /** null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Circumstances {
  env?: Record<string, string>;
  /** Given to a shell, with the command as `"$@"`. */
  shell?: string;
  /** Told of the process at once, and again whenever it has printed something. */
  watch?(child: ChildProcess, printed: Ended): void;
}

/** Tests with what they may need, each taken away after its test; they may run at the same time. */
export const test = base.extend<{
  /** Makes a folder with these files. */
  folder: (files?: Record<string, string>) => string;
  /** Runs the command line as a process of its own, in an empty folder, without keys. */
  byok: (args: readonly string[], circumstances?: Circumstances) => Promise<Ended>;
}>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads from the pattern what a fixture needs
  folder: async ({}, use) => {
    const made: string[] = [];
    await use((files = {}) => {
      const folder = mkdtempSync(join(tmpdir(), 'byok-cli-'));
      made.push(folder);
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      return folder;
    });
    for (const folder of made) rmSync(folder, { recursive: true, force: true });
  },
  byok: async ({ folder }, use) => {
    const children: ChildProcess[] = [];
    await use((args, { env = {}, shell, watch } = {}) => {
      const command = [process.execPath, join(projectRoot, 'src/cli/byok.ts'), ...args];
      const [file = '', ...rest] = shell === undefined ? command : ['/bin/sh', '-c', shell, 'sh', ...command];
      const child = spawn(file, rest, { cwd: folder(), env: { PATH: process.env['PATH'], ...env } });
      children.push(child);
      return ended(child, watch);
    });
    for (const child of children) child.kill('SIGKILL');
  },
});

function ended(
  child: ChildProcessByStdio<Writable, Readable, Readable>,
  watch: Circumstances['watch'],
): Promise<Ended> {
  const printed: Ended = { code: null, stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
      watch?.(child, printed);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...printed, code }));
    watch?.(child, printed);
  });
}

/** A suite of the given lines, with everything it may need imported in its first line. */
export function suite(...lines: string[]): string {
  const from = join(projectRoot, 'src/index.ts');
  return [`import { answered, get, refused, scenario } from '${from}';`, ...lines, ''].join('\n');
}

/** Declares a scenario that asks whether the customer's key is valid. */
export function asksForKey(id: string): string {
  return `scenario({ id: '${id}', says: 'A key.', proves: ['api.key'], scope: 'account', modes: 'none', steps: [answered(get('/key'))] });`;
}

export interface JunitCase {
  name: string;
  failure?: { type: string; text: string };
  error?: { type: string; message: string };
}

/** The cases of a JUnit file, read by somebody else's parser. */
export function junitCases(xml: string): JunitCase[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    textNodeName: 'text',
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  });
  const { testsuites } = parser.parse(xml) as { testsuites: { testsuite?: { testcase?: JunitCase[] }[] } };
  return (testsuites.testsuite ?? []).flatMap(({ testcase }) => testcase ?? []);
}
