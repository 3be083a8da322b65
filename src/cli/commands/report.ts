import { resolve } from 'node:path';
import { HarnessError } from '../../errors.ts';
import { renderReports } from '../../report/render.ts';
import { exitCode } from '../../report/run-report.ts';
import { renderEnd } from '../../report/terminal.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { painter } from '../painter.ts';
import { shown } from '../paths.ts';

const help: CommandHelp = {
  usage: 'byok report render <folder>',
  says: 'Renders the reports of a run again from its events.ndjson, also of a run that was killed. Ends as the run did.',
  operands: true,
  options: {},
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
  const rendered = renderReports(resolve(folder));
  process.stdout.write(
    renderEnd(rendered.report, {
      paint: painter(process.stdout),
      junitFile: shown(rendered.junitFile),
    }),
  );
  return exitCode(rendered.report);
}
