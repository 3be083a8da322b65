import { stepsCostUsd, sumOnce } from '../cost.ts';
import type { CaseFinding, RunStarted, StepSummary, Wait } from '../events.ts';
import { originCaution, originPhrase, summariseOrigins } from '../origin.ts';
import { byLevel, rerunCommand } from '../phrases.ts';
import type { ReportCase } from '../run-report.ts';
import { usd } from '../text.ts';

/** What the page of one case shows beyond its line in the list. Kept apart, because most are never looked at. */
export interface CaseData {
  requirements: string[];
  errorPath?: string;
  place: string;
  reason?: string;
  code?: string;
  findings: CaseFinding[];
  /** Findings beyond those shown. */
  moreFindings: number;
  firstAttempt?: { reason?: string; findings: CaseFinding[] };
  steps: StepSummary[];
  notes: string[];
  waits: Wait[];
  beyondProfile: boolean;
  /** What is known beside the verdict, as name and value. */
  facts: [name: string, value: string][];
  origin: string;
  caution: string | null;
  rerun: string;
}

// A whole answer can stand in a finding, and thousands of cases in a page.
const maxText = 4_000;
const maxFindings = 30;

export function caseData(run: RunStarted, one: ReportCase): CaseData {
  const { requirements, errorPath, file, line, reason, code, findings, firstAttempt, steps, notes, waits = [] } = one;
  const origin = summariseOrigins(run, [one.origin]);
  return {
    requirements,
    ...(errorPath !== undefined && { errorPath }),
    place: line > 0 ? `${file}:${line}` : file,
    ...(reason !== undefined && { reason: cut(reason) }),
    ...(code !== undefined && { code }),
    findings: findingsOf(findings),
    moreFindings: Math.max(0, findings.length - maxFindings),
    ...(firstAttempt && {
      firstAttempt: {
        ...(firstAttempt.reason !== undefined && { reason: cut(firstAttempt.reason) }),
        findings: findingsOf(firstAttempt.findings),
      },
    }),
    steps: steps.map((step) => ({ ...step, curl: cut(step.curl) })),
    notes: notes.map(cut),
    waits,
    beyondProfile: one.beyondProfile ?? false,
    facts: factsOf(one),
    origin: originPhrase(origin),
    caution: originCaution(origin),
    rerun: rerunCommand(run, one),
  };
}

function findingsOf(findings: readonly CaseFinding[]): CaseFinding[] {
  return byLevel(findings)
    .slice(0, maxFindings)
    .map((one) => ({ ...one, expected: cut(one.expected), actual: cut(one.actual), where: cut(one.where) }));
}

function factsOf({ steps, durationMs, attempts }: ReportCase): CaseData['facts'] {
  const told = (figure: (step: StepSummary) => number | undefined) => steps.some((step) => figure(step) !== undefined);
  const facts: [string, string][] = [
    ['Provider', distinct(steps.map(({ provider }) => provider))],
    [
      'Paid by own key',
      distinct(steps.map(({ isByok }) => (isByok === undefined ? undefined : isByok ? 'yes' : 'no'))),
    ],
    ['From credits', told(({ costUsd }) => costUsd) ? `${usd(stepsCostUsd(steps))} USD` : ''],
    [
      'Billed by provider',
      told(({ providerCostUsd }) => providerCostUsd)
        ? `${usd(sumOnce(steps, ({ providerCostUsd }) => providerCostUsd))} USD`
        : '',
    ],
    ['Prompt tokens', tokens(steps, ({ promptTokens }) => promptTokens)],
    ['Completion tokens', tokens(steps, ({ completionTokens }) => completionTokens)],
    ['Attempts', String(attempts)],
    ['Took', `${durationMs.toFixed(0)} ms`],
  ];
  return facts.filter(([, value]) => value !== '');
}

function tokens(steps: readonly StepSummary[], figure: (step: StepSummary) => number | undefined): string {
  return steps.some((step) => figure(step) !== undefined) ? String(sumOnce(steps, figure)) : '';
}

function distinct(values: readonly (string | undefined)[]): string {
  return [...new Set(values.filter((value) => value !== undefined))].join(', ');
}

function cut(text: string): string {
  return text.length <= maxText ? text : `${text.slice(0, maxText)}… (${text.length - maxText} more characters)`;
}
