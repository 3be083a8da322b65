/** What repeated measuring gave. */
export interface Figure {
  unit: string;
  median: number;
  min: number;
  max: number;
  rounds: number;
}

/** Never less than this: a single round on a shared machine says little. */
export const ROUNDS = 5;

export function figure(unit: string, values: readonly number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
  return { unit, median, min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN, rounds: values.length };
}

/** Measures some rounds in a row, after some that do not count: they warm up the compiler. */
export async function rounds(measure: () => Promise<number>, { warmUp }: { warmUp: number }): Promise<number[]> {
  for (let round = 0; round < warmUp; round++) await measure();
  const values: number[] = [];
  while (values.length < ROUNDS) values.push(await measure());
  return values;
}

export function inWords({ unit, median, min, max }: Figure): string {
  return `${digits(median)} ${unit} (${digits(min)} to ${digits(max)})`;
}

function digits(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });
}
