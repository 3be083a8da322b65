import type { TestCase, TestSuite } from 'junit-report-builder';
import { caseDetails, findingsText } from './case-details.ts';
import { caseFacts } from './case-facts.ts';
import type { CaseFinding, RunStarted } from './events.ts';
import { childText, extendNode, seconds, type XmlElement } from './junit-nodes.ts';
import { subjectOf } from './matrix.ts';
import { byLevel } from './phrases.ts';
import type { ReportCase } from './run-report.ts';
import { clean, excerpt, line } from './text.ts';

const maxMessageLength = 500;

/** Adds a case to its suite as the element its verdict stands for. */
export function addCase(suite: TestSuite, run: RunStarted, one: ReportCase): void {
  const testCase = suite
    .testCase()
    .className(clean(`${subjectOf(one)}.${one.family}`))
    .name(clean(one.name))
    .file(clean(one.file));
  for (const [name, value] of caseFacts(one)) testCase.property(name, value);
  setVerdict(testCase, one);
  extendNode(testCase, (element) => {
    if (one.line > 0) element.att('line', String(one.line));
    element.att('time', seconds(one.durationMs));
    fillVerdict(element, run, one);
  });
}

/** What the builder must know to count the elements. */
function setVerdict(testCase: TestCase, one: ReportCase): void {
  switch (one.verdict) {
    case 'fail': {
      const first = byLevel(one.findings)[0];
      testCase.failure(failureMessage(first, one.reason), clean(first?.check ?? one.code ?? 'fail'));
      break;
    }
    case 'could-not-run':
      testCase.error(reasonOf(one), clean(one.code ?? 'could-not-run'));
      break;
    case 'known':
    case 'not-applicable':
      testCase.skipped();
      break;
    case 'pass':
    case 'warn':
      break;
    default:
      one.verdict satisfies never;
  }
}

function fillVerdict(element: XmlElement, run: RunStarted, one: ReportCase): void {
  switch (one.verdict) {
    case 'fail':
      childText(element, 'failure', caseDetails(run, one));
      break;
    case 'could-not-run':
      childText(element, 'error', caseDetails(run, one));
      break;
    case 'known':
    case 'not-applicable':
      childText(element, 'skipped', reasonOf(one)).att('message', reasonOf(one));
      break;
    case 'pass':
    case 'warn':
      addFlakyFailure(element, one);
      break;
    default:
      one.verdict satisfies never;
  }
  const output = outputOf(one);
  if (output !== '') childText(element, 'system-out', output);
}

function addFlakyFailure(element: XmlElement, { attempts, firstAttempt }: ReportCase): void {
  if (attempts < 2) return;
  const first = byLevel(firstAttempt?.findings ?? [])[0];
  const text = firstAttempt ? findingsText(firstAttempt.findings) : '';
  const flaky = childText(element, 'flakyFailure', text);
  flaky.att('message', failureMessage(first, firstAttempt?.reason ?? 'an earlier attempt'));
  flaky.att('type', clean(first?.check ?? 'retry'));
}

function failureMessage(finding: CaseFinding | undefined, reason: string | undefined): string {
  return finding
    ? `expected ${line(finding.expected, maxMessageLength)}, got ${line(finding.actual, maxMessageLength)}`
    : line(reason ?? 'failed', maxMessageLength);
}

function reasonOf({ verdict, reason }: ReportCase): string {
  return line(reason ?? verdict, maxMessageLength);
}

/** The findings of a warning or a known failure, and what was noted on the way. */
function outputOf({ verdict, findings, notes }: ReportCase): string {
  const blocks = notes.map((note) => `note: ${excerpt(note, 2_000)}`);
  if (verdict === 'warn' || verdict === 'known') blocks.unshift(findingsText(findings));
  return blocks.filter((block) => block !== '').join('\n\n');
}
