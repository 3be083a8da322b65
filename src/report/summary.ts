import { costPhrase } from './cost.ts';
import { countsPhrase } from './counts.ts';
import { coverageOf, coveragePhrase, totalCoverage } from './coverage.ts';
import { subjectOf } from './matrix.ts';
import { originCaution, originPhrase } from './origin.ts';
import { byLevel, verdictPhrase } from './phrases.ts';
import type { ReportCase, RunReport } from './run-report.ts';
import { count, markdownCell } from './text.ts';

// GitHub drops a step summary above 1 MiB.
const maxRows = 50;

/** The run on a page, as Markdown. */
export function renderSummary(report: RunReport): string {
  const { run, origin, cost } = report;
  const caution = originCaution(origin);
  const sections = [
    [`**${verdictPhrase(report)}**`],
    [`Target ${run.target}, profile ${markdownCell(run.profile, 100)}; ${originPhrase(origin)}; ${costPhrase(cost)}.`],
    caution === null ? [] : [`> ${caution}`],
    matrix(report),
    failures(report.cases),
    coverage(report),
    problems(report),
    notes(report.cases),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function matrix({ matrix: { columns, rows } }: RunReport): string[] {
  if (rows.length === 0) return [];
  return table(
    ['family', ...columns],
    rows.map(({ family, cells }) => [family, ...cells.map((counts) => (counts ? countsPhrase(counts) : ''))]),
  );
}

function coverage(report: RunReport): string[] {
  const rows = coverageOf(report);
  if (!rows.some(({ live, sandboxOnly }) => live + sandboxOnly > 0)) return [];
  return [
    `Error paths: ${coveragePhrase(totalCoverage(rows))}.`,
    '',
    ...table(
      ['operation', 'documented', 'observed', 'live', 'sandbox only', 'excluded', 'not looked at'],
      rows.map((row) => [
        row.endpoint,
        ...[row.documented, row.observed, row.live, row.sandboxOnly, row.excluded, row.uncovered.length].map(String),
      ]),
    ),
  ];
}

function failures(cases: readonly ReportCase[]): string[] {
  const failed = cases.filter(({ verdict }) => verdict === 'fail' || verdict === 'could-not-run');
  if (failed.length === 0) return [];
  const rows = failed
    .toSorted((a, b) => Number(a.verdict !== 'fail') - Number(b.verdict !== 'fail'))
    .slice(0, maxRows)
    .map((one) => {
      const finding = byLevel(one.findings)[0];
      return [
        one.verdict,
        one.name,
        subjectOf(one),
        finding?.check ?? one.code ?? '',
        finding?.expected ?? '',
        finding?.actual ?? one.reason ?? '',
      ];
    });
  return [...table(['verdict', 'case', 'model', 'check', 'expected', 'actual'], rows), ...more(failed.length)];
}

function problems({ problems: found }: RunReport): string[] {
  if (found.length === 0) return [];
  const rows = found.slice(0, maxRows).map(({ code, file, message }) => [code, file ?? '', message]);
  return [...table(['problem', 'file', 'message'], rows), ...more(found.length)];
}

function notes(cases: readonly ReportCase[]): string[] {
  const groups = Map.groupBy(
    cases.flatMap((one) => one.notes),
    (note) => markdownCell(note, 400),
  );
  return [...groups].slice(0, maxRows).map(([note, same]) => `- ${note} (${count(same.length, 'case')})`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => markdownCell(cell, 200)).join(' | ')} |`;
  return [row(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(row)];
}

function more(total: number): string[] {
  return total > maxRows ? ['', `and ${total - maxRows} more: see junit.xml`] : [];
}
