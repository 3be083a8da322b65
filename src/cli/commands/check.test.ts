import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { har, recorders, stream } from '../../captured/testing.ts';
import { result } from '../../checks/testing.ts';
import { wrongTotal } from '../check/testing.ts';
import { test } from '../testing.ts';

// Processes of their own take their time on a busy machine.
describe('byok check', { concurrent: true, timeout: 60_000 }, () => {
  test('judges what comes through a pipe, piece by piece', async ({ byok, folder }) => {
    const answer = folder({ stream, json: `\n      \n${JSON.stringify(result())}` });
    const pipe = (file: string) => ({
      shell: `(head -c 40 ${join(answer, file)}; tail -c +41 ${join(answer, file)}) | "$@"`,
    });
    const [streamed, plain] = await Promise.all([
      byok(['check', '-', '--endpoint', '/chat/completions', '--format', 'json'], pipe('stream')),
      byok(['check', '-', '--expect-provider', 'IO NET', '--expect-byok'], pipe('json')),
    ]);
    expect(JSON.parse(streamed.stdout)).toMatchObject({
      exitCode: streamed.code,
      exchanges: [{ file: 'standard input', path: '/chat/completions', mode: 'stream' }],
    });
    expect(plain).toMatchObject({ code: 0, stdout: expect.stringContaining('1 exchange in 1 file: 0 must') });
  });

  test('says on standard error what it cannot read, and ends with 2', async ({ byok, folder }) => {
    const files = folder({ 'a.har': har([recorders.chrome()]).slice(0, -4) });
    const ended = await byok(['check', join(files, 'a.har'), join(files, 'missing.har')]);
    expect(ended.code).toBe(2);
    expect(ended.stdout).toContain('1 exchange in 2 files');
    expect(ended.stderr).toMatch(
      /a\.har is broken at line \d+.* after entry 1.*\nbyok: .*missing\.har cannot be read: ENOENT\.\n/,
    );
  });

  test('writes in another format, of a file named twice once', async ({ byok, folder }) => {
    const file = join(folder({ 'a.har': har([wrongTotal]) }), 'a.har');
    const { code, stdout } = await byok(['check', file, file, '--format', 'json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 1, counts: { exchanges: 1, must: 1 }, files: [{ file }] });
  });

  test('ends with 2 for arguments it cannot understand', async ({ byok }) => {
    const [none, format] = await Promise.all([byok(['check']), byok(['check', 'a.har', '--format', 'xml'])]);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing to check') });
    expect(format).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--format xml: expected text, json, junit, github'),
    });
  });

  test('describes its JSON where it says it does', () => {
    const described = readFileSync(join(import.meta.dirname, '../../../docs/check-output.md'), 'utf8');
    for (const field of ['counts', 'files', 'exchanges', 'stale', 'expectedBecause', 'skipped', 'exitCode']) {
      expect(described).toContain(`\`${field}\``);
    }
  });
});
