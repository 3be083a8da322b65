import { beyondPhrase } from './beyond-profile.ts';
import { casesByNote, having, troubled } from './case-lists.ts';
import { costPhrase } from './cost.ts';
import { countsPhrase } from './counts.ts';
import { coverageOf, coveragePhrase, totalCoverage } from './coverage.ts';
import { markdownPage, type Section, tableHead, tableRow } from './markdown-page.ts';
import { subjectOf } from './matrix.ts';
import { originCaution, originPhrase } from './origin.ts';
import { byLevel, verdictPhrase } from './phrases.ts';
import type { RunReport } from './run-report.ts';
import { count, markdownCell } from './text.ts';
import { waitPhrases } from './waits.ts';

const maxRows = 50;

/** GitHub drops the summary of a step above 1 MiB, and more than one run may write to it. */
const defaultMaxBytes = 900_000;

/** The run on a page, as Markdown. */
export function renderSummary(report: RunReport, maxBytes = defaultMaxBytes): string {
  const sections = [matrix(report), failures(report), problems(report), known(report), coverage(report), notes(report)];
  return markdownPage(lead(report), sections, maxBytes);
}

function lead(report: RunReport): string[] {
  const { run, origin, cost } = report;
  const shard = run.shard ? `, shard ${run.shard.index} of ${run.shard.count}` : '';
  const caution = originCaution(origin);
  const facts = [
    `target ${run.target}, profile ${run.profile}, contract of ${run.contractVersion}, run ${run.runId}${shard}`,
    `answers: ${originPhrase(origin)}`,
    `cost: ${costPhrase(cost)}`,
    beyondPhrase(report) ?? [],
    waitPhrases(report.cases).slice(0, 5),
  ].flat();
  return [
    `**${verdictPhrase(report)}**`,
    '',
    ...facts.map((fact) => `- ${markdownCell(fact, 400)}`),
    ...(caution === null ? [] : ['', `> ${caution}`]),
  ];
}

/** Models beside families, the fewer of them as columns. */
function matrix({ matrix: { columns, rows } }: RunReport): Section {
  const cell = (row: number, column: number) => {
    const counts = rows[row]?.cells[column];
    return counts ? countsPhrase(counts) : '';
  };
  const families = rows.map(({ family }) => family);
  return columns.length <= Math.max(families.length, 4)
    ? table(
        'row',
        ['family', ...columns],
        families.map((family, row) => [family, ...columns.map((_, column) => cell(row, column))]),
      )
    : table(
        'row',
        ['model', ...families],
        columns.map((model, column) => [model, ...families.map((_, row) => cell(row, column))]),
      );
}

function failures({ cases }: RunReport): Section {
  const found = troubled(cases);
  const rows = found.slice(0, maxRows).map((one) => {
    const finding = byLevel(one.findings)[0];
    return [
      one.beyondProfile ? `${one.verdict} (not required)` : one.verdict,
      one.name,
      subjectOf(one),
      finding?.check ?? one.code ?? '',
      finding?.expected ?? '',
      finding?.actual ?? one.reason ?? '',
    ];
  });
  const columns = ['verdict', 'case', 'model', 'check', 'expected', 'actual'];
  return titled(`Failed or could not run: ${found.length}`, { ...table('case', columns, rows), total: found.length });
}

function known({ cases }: RunReport): Section {
  const found = having(cases, 'known');
  const rows = found
    .slice(0, maxRows)
    .map((one) => [one.name, subjectOf(one), byLevel(one.findings)[0]?.check ?? '', one.reason ?? '']);
  const columns = ['case', 'model', 'check', 'why it is known'];
  return titled(`Known failures: ${found.length}`, { ...table('known failure', columns, rows), total: found.length });
}

function problems({ problems: found }: RunReport): Section {
  const rows = found.slice(0, maxRows).map(({ code, file, message }) => [code, file ?? '', message]);
  const section = table('problem', ['problem', 'file', 'message'], rows);
  return titled(`Problems outside the cases: ${found.length}`, { ...section, total: found.length });
}

function coverage(report: RunReport): Section {
  const rows = coverageOf(report);
  if (!rows.some(({ live, sandboxOnly }) => live + sandboxOnly > 0)) return { head: [], lines: [], noun: 'operation' };
  const section = table(
    'operation',
    ['operation', 'documented', 'observed', 'live', 'sandbox only', 'excluded', 'not looked at'],
    rows.map((row) => [
      row.endpoint,
      ...[row.documented, row.observed, row.live, row.sandboxOnly, row.excluded, row.uncovered.length].map(String),
    ]),
  );
  return titled(`Error paths: ${coveragePhrase(totalCoverage(rows))}`, section);
}

function notes({ cases }: RunReport): Section {
  const lines = [...casesByNote(cases)].map(
    ([note, same]) => `- ${markdownCell(note, 500)} (${count(same.length, 'case')})`,
  );
  return titled('Notes', { head: [], lines: lines.slice(0, maxRows), total: lines.length, noun: 'note' });
}

function titled(title: string, section: Section): Section {
  return { ...section, head: [`### ${title}`, '', ...section.head] };
}

function table(noun: string, columns: readonly string[], rows: readonly (readonly string[])[]): Section {
  return { head: tableHead(columns), lines: rows.map(tableRow), noun };
}
