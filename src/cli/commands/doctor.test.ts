import { describe, expect } from 'vitest';
import { systemClock } from '../../clock.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import { test } from '../testing.ts';

const processes = { timeout: 30_000 };

describe('byok doctor', processes, () => {
  test('prints the checklist and ends 0, 1 or 3; without a key it ends 2', async ({ byok, onTestFinished }) => {
    const sandbox = await startSandbox({ clock: systemClock, seed: 'doctor' });
    onTestFinished(sandbox.close);
    const env = {
      OPENROUTER_BASE_URL: sandbox.url,
      IONET_BASE_URL: sandbox.providerUrl,
      OPENROUTER_API_KEY: sandbox.keys.inference,
      OPENROUTER_MANAGEMENT_KEY: sandbox.keys.management,
      IONET_API_KEY: sandbox.keys.provider,
    };
    const [sound, wrong, unseen, none, bad] = await Promise.all([
      byok(['doctor'], { env }),
      byok(['doctor', '--json', '--model', 'no/such'], { env }),
      byok(['doctor'], { env: { ...env, OPENROUTER_MANAGEMENT_KEY: 'unknown' } }),
      byok(['doctor']),
      byok(['doctor', '--base-url', 'http://example.com'], { env }),
    ]);

    expect(sound).toMatchObject({ code: 0, stderr: '' });
    expect(sound.stdout).toContain('All is set up.');
    expect(sound.stdout.match(/^✓ yes /gm)).toHaveLength(7);

    expect(wrong).toMatchObject({ code: 1, stderr: '' });
    const { answer, lines } = JSON.parse(wrong.stdout) as { answer: string; lines: Record<string, string>[] };
    expect(answer).toBe('no');
    expect(lines.find((line) => line['answer'] === 'no')).toEqual({
      id: 'model-served',
      asks: 'Io Net serves the model on OpenRouter.',
      answer: 'no',
      cause: 'OpenRouter has no model no/such.',
      remedy: 'Choose a model that "byok models" lists, with --model.',
      page: 'https://openrouter.ai/models',
    });

    expect(unseen.code).toBe(3);
    expect(unseen.stdout).toContain('Could not tell.');

    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toBe('byok: There is no OpenRouter key to look at: set OPENROUTER_API_KEY. [E_CONFIG]\n');
    expect(bad).toMatchObject({ code: 2, stdout: '' });
  });
});
