import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { readEvents } from '../report/read-events.ts';
import { junitCases, test } from './testing.ts';

/** At the recorded pace these take half a minute, and none of them more than a few seconds. */
const slowly = ['run', '--realtime', '--suite', 'skins', '--model', 'z-ai/glm-5.2', '--report-dir'];

/** Eats all memory when asked to: a stand-in for a run that grew too big. */
const glutton = `data:text/javascript,process.on('SIGUSR2', () => { for (const all = []; ;) all.push(new Array(100_000).fill(0)); })`;

describe.skipIf(process.platform === 'win32')('a run ended half way by', { concurrent: true, timeout: 60_000 }, () => {
  const ways = [
    { by: 'SIGKILL', signal: 'SIGKILL', code: 3, says: 'INCOMPLETE: the run was killed, ', why: 'was killed' },
    { by: 'want of memory', signal: 'SIGUSR2', code: 3, says: 'INCOMPLETE: the run was killed, ', why: 'was killed' },
    { by: 'SIGTERM', signal: 'SIGTERM', code: 130, says: 'INTERRUPTED: ', why: 'was interrupted' },
  ] as const;

  test.for(ways)('$by is rendered as a whole', async ({ signal, code, says, why }, { byok, folder }) => {
    const reportDir = folder();
    const log = join(reportDir, 'events.ndjson');
    const ended = await byok([...slowly, reportDir], {
      env: signal === 'SIGUSR2' ? { NODE_OPTIONS: `--max-old-space-size=200 --import="${glutton}"` } : {},
      shell: 'ulimit -c 0; exec "$@"',
      watch(child, { stderr }) {
        if (!child.killed && stderr.split('pass  ').length > 3) child.kill(signal);
      },
    });
    expect(ended.code).toBe(code === 130 ? 130 : null);
    if (code === 3) appendFileSync(log, '{"type":"case-finished","scenario":"cut');

    const rendered = await byok(['report', 'render', reportDir, '--format', 'quiet']);
    expect(rendered).toEqual({ code, stdout: expect.stringMatching(`^${says}.* did not run or finish`), stderr: '' });
    const events = readEvents(log);
    const planned = events.flatMap((event) => (event.type === 'cases-planned' ? event.cases : []));
    const finished = events.filter(({ type }) => type === 'case-finished');
    expect(finished.length).toBeGreaterThan(2);
    const cases = junitCases(readFileSync(join(reportDir, 'junit.xml'), 'utf8'));
    expect(cases).toHaveLength(planned.length);
    const rest = cases.flatMap(({ error }) => error ?? []);
    expect(rest).toHaveLength(planned.length - finished.length);
    expect(new Set(rest.map((error) => `${error.type} ${error.message}`))).toEqual(
      new Set([`E_INTERRUPTED the run ${why} before it ended`]),
    );
  });
});
