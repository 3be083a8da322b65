import { describe, expect } from 'vitest';
import { globSync } from 'node:fs';
import { everyStatement, readJenkinsfile, shellCommands, unquoted } from './jenkinsfile.ts';
import { type Machine, sourceOf, test } from './testing.ts';

const pipeline = readJenkinsfile(sourceOf('examples/jenkins/Jenkinsfile'));

/** Runs what the pipeline gives to a shell, one after the other, and returns how each ended. */
async function runAll(machine: Machine, env: Record<string, string>) {
  const ends = [];
  for (const command of shellCommands(pipeline)) {
    // https://www.jenkins.io/doc/pipeline/steps/workflow-durable-task-step/#sh-shell-script: "the system default shell with -xe".
    ends.push(await machine.run(command, ['sh', '-xe'], { CI: 'true', JENKINS_URL: 'http://localhost/', ...env }));
  }
  return ends;
}

describe.concurrent('the Jenkins pipeline', () => {
  test('runs, reports where Jenkins looks, and does so again in the same workspace', async ({ machine }) => {
    const at = machine();
    const env = { TARGET: 'replay', PROFILE: 'gate' };
    expect((await runAll(at, env)).map(({ code }) => code)).toEqual([0, 0, 0]);
    const junit = everyStatement(pipeline).find(({ words }) => words[0] === 'junit');
    expect(globSync(unquoted(junit?.words[3] ?? ''), { cwd: at.folder })).toEqual(['byok-reports/junit.xml']);
    expect(at.files('byok-reports')).toContain('index.html');
    expect((await runAll(at, env)).map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(at.read('byok-history.ndjson').trim().split('\n')).toHaveLength(2);
  });

  test('hands its credentials to byok under the names that byok reads', async ({ machine }) => {
    const environment = everyStatement(pipeline).find(({ words }) => words[0] === 'environment');
    const names = (environment?.block ?? []).map(({ words }) => words[0] ?? '');
    expect(names).toEqual(['OPENROUTER_API_KEY', 'OPENROUTER_MANAGEMENT_KEY', 'IONET_API_KEY']);
    for (const name of names) expect(sourceOf('.env.example')).toContain(`\n${name}=`);
    const [, , { code, stderr } = { code: 0, stderr: '' }] = await runAll(machine(), {
      TARGET: 'live',
      PROFILE: 'gate',
    });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('set OPENROUTER_API_KEY') });
  });

  test('turns yellow where byok could not test, and red where it failed', () => {
    const branches = everyStatement(pipeline).filter(({ words }) => words.includes('if'));
    expect(branches.map(({ words, block }) => [words.join(' '), block?.[0]?.words[0]])).toEqual([
      ['if ( code == 3 )', 'unstable'],
      ['else if ( code != 0 )', 'error'],
    ]);
  });
});
