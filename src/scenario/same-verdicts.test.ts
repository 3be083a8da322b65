import { beforeAll, describe, expect, it } from 'vitest';
import { takeStock } from '../cli/inventory.ts';
import { fixturesDir, suitesDir } from '../cli/paths.ts';
import { ionet } from '../provider.ts';
import { replayTarget, type Delivery } from '../targets/replay.ts';
import { sandboxTarget } from '../targets/sandbox.ts';
import type { CaseRef, Target } from '../targets/target.ts';
import { arrange } from './given.ts';
import { type CaseOutcome, runCase } from './run-case.ts';
import { casesOf, type ListedScenario, titleOf } from './scenario.ts';

/** Plain reads, answers, streams, tool calls, emoji, refusals of OpenRouter and of the provider, a client that leaves. */
const representative = [
  'setup/endpoint-listed',
  'setup/own-key-listed-masked',
  'byok/own-key-pays',
  'byok/other-provider-unpaid',
  'billing/fee-at-most-five-percent',
  'pinning/unsatisfiable-pin-refused',
  'features/multi-byte-text-survives',
  'streaming/text-survives-cuts',
  'streaming/tool-call-assembles',
  'streaming/client-may-leave',
  'errors/provider-limits-key-429',
];

/** Those whose recorded waiting is about a second. */
const quick = [
  'setup/endpoint-listed',
  'byok/own-key-pays',
  'features/multi-byte-text-survives',
  'streaming/tool-call-assembles',
];

let inventory: ListedScenario[] = [];
beforeAll(async () => {
  inventory = await takeStock(suitesDir);
});

describe('verdicts, findings and notes are the same', () => {
  it('in a replay as in the sandbox', async () => {
    const sandbox = await outcomes(sandboxTarget({ arrange }), representative);
    expect(sandbox.size).toBeGreaterThan(representative.length);
    expect(await outcomes(replay('fast'), representative)).toEqual(sandbox);
  });

  it.each([1, 2, 3])('when the bytes arrive in other pieces (%i)', async (seed) => {
    const fast = await outcomes(replay('fast'), representative);
    expect(await outcomes(replay('refragment', String(seed)), representative)).toEqual(fast);
  });

  it('at the recorded pace', async () => {
    const fast = await outcomes(replay('fast'), quick);
    expect(await outcomes(replay('timed'), quick)).toEqual(fast);
  });
});

function replay(delivery: Delivery, seed = ''): Target {
  return replayTarget({ fixturesDir, delivery, seed, now: Date.now, allowStale: true });
}

/** What becomes of these scenarios with one model, by the title of the case. */
async function outcomes(target: Target, ids: readonly string[]): Promise<Map<string, unknown>> {
  const scenarios = ids.map((id) => inventory.find((each) => each.id === id));
  const cases = scenarios.flatMap((scenario) =>
    scenario === undefined ? [] : casesOf(scenario, ionet.models.slice(0, 1)).map((ref) => ({ scenario, ref })),
  );
  expect(new Set(cases.map(({ scenario }) => scenario.id)).size).toBe(ids.length);
  const done = await Promise.all(
    cases.map(async ({ scenario, ref }) => [titleOf(ref), await outcomeOf(target, scenario, ref)] as const),
  );
  await target.close();
  return new Map(done);
}

async function outcomeOf(target: Target, scenario: ListedScenario, ref: CaseRef) {
  const { verdict, reason, code, findings, notes, steps }: CaseOutcome = await runCase(scenario, ref, {
    session: await target.open(ref),
  });
  return { verdict, reason, code, findings, notes, ends: steps.map(({ status, end }) => [status, end]) };
}
