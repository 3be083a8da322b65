import type { Paint } from '../../report/paint.ts';
import { clean, count, line } from '../../report/text.ts';
import {
  type CheckedExchange,
  type CheckFinding,
  type CheckReport,
  countsOf,
  isFailure,
  nameOf,
  verdictOf,
} from './check-report.ts';

const longest = 400;

/** For people: what was found, exchange by exchange, and at the end what it comes to. */
export function textReport(report: CheckReport, paint: Paint): string {
  const found = report.exchanges.filter(({ findings }) => findings.length > 0);
  return [
    ...found.flatMap((exchange) => [
      heading(exchange, paint),
      ...exchange.findings.flatMap((one) => rows(one, paint)),
      '',
    ]),
    ...report.stale.map(
      ({ capture, check }) => `stale    ${capture} ${check}: a finding was expected, and there is none any more\n`,
    ),
    ...summary(report),
    '',
  ].join('\n');
}

/** The last lines: how much was judged, what was left out and why, and what was found. */
export function summary(report: CheckReport): string[] {
  const { must, should, observed, expected } = countsOf(report);
  const foreseen = expected === 0 ? '' : ` (${expected} of them expected, each with its reason)`;
  const skipped = skippedPhrase(report);
  return [
    `${count(report.exchanges.length, 'exchange')} in ${count(report.files.length, 'file')}: ` +
      `${must} must${foreseen}, ${should} should, ${observed} observed`,
    ...(skipped === '' ? [] : [`skipped: ${skipped}`]),
    verdictOf(report),
  ];
}

function heading({ file, at, status, ...exchange }: CheckedExchange, paint: Paint): string {
  const name = line(`${file} ${nameOf({ file, at, status, ...exchange })}`, longest);
  return `${paint('bold', name)} ${line(`${status ?? ''} ${at ?? ''}`, longest)}`.trimEnd();
}

function rows(finding: CheckFinding, paint: Paint): string[] {
  const { level, check, where, expected, actual, expectedBecause } = finding;
  const colour = isFailure(finding) ? 'red' : level === 'should' ? 'yellow' : 'dim';
  return [
    `  ${paint(colour, level.padEnd(8))} ${check} at ${line(where, longest)}`,
    `           expected ${line(expected, longest)}`,
    `           was      ${line(actual, longest)}`,
    ...(expectedBecause === undefined ? [] : [`           a known one: ${expectedBecause}`]),
  ];
}

function skippedPhrase({ files }: CheckReport): string {
  const rows = Map.groupBy(
    files.flatMap(({ skipped }) => skipped),
    ({ why }) => why,
  );
  return [...rows]
    .map(([why, same]) => {
      const total = same.reduce((sum, row) => sum + row.count, 0);
      return `${total} ${why}${hostsPhrase(same)}`;
    })
    .join(', ');
}

function hostsPhrase(rows: readonly { hosts?: Record<string, number> }[]): string {
  const hosts = [...new Set(rows.flatMap((row) => Object.keys(row.hosts ?? {})))];
  if (hosts.length === 0) return '';
  const more = hosts.length > 5 ? ` and ${hosts.length - 5} more` : '';
  return ` (${hosts.slice(0, 5).map(clean).join(', ')}${more})`;
}
