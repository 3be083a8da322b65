import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { parse } from 'dotenv';
import { describe, expect, type TestContext } from 'vitest';
import { fixturesDir } from './paths.ts';
import { asksForKey, junitCases, suite, test } from './testing.ts';

// Processes of their own take their time on a busy machine.
const processes = { concurrent: true, timeout: 60_000 };

describe('byok', processes, () => {
  test('says what it can do, on standard error when nobody asked', async ({ byok }) => {
    const [asked, silent] = await Promise.all([byok(['--help']), byok([])]);
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(silent).toEqual({ code: 2, stdout: '', stderr: asked.stdout });
  });

  test('ends with 2 and one line for what it cannot understand', async ({ byok }) => {
    expect(await byok(['rnu'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'byok: There is no command "rnu". Did you mean "run"? See "byok --help". [E_CONFIG]\n',
    });
  });

  test('goes on when nobody reads what it prints, and ends as it would have', async ({ byok, folder }) => {
    const [reportDir, fixtures] = [folder(), fixturesWith(folder(), '_account/setup/key-valid.json')];
    edit(join(fixtures, '_account/setup/key-valid.json'), '"is_management_key": false', '"is_management_key": "no"');
    const ended = await byok(replay(fixtures, 'setup/key-valid', reportDir), {
      watch(child) {
        child.stdout?.destroy();
        child.stderr?.destroy();
      },
    });
    expect(ended.code).toBe(1);
    expect(existsSync(join(reportDir, 'junit.xml'))).toBe(true);
  });
});

describe('a run', processes, () => {
  test('fails when one recorded answer says that the customer’s key did not pay', async ({ byok, folder }) => {
    const reportDir = folder();
    const cassette = 'z-ai/glm-5.2/byok/own-key-pays.json.json';
    const fixtures = fixturesWith(folder(), cassette, cassette.replace('.json.json', '.stream.json'));
    edit(join(fixtures, cassette), '"is_byok": true', '"is_byok": false');
    const argv = [...replay(fixtures, 'byok/own-key-pays', reportDir), '--model', 'z-ai/glm-5.2'];
    const { code, stdout } = await byok(argv);
    expect(code).toBe(1);
    expect(stdout).toContain('1 fail, 1 pass');
    const [failed, passed] = casesIn(reportDir);
    expect(failed).toMatchObject({ name: 'byok/own-key-pays [json]', failure: { type: 'usage.is-byok-expected' } });
    expect(failed?.failure?.text).toMatch(/^Expected: .*true.*\n *Actual: .*false/im);
    expect(passed).toMatchObject({ name: 'byok/own-key-pays [stream]' });
    expect(passed?.failure).toBeUndefined();
  });

  test('says of every cassette it cannot use which file, where and what to do', async ({ byok, folder }) => {
    const reportDir = folder();
    const name = (scenario: string) => `z-ai/glm-5.2/byok/${scenario}.json.json`;
    const [missing, cut, newer, moved, copied, edited, altered, surplus] = [
      'own-key-pays',
      'disabled-key-unused',
      'fallback-key-after-shared',
      'model-filter-excludes',
      'api-key-filter-excludes',
      'other-workspace-excludes',
      'refused-key-falls-back',
      'second-key-takes-over',
    ].map(name) as [string, string, string, string, string, string, string, string];
    const fixtures = fixturesWith(folder(), cut, newer, moved, copied, edited, altered, surplus);
    const at = (cassette: string) => join(fixtures, cassette);
    writeFileSync(at(cut), readFileSync(at(cut), 'utf8').slice(0, 900));
    edit(at(newer), '"format": 1', '"format": 99');
    edit(at(moved), '"model": "z-ai/glm-5.2"', '"model": "qwen/qwen3.6-27b"');
    cpSync(at(copied), join(fixtures, 'copy.json'));
    edit(at(edited), '"status": 200', '"status": "200"');
    edit(at(altered), 'Reply with exactly: ok', 'Reply with exactly: no');
    const { exchanges, ...header } = JSON.parse(readFileSync(at(surplus), 'utf8')) as { exchanges: unknown[] };
    writeFileSync(at(surplus), JSON.stringify({ ...header, exchanges: [...exchanges, exchanges[0]] }));

    const scenarios = [missing, cut, newer, moved, copied, edited, altered, surplus].flatMap((file) => [
      '--scenario',
      `byok/${file.split('/')[3]?.replace('.json.json', '')}`,
    ]);
    const argv = ['run', ...scenarios, '--model', 'z-ai/glm-5.2', '--mode', 'json'];
    expect((await byok([...argv, '--fixtures', fixtures, '--report-dir', reportDir])).code).toBe(3);

    const said = new Map(casesIn(reportDir).map((one) => [one.name, one.error]));
    const expectations: [string, RegExp][] = [
      [missing, /does not exist.*npm run byok -- record/],
      [cut, /is cut off|is not JSON: .*npm run byok -- record/],
      [newer, /at \/format: expected format 1.*found 99.*npm run byok -- record/],
      [moved, /at \/model: expected "z-ai\/glm-5\.2".*found "qwen\/qwen3\.6-27b".*(Move|Delete)|belongs in/],
      [copied, /copy\.json: claims the case that belongs in .*Delete it or move it/],
      [edited, /at \/exchanges\/\d+\/response\/status: .*found "200".*npm run byok -- record/],
      [altered, /Reply with exactly: no/],
      [surplus, /never|not asked|unused/i],
    ];
    for (const [file, message] of expectations) {
      const error = said.get(`byok/${file.split('/')[3]?.replace('.json.json', ' [json]')}`);
      expect(error).toMatchObject({ type: 'E_CASSETTE', message: expect.stringMatching(message) });
    }
  });

  test('with nothing to do proves nothing, and says so in its report', async ({ byok, folder }) => {
    const reportDir = folder();
    const { code, stdout } = await byok([
      'run',
      '--scenario',
      'setup/key-valid',
      '--mode',
      'json',
      '--report-dir',
      reportDir,
    ]);
    expect(code).toBe(3);
    expect(stdout).toContain('No case fits --scenario setup/key-valid --mode json');
    expect(casesIn(reportDir)[0]?.error?.type).toBe('E_NO_CASES');
  });

  test('with a broken suite ends with 2, before anything is sent, and says so in its report', async ({
    byok,
    folder,
  }) => {
    const [reportDir, suites] = [
      folder(),
      folder({ 'a.suite.ts': suite(asksForKey('setup/same'), asksForKey('setup/same')) }),
    ];
    const { code, stdout } = await byok(['run', '--suites', suites, '--report-dir', reportDir]);
    expect(code).toBe(2);
    expect(stdout).toContain('Two scenarios are called "setup/same"');
    expect(casesIn(reportDir)[0]?.error?.type).toBe('E_SUITE');
  });

  test('runs the suites of another folder', async ({ byok, folder }) => {
    const [reportDir, suites] = [folder(), folder({ 'a.suite.ts': suite(asksForKey('own/key-valid')) })];
    const argv = ['run', '--target', 'sandbox', '--suites', suites, '--report-dir', reportDir];
    expect(await byok(argv)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('pass           own/key-valid'),
    });
  });

  test('that cannot write its report says so before anything is sent', async ({ byok, folder }) => {
    const file = join(folder({ taken: '' }), 'taken');
    const { code, stderr } = await byok([
      'run',
      '--scenario',
      'setup/key-valid',
      '--report-dir',
      join(file, 'reports'),
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^byok: Expected to write .*taken.*choose another folder with --report-dir\. \[E_CONFIG\]\n$/i,
    );
  });

  test
    .skipIf(process.platform === 'win32')
    .concurrent('whose disk is full keeps what it wrote, for rendering later', async ({ byok, folder }) => {
      const reportDir = folder();
      // Blocks of 512 bytes: room for the catalogue of error paths, what is planned and a few cases.
      const { code, stderr } = await byok(['run', '--suite', 'setup', '--report-dir', reportDir], {
        shell: 'ulimit -f 196; exec "$@"',
      });
      expect(code).toBe(2);
      expect(stderr).toMatch(/Expected to write .*events\.ndjson, but the system answered EFBIG\. .*--report-dir/);
      expect(await byok(['report', 'render', reportDir])).toMatchObject({
        code: 3,
        stdout: expect.stringContaining('INCOMPLETE: the run was killed'),
      });
    });
});

describe('Ctrl-C', processes, () => {
  test('breaks the cases of a live run off, writes the reports and no cassettes', async ({
    byok,
    folder,
    onTestFinished,
  }) => {
    const [reportDir, fixtures] = [folder(), folder()];
    const { server, url } = await heldServer({ onTestFinished });
    const where = ['--base-url', url, '--fixtures', fixtures, '--report-dir', reportDir];
    const { code, stderr } = await byok(['record', '--target', 'live', '--scenario', 'setup/key-valid', ...where], {
      env: { OPENROUTER_API_KEY: 'sk-or-v1-not-a-real-key' },
      watch: (child) => void server.once('held', () => child.kill('SIGINT')),
    });
    expect(code).toBe(130);
    expect(stderr).toContain('Stopping: cases under way are broken off, what they made is deleted and');
    expect(casesIn(reportDir)).toMatchObject([{ name: 'setup/key-valid', error: { type: 'E_INTERRUPTED' } }]);
    expect(globSync('**/*', { cwd: fixtures })).toEqual([]);
  });

  test('lets the cases of a replay finish; a second signal ends it at once, with what is known by then in the reports', async ({
    byok,
    folder,
  }) => {
    const reportDir = folder();
    const { code, stderr } = await byok(
      ['run', '--realtime', '--suite', 'skins', '--model', 'z-ai/glm-5.2', '--report-dir', reportDir],
      {
        watch(child, printed) {
          if (printed.stderr.includes('Stopping')) child.kill('SIGTERM');
          else if (printed.stderr.includes('pass  ')) child.kill('SIGINT');
        },
      },
    );
    expect(code).toBe(130);
    expect(stderr).toContain('Stopping: cases under way are finished and');
    const interrupted = casesIn(reportDir).filter(({ error }) => error?.type === 'E_INTERRUPTED');
    expect(interrupted.length).toBeGreaterThan(0);
    expect(interrupted.length).toBeLessThan(casesIn(reportDir).length);
  });
});

describe('a sandbox of one’s own', processes, () => {
  test('is served with keys that work until Ctrl-C', async ({ byok }) => {
    const answers: Promise<Response>[] = [];
    const { code, stdout } = await byok(['serve', '--port', '0'], {
      watch(child, { stderr, stdout: printed }) {
        if (answers.length > 0 || !stderr.includes('Ctrl-C stops it')) return;
        const { OPENROUTER_BASE_URL: url = '', OPENROUTER_API_KEY: key } = parse(printed);
        const asked = fetch(`${url}/key`, { headers: { authorization: `Bearer ${key}` } });
        answers.push(asked);
        void asked.finally(() => child.kill('SIGINT'));
      },
    });
    expect((await answers[0])?.status).toBe(200);
    expect(code).toBe(0);
    expect(Object.keys(parse(stdout))).toEqual([
      'OPENROUTER_BASE_URL',
      'OPENROUTER_API_KEY',
      'OPENROUTER_MANAGEMENT_KEY',
      'IONET_API_KEY',
      'IONET_BASE_URL',
    ]);
  });

  test('does not take a port from another', async ({ byok, onTestFinished }) => {
    const { url } = await heldServer({ onTestFinished });
    const { port } = new URL(url);
    const { code, stdout, stderr } = await byok(['serve', '--port', port]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`port ${port} on 127.0.0.1 is in use; choose another one`);
  });
});

/** A server that has no lists and holds back all other answers. */
async function heldServer({
  onTestFinished,
}: Pick<TestContext, 'onTestFinished'>): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    if (request.url?.includes('/models')) response.writeHead(404).end();
    else server.emit('held');
  });
  onTestFinished(() => void server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1` };
}

/** Copies these cassettes of the project into a fixtures folder. */
function fixturesWith(fixtures: string, ...cassettes: string[]): string {
  for (const cassette of cassettes) {
    mkdirSync(dirname(join(fixtures, cassette)), { recursive: true });
    cpSync(join(fixturesDir, cassette), join(fixtures, cassette));
  }
  return fixtures;
}

/** Changes the first place where `before` stands. */
function edit(file: string, before: string, after: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(before);
  writeFileSync(file, text.replace(before, after));
}

function replay(fixtures: string, scenario: string, reportDir: string): string[] {
  return ['run', '--fixtures', fixtures, '--scenario', scenario, '--report-dir', reportDir];
}

function casesIn(reportDir: string) {
  return junitCases(readFileSync(join(reportDir, 'junit.xml'), 'utf8'));
}
