import { countsPhrase } from './counts.ts';
import type { CaseFinding, RunStarted } from './events.ts';
import { exitCode, isFailure, type ReportCase, type RunReport } from './run-report.ts';
import { invocation } from '../version.ts';
import { clean, count, line } from './text.ts';

/** The result of a run in one word. */
export const verdictWord: Record<ReturnType<typeof exitCode>, string> = {
  0: 'PASSED',
  1: 'FAILED',
  2: 'BROKEN',
  3: 'INCOMPLETE',
  130: 'INTERRUPTED',
};

/** The result of a run in one line: of the cases that its profile asks for. */
export function verdictPhrase(report: RunReport): string {
  const code = exitCode(report);
  return `${verdictWord[code]}: ${because(report, code)}`;
}

function because({ ending, required, problems }: RunReport, code: ReturnType<typeof exitCode>): string {
  const total = Object.values(required).reduce((sum, each) => sum + each, 0);
  const tally = total > 0 ? ` of ${count(total, 'case')}` : '';
  const unfinished = `${required['could-not-run']}${tally} did not run or finish`;
  const outdated = problems.filter(isFailure).length;
  switch (code) {
    case 130:
      return `${unfinished}, ${required.fail} failed`;
    case 1:
      return [
        ...(required.fail > 0 ? [`${required.fail}${tally} failed`] : []),
        ...(outdated > 0 ? [`${count(outdated, 'entry', 'entries')} of the baseline out of date`] : []),
        ...(ending === 'killed' ? [`and the run was killed: ${unfinished}`] : []),
      ].join(', ');
    case 2:
      return `${count(problems.length, 'problem')} outside the cases (${countsPhrase(required) || 'no case ran'})`;
    case 3:
      if (total === 0) return 'no case ran, nothing is proven';
      if (ending === 'killed') return `the run was killed, ${unfinished}`;
      if (required['not-applicable'] === total) return `none of ${count(total, 'case')} applies, nothing is proven`;
      return [
        ...(required['could-not-run'] > 0 ? [`${required['could-not-run']}${tally} could not run`] : []),
        ...(problems.length > 0 ? [`${count(problems.length, 'problem')} outside the cases`] : []),
      ].join(', ');
    case 0:
      return countsPhrase(required) || 'this part holds no case';
  }
}

/** The command that runs this one case again, with answers from where the run had them. */
export function rerunCommand({ target, baseUrl, command }: RunStarted, one: ReportCase): string {
  const words = ['run', '--target', target, '--scenario', one.scenario];
  // Wherever the address came from: pasted elsewhere, the command must not go to another server.
  if (baseUrl !== null) words.push('--base-url', baseUrl);
  if (one.model !== null) words.push('--model', one.model);
  if (one.mode !== null) words.push('--mode', one.mode);
  for (const [index, word] of command.entries()) {
    const [, flag, valued] = /^--(?:(realtime|refragment|allow-stale)|(fixtures|suites)(?:=.*)?)$/s.exec(word) ?? [];
    if (flag !== undefined) words.push(word);
    if (valued !== undefined) words.push(...command.slice(index, word.includes('=') ? index + 1 : index + 2));
  }
  return `${invocation} ${words.map(quoted).join(' ')}`;
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
    `expected: ${line(finding.expected, max) || '(blank)'}`,
    `actual: ${line(finding.actual, max) || '(blank)'}`,
    `where: ${line(finding.where, max)}, step ${line(finding.step, max)}`,
    `check: ${line(finding.check, max)} (${finding.level})`,
  ];
}
