import { checks } from '../../checks/checks.ts';
import { requirements } from '../../contract/requirements.ts';
import { HarnessError } from '../../errors.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { takeStock } from '../inventory.ts';
import { shown, suitesDir } from '../paths.ts';

const help: CommandHelp = {
  usage: 'byok list [scenarios|checks|requirements]',
  says: 'Names what there is: one line each, id first.',
  operands: true,
  options: {},
};

/** `byok list` */
export async function list(argv: string[]): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
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
