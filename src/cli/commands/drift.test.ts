import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test } from '../testing.ts';

describe('byok drift', { concurrent: true, timeout: 60_000 }, () => {
  test('ends with 1 and a line for each difference', async ({ byok, folder }) => {
    const file = join(folder({ 'a.yaml': 'openapi: 3.1.0\npaths: {}\ncomponents: { schemas: {} }\n' }), 'a.yaml');
    const [words, json] = await Promise.all([
      byok(['drift', '--openapi', file]),
      byok(['drift', '--openapi', file, '--json']),
    ]);
    expect(words).toMatchObject({ code: 1, stderr: '' });
    expect(words.stdout).toContain('gone  GET /key: expected an operation, found absent\n');
    expect(words.stdout).toMatch(/^known  POST \/completions: /m);
    expect(JSON.parse(json.stdout)).toMatchObject({
      unexpected: expect.arrayContaining([
        { path: 'GET /key', what: 'gone', expected: 'an operation', actual: 'absent' },
      ]),
    });
  });

  test('ends with 2 and the place of the break for a broken file', async ({ byok, folder }) => {
    const file = join(folder({ 'a.yaml': 'openapi: 3.1.0\npaths: [\n' }), 'a.yaml');
    const { code, stdout, stderr } = await byok(['drift', '--openapi', file]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${file}:3:1`);
  });
});
