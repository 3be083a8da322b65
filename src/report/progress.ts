import { stepsCostUsd } from './cost.ts';
import type { CaseFinished, RunEvent } from './events.ts';
import { subjectOf } from './matrix.ts';
import { look, type Paint } from './paint.ts';
import { line, usd } from './text.ts';

/** How far a run is. */
export interface Progress {
  planned: number;
  done: number;
  failed: number;
  costUsd: number;
}

export const noProgress: Progress = { planned: 0, done: 0, failed: 0, costUsd: 0 };

export function advance(progress: Progress, event: RunEvent): Progress {
  switch (event.type) {
    case 'cases-planned':
      return { ...progress, planned: progress.planned + event.cases.length };
    case 'case-finished':
      return {
        ...progress,
        done: progress.done + 1,
        failed: progress.failed + Number(event.verdict === 'fail'),
        costUsd: progress.costUsd + stepsCostUsd(event.steps),
      };
    default:
      return progress;
  }
}

/** The line that is overwritten while a run goes on; for a terminal only, at most `columns` wide. */
export function statusLine(
  { planned, done, failed, costUsd }: Progress,
  { elapsedMs, columns }: { elapsedMs: number; columns: number },
): string {
  const parts = [`${done}/${planned}`, `${failed} failed`, `${usd(costUsd)} USD`];
  if (done > 0 && planned >= done) {
    parts.push(`${Math.ceil(((elapsedMs / done) * (planned - done)) / 1000)} s left`);
  }
  // A line as wide as the terminal wraps on some.
  return parts.join(' · ').slice(0, Math.max(0, columns - 1));
}

/** What is printed when a case has ended. */
export function caseLine(one: CaseFinished, paint: Paint): string {
  const { symbol, format } = look[one.verdict];
  const verdict = paint(format, `${symbol} ${one.verdict.padEnd('not-applicable'.length)}`);
  const mode = one.mode === null ? '' : ` [${one.mode}]`;
  const about = paint('dim', `${subjectOf(one)} ${Math.round(one.durationMs)} ms`);
  const reason = one.reason === undefined || one.verdict === 'pass' ? '' : `: ${line(one.reason, 200)}`;
  return `${verdict} ${line(one.scenario, 200)}${mode} ${about}${reason}`;
}
