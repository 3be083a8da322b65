import { takeStock } from '../src/cli/inventory.ts';
import { fixturesDir, suitesDir } from '../src/cli/paths.ts';
import { ionet } from '../src/provider.ts';
import { runCase } from '../src/scenario/run-case.ts';
import { casesOf } from '../src/scenario/scenario.ts';
import { replayTarget } from '../src/targets/replay.ts';
import { figure, rounds } from './figures.ts';

/** Prints, as JSON, how long 1,000 further scenarios take in a running process: cassettes read, calls replayed, all checks made. */
const cases = (await takeStock(suitesDir)).flatMap((scenario) =>
  casesOf(scenario, ionet.models).map((ref) => ({ scenario, ref })),
);
const target = replayTarget({ fixturesDir, delivery: 'fast', now: Date.now, allowStale: true });

const measured = await rounds(
  async () => {
    const started = performance.now();
    for (let index = 0; index < 1000; index++) {
      const { scenario, ref } = cases[index % cases.length] ?? missing();
      const { verdict, reason } = await runCase(scenario, ref, { session: await target.open(ref) });
      if (verdict === 'fail' || verdict === 'could-not-run')
        throw new Error(`${scenario.id}: ${verdict} ${reason ?? ''}`);
    }
    return performance.now() - started;
  },
  { warmUp: 1 },
);
process.stdout.write(JSON.stringify(figure('ms', measured)));

function missing(): never {
  throw new Error('there are no scenarios to replay');
}
