import { basename } from 'node:path';
import { type CaptureExpectation, captureExpectations } from '../../captured/capture-expectations.ts';
import type { SkippedEntry } from '../../captured/entry.ts';
import { judgeCapture, type JudgedExchange, type RoutingExpectation } from '../../captured/judge-capture.ts';
import { type OpenCapture, openCapture } from '../../captured/open-capture.ts';
import type { RawOptions } from '../../captured/raw-body.ts';
import { keepOut } from '../../captured/secrets.ts';
import type { Source } from '../../captured/source.ts';
import type { Finding } from '../../checks/check.ts';
import { HarnessError } from '../../errors.ts';
import type { CheckedExchange, CheckedFile, CheckFinding, CheckReport } from './check-report.ts';

interface Demands {
  raw: RawOptions;
  expected: RoutingExpectation;
}

/** Judges captures one after the other. One that cannot be read is a problem of its own; the others are judged all the same. */
export async function checkFiles(sources: readonly Source[], { raw, expected }: Demands): Promise<CheckReport> {
  const report: CheckReport = { files: [], exchanges: [], stale: [], nothingProven: false };
  const secrets = new Set<string>();
  for (const source of sources) {
    const file: CheckedFile = { file: source.name, form: null, exchanges: 0, skipped: [] };
    report.files.push(file);
    const left = new Set<CaptureExpectation>();
    try {
      const capture = await openCapture(source, raw);
      file.form = capture.form;
      const expectations = expectationsOf(source, capture);
      for (const expectation of expectations) left.add(expectation);
      for await (const entry of judgeCapture(capture, expected)) {
        if (entry.kind === 'skipped') {
          countSkipped(file, entry);
          continue;
        }
        file.exchanges += 1;
        for (const secret of entry.secrets) secrets.add(secret);
        const checked = checkedExchange(source.name, entry.exchange, expectations);
        for (const { check, expectedBecause } of checked.findings) {
          if (expectedBecause === undefined) continue;
          for (const expectation of left) if (expectation.check === check) left.delete(expectation);
        }
        report.exchanges.push(checked);
      }
      report.stale.push(...left);
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      file.problem = error.message;
    }
  }
  const demanding = expected.servedBy !== undefined || expected.isByok !== undefined;
  report.nothingProven = demanding && !report.exchanges.some(({ isAnswer }) => isAnswer);
  return withoutSecrets(report, keepOut(secrets));
}

/** Expectations are about captures by their id, with which the name of the file begins. */
function expectationsOf({ name }: Source, { form }: OpenCapture): CaptureExpectation[] {
  return form === 'capture'
    ? captureExpectations.filter(({ capture }) => basename(name).startsWith(`${capture}-`))
    : [];
}

function checkedExchange(
  file: string,
  { findings, ...exchange }: JudgedExchange,
  expectations: readonly CaptureExpectation[],
): CheckedExchange {
  const rank = { must: 0, should: 1, observed: 2 };
  return {
    file,
    ...exchange,
    findings: findings
      .map((finding) => withReason(finding, expectations))
      .sort((a, b) => rank[a.level] - rank[b.level]),
  };
}

function withReason(finding: Finding, expectations: readonly CaptureExpectation[]): CheckFinding {
  const expectation = expectations.find(({ check }) => finding.level === 'must' && check === finding.check);
  return expectation === undefined ? finding : { ...finding, expectedBecause: expectation.reason };
}

function countSkipped(file: CheckedFile, { why, host }: SkippedEntry): void {
  let row = file.skipped.find((row) => row.why === why);
  if (row === undefined) file.skipped.push((row = { why, count: 0 }));
  row.count += 1;
  if (host !== undefined) (row.hosts ??= {})[host] = (row.hosts[host] ?? 0) + 1;
}

/** Of all that comes out of a capture, what is not ours in its wording. */
function withoutSecrets(report: CheckReport, clean: (text: string) => string): CheckReport {
  return {
    ...report,
    files: report.files.map(({ file, skipped, problem, ...rest }) => ({
      ...rest,
      file: clean(file),
      skipped: skipped.map(({ hosts, ...row }) => ({
        ...row,
        ...(hosts && { hosts: Object.fromEntries(Object.entries(hosts).map(([host, n]) => [clean(host), n])) }),
      })),
      ...(problem !== undefined && { problem: clean(problem) }),
    })),
    exchanges: report.exchanges.map((exchange) => ({
      ...exchange,
      file: clean(exchange.file),
      at: exchange.at === null ? null : clean(exchange.at),
      path: clean(exchange.path),
      findings: exchange.findings.map((finding) => ({
        ...finding,
        expected: clean(finding.expected),
        actual: clean(finding.actual),
        where: clean(finding.where),
      })),
    })),
  };
}
