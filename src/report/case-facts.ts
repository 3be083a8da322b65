import { stepsCostUsd, sumOnce } from './cost.ts';
import type { StepSummary } from './events.ts';
import type { ReportCase } from './run-report.ts';
import { line, usd } from './text.ts';

/** What is known of a case beside its verdict, as name and value; only what was seen. */
export function caseFacts({ requirements, steps, attempts }: ReportCase): [string, string][] {
  const facts: [string, string][] = [
    ['requirement', distinct(requirements)],
    ['provider', distinct(steps.map(({ provider }) => provider))],
    ['is_byok', distinct(steps.map(({ isByok }) => isByok))],
    ['generation_id', distinct(steps.map(({ generationId }) => generationId))],
    ['cost_usd', steps.some(({ costUsd }) => costUsd !== undefined) ? usd(stepsCostUsd(steps)) : ''],
    ['tokens', tokens(steps)],
    ['ttft_ms', firstContent(steps)],
    ['attempts', String(attempts)],
  ];
  return facts.filter(([, value]) => value !== '');
}

function distinct(values: readonly (string | boolean | undefined)[]): string {
  const seen = new Set(values.filter((value) => value !== undefined).map(String));
  return line([...seen].join(', '), 1_000);
}

function tokens(steps: readonly StepSummary[]): string {
  const sum = sumOnce(steps, ({ promptTokens, completionTokens }) =>
    promptTokens === undefined && completionTokens === undefined
      ? undefined
      : (promptTokens ?? 0) + (completionTokens ?? 0),
  );
  return sum > 0 ? String(sum) : '';
}

function firstContent(steps: readonly StepSummary[]): string {
  const ms = steps.find(({ firstContentMs }) => firstContentMs !== undefined)?.firstContentMs;
  return ms === undefined ? '' : ms.toFixed(0);
}
