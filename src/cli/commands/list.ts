import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../checks/checks.ts';
import { requirements } from '../../contract/requirements.ts';
import { HarnessError } from '../../errors.ts';
import { flakyCases, type Peers } from '../../history/flaky.ts';
import { readHistory } from '../../history/history-file.ts';
import { coverageOf, coveragePhrase, totalCoverage } from '../../report/coverage.ts';
import { readEvents } from '../../report/read-events.ts';
import { summarise } from '../../report/run-report.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { takeStock } from '../inventory.ts';
import { projectRoot, shown, suitesDir } from '../paths.ts';

const help: CommandHelp = {
  usage: 'byok list [scenarios|checks|requirements]',
  says: 'Names what there is: one line each, id first.',
  operands: true,
  options: {
    coverage: { says: 'which documented error paths a run looked at, and how' },
    run: { value: '<folder>', says: 'the run that --coverage is about; default reports/latest' },
    flaky: { says: 'scenarios that changed verdict between runs though no version did' },
    history: { value: '<file>', says: 'the runs that --flaky compares; default reports/history.ndjson' },
  },
};

/** `byok list` */
export async function list(argv: string[]): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
  if (args.flag('coverage')) {
    const folder = args.text('run');
    if (folder !== undefined) return coverage(folder);
    const latest = join(projectRoot, 'reports', 'latest');
    if (!existsSync(latest)) await replayFirst();
    return coverage(latest);
  }
  if (args.flag('flaky')) return flaky(args.text('history') ?? join(projectRoot, 'reports', 'history.ndjson'));
  const [what = 'scenarios', ...rest] = args.positionals;
  const rows = rest.length > 0 ? undefined : await rowsOf(what);
  if (rows === undefined)
    throw new HarnessError('E_CONFIG', `Expected "${help.usage}", found "${args.positionals.join(' ')}".`);
  const width = Math.max(...rows.map(([id]) => id.length)) + 2;
  process.stdout.write(rows.map(([id, ...says]) => `${id.padEnd(width)}${says.join('  ')}\n`).join(''));
  return 0;
}

async function rowsOf(what: string): Promise<[string, ...string[]][] | undefined> {
  switch (what) {
    case 'scenarios':
      return (await takeStock(suitesDir)).map(({ id, says, file, line }) => [id, says, `${shown(file)}:${line}`]);
    case 'checks':
      return checks.map(({ id, level, holds }) => [id, level.padEnd(8), holds]);
    case 'requirements':
      return Object.entries(requirements).map(([id, { level, statement, source }]) => [
        id,
        level.padEnd(8),
        statement,
        source.url,
      ]);
    default:
      return undefined;
  }
}

/** Coverage is told from what a run really looked at, so there has to be one. */
async function replayFirst(): Promise<void> {
  process.stderr.write('There is no run yet to tell coverage from: the whole inventory is replayed first.\n');
  const { run } = await import('./run.ts');
  await run([]);
}

/** Ends 0 when every path that can be looked at was. */
function coverage(folder: string): number {
  const file = join(folder, 'events.ndjson');
  if (!existsSync(file)) {
    throw new HarnessError(
      'E_CONFIG',
      `There is no run in ${shown(folder)} to tell coverage from. "byok run" makes one.`,
    );
  }
  const report = summarise(readEvents(file));
  const rows = coverageOf(report);
  const total = totalCoverage(rows);
  const line = (cells: readonly (string | number)[]) =>
    `${cells.map((cell, index) => (index === 0 ? String(cell).padEnd(32) : String(cell).padStart(14))).join('')}\n`;
  process.stdout.write(
    line(['operation', 'documented', 'observed', 'live', 'sandbox only', 'excluded', 'not looked at']),
  );
  for (const row of [...rows, total]) {
    process.stdout.write(
      line([row.endpoint, row.documented, row.observed, row.live, row.sandboxOnly, row.excluded, row.uncovered.length]),
    );
  }
  for (const { id, because } of report.run.errorPaths.filter(({ how }) => how === 'excluded')) {
    process.stdout.write(`excluded       ${id}: ${because}\n`);
  }
  for (const { id } of total.uncovered) process.stdout.write(`not looked at  ${id}\n`);
  process.stdout.write(`${coveragePhrase(total)} (run ${report.run.runId}, target ${report.run.target})\n`);
  return total.uncovered.length > 0 ? 3 : 0;
}

/** A flaky scenario is worth knowing, and no failure. */
function flaky(file: string): number {
  const entries = readHistory(file, { say: (sentence) => process.stderr.write(`${sentence}\n`) });
  const compared = flakyCases(entries);
  if (compared.length === 0) {
    process.stdout.write(
      `Too little history to tell: ${shown(file)} holds ${entries.length} ${entries.length === 1 ? 'run' : 'runs'}, and it takes two of one target, harness version and contract version. "byok run" adds one.\n`,
    );
    return 0;
  }
  process.stdout.write(compared.map(peersText).join('\n'));
  return 0;
}

function peersText({ like, runs, flaky: cases }: Peers): string {
  const where = [like.target, like.baseUrl, like.recordedFrom && `of ${like.recordedFrom} recordings`];
  const what = `${runs} runs: ${where.filter(Boolean).join(' ')}, harness ${like.harnessVersion}, contract of ${like.contractVersion}`;
  if (cases.length === 0) return `${what}\n  no scenario changed its verdict\n`;
  const width = Math.max(...cases.map(({ title }) => title.length)) + 2;
  const rows = cases.map(
    ({ title, changes, runs: seen, last }) =>
      `  ${title.padEnd(width)}changed ${changes === 1 ? 'once' : `${changes} times`} in ${seen} runs, last ${last.at}: ${last.from}, then ${last.to}\n`,
  );
  return `${what}\n${rows.join('')}`;
}
