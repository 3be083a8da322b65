import { run } from './child.ts';
import { type Figure, figure } from './figures.ts';
import { type Rates, toolNames } from './replay-rate.ts';
import type { Kind } from './tool.ts';

/** Answers per second of one tool. */
export interface ComparedRates {
  tool: string;
  oneAtATime: Record<Kind, Figure>;
  thirtyTwoAtOnce: Record<Kind, Figure>;
  pieces: number;
}

/** Whatever else the machine is doing hits every tool alike when they take turns. */
const TURNS = 3;

/** The rates of every tool; for one that failed, why. */
export async function comparedRates(): Promise<(ComparedRates | { tool: string; failed: string })[]> {
  const measured = new Map<string, Rates[]>(toolNames.map((name) => [name, []]));
  const failed = new Map<string, string>();
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [name, results] of measured) {
      const { code, stdout, stderr } = await run(import.meta.resolve('./replay-rate.ts'), [name]);
      if (code === 0) results.push(JSON.parse(stdout) as Rates);
      else failed.set(name, stderr.trim().split('\n').slice(0, 8).join('\n'));
    }
  }
  return [...measured].map(([name, results]) => {
    const why = failed.get(name);
    return why === undefined ? together(results) : { tool: name, failed: why };
  });
}

function together(results: readonly Rates[]): ComparedRates {
  const both = (way: 'oneAtATime' | 'thirtyTwoAtOnce') => ({
    json: figure(
      '/s',
      results.flatMap((rates) => rates[way].json),
    ),
    stream: figure(
      '/s',
      results.flatMap((rates) => rates[way].stream),
    ),
  });
  const [first] = results;
  return {
    tool: first?.tool ?? '',
    oneAtATime: both('oneAtATime'),
    thirtyTwoAtOnce: both('thirtyTwoAtOnce'),
    pieces: first?.pieces ?? 0,
  };
}
