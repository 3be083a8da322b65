import { outcomeOf, type Tried, wordsOf } from './try-day.ts';

/** The days as Markdown: how each ended, and whether that is as it should be. */
export function badDaysInMarkdown(tried: readonly Tried[]): string {
  const problems = tried.flatMap(({ day, problems: found }) => found.map((problem) => `- ${day.name}: ${problem}`));
  return [
    '# Bad days',
    `${badDaysInShort(tried)}.`,
    ...(problems.length > 0 ? ['## Problems', problems.join('\n')] : []),
    table([
      ['day', 'what happens', 'ended as', 'exit code', 'seconds', 'connections at most', 'requests to a model', 'said'],
      ...tried.map(rowOf),
    ]),
    '',
  ].join('\n\n');
}

/** One line about all of them. */
export function badDaysInShort(tried: readonly Tried[]): string {
  const bad = tried.filter(({ problems }) => problems.length > 0).length;
  return `${tried.length} bad days: ${bad === 0 ? 'each ended as it should' : `${bad} ended otherwise than they should`}`;
}

function rowOf({ day, cases, exitCode, seconds, connections, asked }: Tried): string[] {
  const outcomes = Map.groupBy(cases, outcomeOf);
  const said = cases.map(wordsOf).find((words) => words !== '') ?? '';
  return [
    day.name,
    day.happens,
    [...outcomes].map(([outcome, { length }]) => `${length} ${outcome}`).join(', '),
    String(exitCode ?? 'hung'),
    seconds.toFixed(1),
    String(connections),
    String(asked),
    said.length > 200 ? `${said.slice(0, 200)}…` : said,
  ];
}

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
