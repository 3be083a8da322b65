import { caseFacts } from '../case-facts.ts';
import type { CaseFinding, RunStarted, StepSummary, Wait } from '../events.ts';
import { isRealService, originCaution, originPhrase, summariseOrigins } from '../origin.ts';
import { byLevel, rerunCommand } from '../phrases.ts';
import type { ReportCase } from '../run-report.ts';
import { cut, usd } from '../text.ts';

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
    ...(reason !== undefined && { reason: cut(reason, maxText) }),
    ...(code !== undefined && { code }),
    findings: findingsOf(findings),
    moreFindings: Math.max(0, findings.length - maxFindings),
    ...(firstAttempt && {
      firstAttempt: {
        ...(firstAttempt.reason !== undefined && { reason: cut(firstAttempt.reason, maxText) }),
        findings: findingsOf(firstAttempt.findings),
      },
    }),
    steps: steps.map((step) => ({ ...step, curl: cut(step.curl, maxText) })),
    notes: notes.map((note) => cut(note, maxText)),
    waits,
    beyondProfile: one.beyondProfile ?? false,
    facts: factsOf(run, one),
    origin: originPhrase(origin),
    caution: originCaution(origin),
    rerun: rerunCommand(run, one),
  };
}

function findingsOf(findings: readonly CaseFinding[]): CaseFinding[] {
  return byLevel(findings)
    .slice(0, maxFindings)
    .map((one) => ({
      ...one,
      expected: cut(one.expected, maxText),
      actual: cut(one.actual, maxText),
      where: cut(one.where, maxText),
    }));
}

function factsOf(run: RunStarted, one: ReportCase): CaseData['facts'] {
  const { providers, isByok, costUsd, providerCostUsd, promptTokens, completionTokens } = caseFacts(one);
  const real = isRealService(run);
  const dollars = (amount: number | undefined) => (amount === undefined ? '' : `${usd(amount)} USD`);
  const facts: [string, string][] = [
    ['Provider', providers.join(', ')],
    ['Paid by own key', isByok.map((yes) => (yes ? 'yes' : 'no')).join(', ')],
    [real ? 'From credits' : 'Would cost: credits', dollars(costUsd)],
    [real ? 'Billed by provider' : 'Would cost: own key', dollars(providerCostUsd)],
    ['Prompt tokens', String(promptTokens ?? '')],
    ['Completion tokens', String(completionTokens ?? '')],
    ['Attempts', String(one.attempts)],
    // Elsewhere the answers tell of a time that did not pass.
    [run.target === 'live' ? 'Took' : 'Computed in', `${one.durationMs.toFixed(0)} ms`],
  ];
  return facts.filter(([, value]) => value !== '');
}
