import { appendFileSync, statSync } from 'node:fs';
import type { RunReport } from './run-report.ts';
import { renderSummary } from './summary.ts';

/**
 * What the page of one step may hold, all runs of the step together; above it GitHub shows nothing of it. Source:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const maxPageBytes = 1_048_576;

/** Appends the summary to the file that `GITHUB_STEP_SUMMARY` names. Returns why it could not, in a sentence; null when it could. */
export function appendStepSummary(report: RunReport, file: string): string | null {
  try {
    const room = maxPageBytes - (statSync(file, { throwIfNoEntry: false })?.size ?? 0);
    const text = `${renderSummary(report, Math.min(room - 1, 900_000))}\n`;
    if (Buffer.byteLength(text) > room) {
      return `Expected room for the summary in ${file} (GITHUB_STEP_SUMMARY), but it is full: summary.md among the reports holds it.`;
    }
    appendFileSync(file, text);
    return null;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    return `Expected to append the summary to ${file} (GITHUB_STEP_SUMMARY), but the system answered ${code}: summary.md among the reports holds it.`;
  }
}
