import type { CaseFinding, RunStarted, StepSummary } from './events.ts';
import { byLevel, findingLines, rerunCommand } from './phrases.ts';
import type { ReportCase } from './run-report.ts';
import { excerpt, line } from './text.ts';

// A whole answer can stand in a finding or a command, and GitLab refuses reports above 30 MB.
const maxValueLength = 2_000;
const maxCommandLength = 8_000;
const maxFindings = 50;

/** All there is to know of a case that did not pass: findings, then requests, then how to run it again. */
export function caseDetails(run: RunStarted, one: ReportCase): string {
  const blocks = findingBlocks(one.findings, maxValueLength);
  if (one.verdict === 'fail' && blocks.length === 0) {
    blocks.push(`expected: the scenario to hold\nactual: ${line(one.reason ?? '', maxValueLength) || 'it does not'}`);
  }
  if (one.reason !== undefined) blocks.push(`reason: ${excerpt(one.reason, maxValueLength)}`);
  if (one.says !== '') blocks.push(`scenario: ${line(one.says, maxValueLength)}`);
  blocks.push(...one.steps.map(stepBlock), `run again: ${rerunCommand(run, one)}`);
  return blocks.join('\n\n');
}

/** Findings with what they expected and found, each value in at most `max` characters. */
export function findingsText(findings: readonly CaseFinding[], max = maxValueLength): string {
  return findingBlocks(findings, max).join('\n\n');
}

function findingBlocks(findings: readonly CaseFinding[], max: number): string[] {
  const blocks = byLevel(findings)
    .slice(0, maxFindings)
    .map((finding) => findingLines(finding, max).join('\n'));
  const rest = findings.length - maxFindings;
  return rest > 0 ? [...blocks, `and ${rest} more findings, all in events.ndjson`] : blocks;
}

function stepBlock({ step, given, status, end, requestId, curl }: StepSummary): string {
  const answer = status === null ? 'no answer' : `status ${status}`;
  const id = requestId === undefined ? '' : `, request id ${line(requestId, 200)}`;
  return `step ${line(step, 200)} as ${line(given, 100)}: ${answer}, ${line(end, 200)}${id}\n${excerpt(curl, maxCommandLength)}`;
}
