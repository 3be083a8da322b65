import { expect, it } from 'vitest';
import { casesOf, scenario, titleOf } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { answered, get } from './steps.ts';

const models = ['a/one', 'b/two'];

function declared(over: Partial<Scenario> = {}): Scenario {
  return { id: 'setup/key-valid', says: 'A key.', proves: ['api.key'], steps: [answered(get('/key'))], ...over };
}

it.each([
  ['every model in both modes', {}, ['a/one [json]', 'a/one [stream]', 'b/two [json]', 'b/two [stream]']],
  ['every model in its one mode', { modes: 'stream' as const }, ['a/one [stream]', 'b/two [stream]']],
  ['every model without a mode', { modes: 'none' as const }, ['a/one', 'b/two']],
  ['the account in both modes', { scope: 'account' as const }, ['[json]', '[stream]']],
  ['the account without a mode', { scope: 'account' as const, modes: 'none' as const }, ['']],
])('a scenario runs for %s', (_what, over, titles) => {
  const shown = casesOf(declared(over), models).map((ref) => titleOf(ref).replace(/^setup\/key-valid ?/, ''));
  expect(shown).toEqual(titles);
});

it('a scenario declared outside a run says how to run it', () => {
  expect(() => scenario(declared())).toThrow(
    /scenario\.test\.ts:\d+ declares a scenario outside a run\. Use "byok run"/,
  );
});
