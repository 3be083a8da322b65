import { describe, expect, it } from 'vitest';
import { onOwnKey, answered, pin, say } from '../scenario/steps.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { ionet } from '../provider.ts';
import { change, drop, set } from './edit.ts';
import type { Fault } from './fault.ts';
import { killMatrix } from './kill-matrix.ts';

const paid: Scenario = {
  id: 'byok/own-key-pays',
  says: 'The customer’s key pays.',
  proves: ['guide.is-byok-true'],
  steps: [answered(say('Reply with exactly: ok', { provider: pin }), onOwnKey)],
};

const renamed: Fault = {
  name: 'renamed',
  says: 'The answer names another provider.',
  trips: ['routing.served-by', 'routing.metadata-agrees'],
  touches: ['byok/own-key-pays [json]'],
  edit: change('provider', () => 'Novita'),
};

/** The problems of a matrix with this one fault. */
async function problemsWith(over: Partial<Fault> = {}, inventory: readonly Scenario[] = [paid]) {
  const { problems } = await killMatrix({
    families: [{ name: 'family', faults: [{ ...renamed, ...over }] }],
    inventory,
    model: ionet.models[0] ?? '',
    width: 4,
    checks: [],
  });
  return problems;
}

describe('the kill matrix', () => {
  it('holds where a fault trips just the checks it declares, and the canary dies', async () => {
    expect(await problemsWith()).toEqual([]);
  });

  it('complains of a check that did not notice', async () => {
    expect(
      await problemsWith({ trips: ['routing.served-by', 'routing.metadata-agrees', 'usage.total-is-sum'] }),
    ).toEqual(['renamed: usage.total-is-sum did not notice']);
  });

  it('complains of a check that noticed more than was declared, and says what', async () => {
    expect(await problemsWith({ trips: ['routing.served-by'] })).toEqual([
      expect.stringMatching(/^renamed: routing\.metadata-agrees tripped too: at \S+: expected Novita/),
    ]);
  });

  it('complains of a fault that never made a difference', async () => {
    expect(await problemsWith({ edit: drop('no_such_field') })).toEqual(['renamed: never served']);
  });

  it('complains of a case that a fault touches in vain', async () => {
    const problems = await problemsWith({
      touches: ['byok/own-key-pays'],
      when: () => true,
      stream: (blocks) => blocks,
      edit: (json) => {
        if (json['object'] === 'chat.completion') set('provider', 'Novita')(json);
      },
    });
    expect(problems).toEqual([`renamed: byok/own-key-pays ${ionet.models[0]} [stream] noticed nothing`]);
  });

  it('takes no crash of a fault for a kill', async () => {
    const edit = () => {
      throw new TypeError('no such thing');
    };
    expect(await problemsWith({ edit })).toEqual([expect.stringContaining('could not be deviated: no such thing')]);
  });

  it('takes no case that could not run for a kill', async () => {
    const unrun: Scenario = {
      ...paid,
      id: 'byok/new-key',
      steps: [answered(say('ok', { provider: pin }), onOwnKey, { given: 'byok-disabled' })],
    };
    const problems = await problemsWith(
      { touches: ['byok/new-key'], at: ['byok'], edit: undefined as never, status: () => 500 },
      [paid, unrun],
    );
    expect(problems).toContainEqual(expect.stringMatching(/^renamed: byok\/new-key .* could-not-run: /));
  });

  it('complains of a case that does not exist', async () => {
    expect(await problemsWith({ touches: ['byok/nowhere'] })).toContain('renamed: there is no case byok/nowhere');
  });

  it('complains of a case that does not pass without any fault', async () => {
    const wrong = { ...paid, steps: [answered(say('ok', { provider: pin }), { ...onOwnKey, isByok: false })] };
    expect(await problemsWith({}, [wrong])).toContainEqual(
      expect.stringMatching(/: fail without any fault: usage\.is-byok-expected/),
    );
  });

  it('complains of a check that has no fault of its own', async () => {
    const { problems } = await killMatrix({
      families: [{ name: 'family', faults: [renamed] }],
      inventory: [paid],
      model: ionet.models[0] ?? '',
      width: 4,
      checks: ['routing.served-by', 'usage.total-is-sum'],
    });
    expect(problems).toEqual(['usage.total-is-sum: no fault trips it']);
  });

  it('complains of two faults with one name', async () => {
    const { problems } = await killMatrix({
      families: [{ name: 'family', faults: [renamed, renamed] }],
      inventory: [paid],
      model: ionet.models[0] ?? '',
      width: 4,
      checks: [],
    });
    expect(problems).toEqual(['renamed: two faults have this name']);
  });

  it('complains when the canary lives', async () => {
    const { problems } = await killMatrix({ families: [], inventory: [], model: '', width: 1, checks: [] });
    expect(problems).toContain('canary: nobody noticed it, so this matrix shows nothing');
  });
});
