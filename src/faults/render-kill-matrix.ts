import { titleOf } from '../scenario/scenario.ts';
import type { KillMatrix, Tried } from './kill-matrix.ts';

/** One line about the whole. */
export function killCounts({ tried, killed, cases, problems }: KillMatrix): string {
  const alive = [...killed.values()].filter((faults) => faults.length === 0).length;
  return (
    `${tried.length} faults in ${cases} cases: ${killed.size - alive} of ${killed.size} checks trip, ` +
    `${problems.length === 0 ? 'each fault just those it should' : `${problems.length} problems`}`
  );
}

/** The matrix as Markdown: a table for each family, then for each check the faults that it notices. */
export function killMatrixInMarkdown(matrix: KillMatrix): string {
  const families = Map.groupBy(matrix.tried, ({ family }) => family);
  return [
    '# Kill matrix',
    `${killCounts(matrix)}.`,
    ...(matrix.problems.length > 0 ? ['## Problems', matrix.problems.map((each) => `- ${each}`).join('\n')] : []),
    ...[...families].flatMap(([family, tried]) => [
      `## ${family} (${tried.length})`,
      table(
        ['fault', 'says', 'trips', 'cases'],
        tried.map((one) => [one.fault.name, one.fault.says, one.tripped.join(', '), casesOf(one).join(', ')]),
      ),
    ]),
    '## Checks',
    table(
      ['check', 'faults'],
      [...matrix.killed].map(([check, faults]) => [check, faults.join(', ') || 'none']),
    ),
    '',
  ].join('\n\n');
}

/** The matrix as data. */
export function killMatrixAsJson({ tried, killed, problems, cases }: KillMatrix): object {
  return {
    cases,
    problems,
    faults: tried.map((one) => ({
      name: one.fault.name,
      family: one.family,
      says: one.fault.says,
      declared: one.fault.trips,
      tripped: one.tripped,
      served: one.served,
      cases: casesOf(one),
    })),
    checks: Object.fromEntries(killed),
  };
}

const casesOf = ({ trials }: Tried): string[] => trials.map(({ ref }) => titleOf(ref));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
