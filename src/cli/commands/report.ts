import { resolve } from 'node:path';
import { HarnessError } from '../../errors.ts';
import { renderReports } from '../../report/render.ts';
import { exitCode } from '../../report/run-report.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { formatOf, formatOption, tellEnd } from '../tell-end.ts';

const help: CommandHelp = {
  usage: 'byok report render <folder> [options]',
  says: 'Renders the reports of a run again from its events.ndjson, also of a run that was killed. A run that was killed ends 3, or 1 when a case had failed; any other as it did.',
  operands: true,
  options: { format: formatOption },
};

/** `byok report render` */
export async function report(argv: string[]): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
  const [verb, folder, ...rest] = args.positionals;
  if (verb !== 'render' || folder === undefined || rest.length > 0) {
    throw new HarnessError('E_CONFIG', `Expected "${help.usage}".`);
  }
  const format = formatOf(args);
  const rendered = renderReports(resolve(folder));
  tellEnd(rendered, format);
  return exitCode(rendered.report);
}
