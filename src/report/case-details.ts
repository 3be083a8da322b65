import type { CaseFinding, RunStarted, StepSummary } from './events.ts';
import { byLevel, findingLines, rerunCommand } from './phrases.ts';
import type { ReportCase } from './run-report.ts';
import { clean, excerpt, line } from './text.ts';

// A whole answer can stand in a finding or a command, and GitLab refuses reports above 30 MB.
const maxValueLength = 2_000;
const maxCommandLength = 8_000;
const maxFindings = 50;

/** All there is to know of a case that did not pass: findings, then requests, then how to run it again. */
export function caseDetails(run: RunStarted, one: ReportCase): string {
  const blocks = [...findingBlocks(one.findings)];
  if (one.reason !== undefined) blocks.push(`reason: ${excerpt(one.reason, maxValueLength)}`);
  if (one.says !== '') blocks.push(`scenario: ${clean(one.says)}`);
  blocks.push(...one.steps.map(stepBlock), `run again: ${rerunCommand(run, one)}`);
  return blocks.join('\n\n');
}

export function findingsText(findings: readonly CaseFinding[]): string {
  return findingBlocks(findings).join('\n\n');
}

function findingBlocks(findings: readonly CaseFinding[]): string[] {
  const blocks = byLevel(findings)
    .slice(0, maxFindings)
    .map((finding) => findingLines(finding, maxValueLength).join('\n'));
  const rest = findings.length - maxFindings;
  return rest > 0 ? [...blocks, `and ${rest} more findings, all in events.ndjson`] : blocks;
}

function stepBlock({ step, given, status, end, requestId, curl }: StepSummary): string {
  const answer = status === null ? 'no answer' : `status ${status}`;
  const id = requestId === undefined ? '' : `, request id ${line(requestId, 200)}`;
  return `step ${line(step, 200)} as ${line(given, 100)}: ${answer}, ${line(end, 200)}${id}\n${excerpt(curl, maxCommandLength)}`;
}
