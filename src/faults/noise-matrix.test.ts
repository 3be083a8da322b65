import { expect, it } from 'vitest';
import { ionet } from '../provider.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { answered, onOwnKey, pin, say } from '../scenario/steps.ts';
import { drop, set } from './edit.ts';
import { noiseMatrix } from './noise-matrix.ts';
import type { Noise } from './noise.ts';

const paid: Scenario = {
  id: 'byok/own-key-pays',
  says: 'The customer’s key pays.',
  proves: ['guide.is-byok-true'],
  modes: 'json',
  steps: [answered(say('Reply with exactly: ok', { provider: pin }), onOwnKey)],
};

const tried = (noise: Partial<Noise>) =>
  noiseMatrix({
    noises: [{ name: 'noise', says: 'Something is different.', ...noise }],
    inventory: [paid],
    model: ionet.models[0] ?? '',
    width: 2,
    spread: { cases: 1, failures: 1 },
  });

it('says nothing of a noise that nobody minds, and how often it was heard', async () => {
  const { problems, heard } = await tried({ edit: set('x_new', 1) });
  expect(problems).toEqual([]);
  expect(heard.get('noise')).toBe(1);
});

it('names the case, the check, what was expected and what was there, when somebody cries wolf', async () => {
  const { problems } = await tried({ edit: drop('usage') });
  expect(problems).toEqual([
    expect.stringMatching(
      /^noise: byok\/own-key-pays .* fail: usage\.present at \/usage: expected an object, was absent/,
    ),
  ]);
});

it('complains of a noise that nobody could hear', async () => {
  expect((await tried({ only: 'streams', edit: set('x_new', 1) })).problems).toEqual(['noise: never heard']);
});
