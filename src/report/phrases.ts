import { countsPhrase } from './counts.ts';
import type { CaseFinding, RunStarted } from './events.ts';
import { exitCode, type ReportCase, type RunReport } from './run-report.ts';
import { clean, count, line } from './text.ts';

/** The result of a run in one line. */
export function verdictPhrase(report: RunReport): string {
  const { counts, cases, problems } = report;
  const tally = cases.length > 0 ? ` of ${count(cases.length, 'case')}` : '';
  switch (exitCode(report)) {
    case 130:
      return `INTERRUPTED: ${counts['could-not-run']}${tally} did not run or finish, ${counts.fail} failed`;
    case 1:
      return `FAILED: ${counts.fail}${tally} failed`;
    case 2:
      return `BROKEN: ${count(problems.length, 'problem')} outside the cases (${countsPhrase(counts) || 'no case ran'})`;
    case 3:
      return cases.length === 0
        ? 'INCOMPLETE: no case ran, nothing is proven'
        : `INCOMPLETE: ${counts['could-not-run']}${tally} could not run, ${count(problems.length, 'problem')} outside the cases`;
    case 0:
      return `PASSED: ${countsPhrase(counts)}`;
  }
}

/** The command that runs this one case again. */
export function rerunCommand({ target, command }: RunStarted, one: ReportCase): string {
  const words = ['run', '--target', target, '--scenario', one.scenario];
  if (one.model !== null) words.push('--model', one.model);
  if (one.mode !== null) words.push('--mode', one.mode);
  // A run that went elsewhere than the default must go there again.
  const index = command.findIndex((word) => word.startsWith('--base-url'));
  if (index >= 0) {
    words.push(...command.slice(index, command[index]?.includes('=') ? index + 1 : index + 2));
  }
  return `npm run byok -- ${words.map(quoted).join(' ')}`;
}

function quoted(word: string): string {
  const text = clean(word);
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Findings with the most binding first: what a reader shows of a failure is its first lines. */
export function byLevel(findings: readonly CaseFinding[]): CaseFinding[] {
  const rank = { must: 0, should: 1, observed: 2 };
  return findings.toSorted((a, b) => rank[a.level] - rank[b.level]);
}

/** A finding as lines; expected and actual are the first two because some readers show no more. */
export function findingLines(finding: CaseFinding, max: number): string[] {
  return [
    `expected: ${line(finding.expected, max)}`,
    `actual: ${line(finding.actual, max)}`,
    `where: ${line(finding.where, max)}, step ${line(finding.step, max)}`,
    `check: ${line(finding.check, max)} (${finding.level})`,
  ];
}
