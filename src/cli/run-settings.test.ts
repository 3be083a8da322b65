import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readArguments } from './arguments.ts';
import type { Environment } from './environment.ts';
import { recordHelp, runHelp, settingsOf } from './run-settings.ts';
import { test } from './testing.ts';

const environment: Environment = {
  apiKey: null,
  managementKey: null,
  providerKey: null,
  baseUrl: 'https://openrouter.ai/api/v1',
  providerUrl: 'https://api.intelligence.io.solutions/api/v1',
  ci: false,
};

function settings(argv: string[], over: Partial<Environment> = {}) {
  return settingsOf(readArguments(argv, runHelp), false, { ...environment, ...over });
}

function recordSettings(argv: string[], over: Partial<Environment> = {}) {
  return settingsOf(readArguments(argv, recordHelp), true, { ...environment, ...over });
}

it.each([
  ['a target', ['--target', 'prod'], '--target prod: expected one of replay, sandbox, live.'],
  ['a mode', ['--mode', 'xml'], '--mode xml: expected one of json, stream.'],
  ['a model without author', ['--model', 'glm-5.2'], '--model "glm-5.2" should be an OpenRouter id like z-ai/glm-5.2.'],
  ['no cases at a time', ['--concurrency', '0'], '--concurrency 0: expected a whole number from 1 to 1000.'],
  [
    'cassettes in no folder',
    ['--fixtures', '/no/such'],
    '--fixtures /no/such: expected a folder, found none at /no/such.',
  ],
  ['suites in no folder', ['--suites', '/no/such'], '--suites /no/such: expected a folder, found none at /no/such.'],
  [
    'an address for a replay',
    ['--base-url', 'https://x.example'],
    '--base-url goes with --target live, not with replay.',
  ],
  [
    'a pace for the sandbox',
    ['--target', 'sandbox', '--realtime'],
    '--realtime goes with --target replay, not with sandbox.',
  ],
  ['two deliveries', ['--realtime', '--refragment'], 'Choose one.'],
  [
    'live without a key',
    ['--target', 'live'],
    'A live run needs a key: set OPENROUTER_API_KEY in the environment or in .env.',
  ],
])('refuses %s', (_what, argv, message) => {
  expect(() => settings(argv)).toThrow(
    expect.objectContaining({ code: 'E_CONFIG', message: expect.stringContaining(message) }),
  );
});

it('sends a key to no address that others could listen to', () => {
  const argv = ['--target', 'live', '--base-url', 'http://example.com'];
  expect(() => settings(argv, { apiKey: 'k' })).toThrow('--base-url is "http://example.com"; keys are only sent to');
});

it('takes the address from the flag before the environment', () => {
  const live = ['--target', 'live'];
  const set = { apiKey: 'k', baseUrl: 'https://set.example' };
  expect(settings(live, set).baseUrl).toBe('https://set.example');
  expect(settings([...live, '--base-url', 'https://flag.example/'], set).baseUrl).toBe('https://flag.example');
});

it('replays everything the project ships when nothing is said', () => {
  expect(settings([])).toMatchObject({
    target: 'replay',
    record: false,
    delivery: 'fast',
    select: { scenarios: [], suites: [], modes: [], models: ['z-ai/glm-5.2', 'qwen/qwen3.6-27b'] },
  });
});

test('records what the sandbox answers, wherever it is told to', ({ folder }) => {
  const into = `${folder()}/not-yet`;
  expect(recordSettings(['--fixtures', into])).toMatchObject({ target: 'sandbox', record: true, fixtures: into });
});

test('takes the recordings of other suites from beside them', ({ folder }) => {
  const suites = join(folder(), 'suites');
  mkdirSync(suites);
  const beside = join(suites, '../fixtures');
  expect(settings(['--suites', suites])).toMatchObject({ suites, fixtures: beside });
  expect(recordSettings(['--suites', suites])).toMatchObject({ suites, fixtures: beside });
});

it('records no replay, and in CI only when asked to by name', () => {
  expect(() => recordSettings(['--target', 'replay'])).toThrow('it is a recording');
  expect(() => recordSettings([], { ci: true })).toThrow('Say --in-ci to record here.');
  expect(recordSettings(['--in-ci'], { ci: true })).toMatchObject({ record: true, recordInCi: true });
});
