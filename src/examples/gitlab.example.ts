import { globSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { parse } from 'yaml';
import { readByGitlab } from './gitlab.ts';
import { type Machine, sourceOf, test } from './testing.ts';

const pipeline = sourceOf('examples/gitlab/.gitlab-ci.yml');

interface Job {
  before_script: string[];
  script: string[];
  variables?: Record<string, string>;
  artifacts: { reports: { junit: string } };
  allow_failure?: { exit_codes: number[] };
}

/** Runs a job as a runner with bash does: its commands are one script. */
async function runJob(name: string, { machine, env }: { machine(): Machine; env: Record<string, string> }) {
  const { variables, [name]: job } = parse(await readByGitlab(pipeline, machine(), '--preview')) as {
    variables: Record<string, string>;
  } & Record<string, Job>;
  if (job === undefined) throw new Error(`The pipeline has no job ${name}.`);
  const at = machine();
  const { variables: own, before_script, script } = job;
  const ended = await at.run([...before_script, ...script].join('\n'), ['bash', '-eo', 'pipefail'], {
    CI: 'true',
    GITLAB_CI: 'true',
    ...variables,
    ...own,
    ...env,
  });
  return { ...ended, job, at, junit: globSync(job.artifacts.reports.junit, { cwd: at.folder }) };
}

describe.concurrent('the GitLab pipeline', () => {
  test.for([
    { when: 'a push to the default branch', source: 'push', target: 'live', jobs: ['byok-gate', 'deploy'] },
    { when: 'a rehearsal', source: 'web', target: 'replay', jobs: ['byok-gate'] },
    { when: 'a schedule', source: 'schedule', target: 'live', jobs: ['byok-nightly'] },
  ])('of $when has its own jobs', async ({ source, target, jobs }, { machine }) => {
    const variables = {
      CI_PIPELINE_SOURCE: source,
      CI_COMMIT_BRANCH: 'main',
      CI_DEFAULT_BRANCH: 'main',
      BYOK_TARGET: target,
    };
    const given = Object.entries(variables).map(([name, value]) => `--variable ${name}=${value}`);
    const text = await readByGitlab(pipeline, machine(), ['--list-json', ...given].join(' '));
    const listed = JSON.parse(text.slice(text.indexOf('\n[\n'))) as { name: string; when: string }[];
    expect(listed.filter(({ when }) => when !== 'never').map(({ name }) => name)).toEqual(jobs);
  });

  test('gates with a report that GitLab collects', async ({ machine, sandbox }) => {
    const { url, key } = await sandbox();
    const env = { OPENROUTER_API_KEY: key, OPENROUTER_BASE_URL: url };
    const { code, stdout, junit, at } = await runJob('byok-gate', { machine, env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('target: live · profile: gate@1') });
    expect(junit).toEqual(['byok-reports/junit.xml']);
    expect(at.called().map((call) => call.split(' ', 2).join(' '))).toEqual(['npm ci', 'npx byok']);
  });

  test('remembers each night, and marks one that could not test otherwise than one that failed', async ({
    machine,
  }) => {
    const env = { BYOK_TARGET: 'replay', BYOK_PROFILE: 'gate' };
    const { code, stdout, junit, at, job } = await runJob('byok-nightly', { machine, env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('PASSED: 7 pass') });
    expect(junit).toEqual(['byok-reports/junit.xml']);
    expect(at.read('byok-history.ndjson').split('\n')).toHaveLength(2);
    expect(job.allow_failure).toEqual({ exit_codes: [3] });
  });
});
