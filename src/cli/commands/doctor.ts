import { Agent } from 'undici';
import { systemClock } from '../../clock.ts';
import { type Diagnosis, diagnose, type Line } from '../../doctor/diagnose.ts';
import { openWorld } from '../../doctor/world.ts';
import { HarnessError } from '../../errors.ts';
import { ionet } from '../../provider.ts';
import type { Paint } from '../../report/paint.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { readEnvironment, safeBaseUrl } from '../environment.ts';
import { painter } from '../painter.ts';

const help: CommandHelp = {
  usage: 'byok doctor [options]',
  says: `Walks the set-up of ${ionet.name} on OpenRouter and names the first thing that is wrong, with its remedy. Sends at most two small requests for an answer, more with --wait. Exit codes: 0 all is set up, 1 a cause was found, 2 usage or no key, 3 could not tell.`,
  options: {
    model: { value: '<id>', says: `default ${ionet.models[0]}` },
    'base-url': { value: '<url>', says: 'default https://openrouter.ai/api/v1' },
    wait: { says: 'looks again, for up to two minutes, while a change to a provider key may still be spreading' },
    json: { says: 'the checklist as JSON' },
  },
};

const exitCodes: Record<Diagnosis['answer'], number> = { yes: 0, no: 1, 'could-not-tell': 3 };

/** `byok doctor` */
export async function doctor(argv: string[]): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
  const given = args.text('base-url');
  const fromFlag = given === undefined ? undefined : safeBaseUrl(given, '--base-url');
  const { apiKey, managementKey, providerKey, providerUrl, ...environment } = readEnvironment(
    process.env,
    process.cwd(),
  );
  const model = args.text('model') ?? ionet.models[0] ?? '';
  if (!/^[\w.:~-]+\/[\w.:~-]+$/.test(model))
    throw new HarnessError('E_CONFIG', `--model ${model}: expected an id like ${ionet.models[0]}.`);
  if (apiKey === null)
    throw new HarnessError('E_CONFIG', 'There is no OpenRouter key to look at: set OPENROUTER_API_KEY.');
  const dispatcher = new Agent({ allowH2: false });
  const baseUrl = fromFlag ?? environment.baseUrl;
  const world = openWorld({
    baseUrl,
    providerUrl,
    keys: { openRouter: apiKey, management: managementKey, provider: providerKey },
    model,
    dispatcher,
    clock: systemClock,
  });
  const json = args.flag('json');
  const paint = painter(process.stdout);
  try {
    if (!json) process.stdout.write(`${model} at ${baseUrl}\n`);
    const diagnosis = await diagnose(world, {
      waits: args.flag('wait'),
      onLine: (line) => void (json || process.stdout.write(inWords(line, paint))),
      onWait: (line, waitedMs) =>
        void process.stderr.write(`${line.id}: not yet after ${Math.round(waitedMs / 1_000)} s, looking again\n`),
    });
    process.stdout.write(json ? `${JSON.stringify({ model, baseUrl, ...diagnosis }, null, 2)}\n` : summary(diagnosis));
    return exitCodes[diagnosis.answer];
  } finally {
    await dispatcher.destroy();
  }
}

function inWords(line: Line, paint: Paint): string {
  switch (line.answer) {
    case 'yes':
      return `${paint('green', '✓ yes          ')} ${line.asks}${line.seen === undefined ? '' : ` (${line.seen})`}\n`;
    case 'no':
      return [
        `${paint(['red', 'bold'], '✗ no           ')} ${line.asks}`,
        `    cause:  ${line.cause}`,
        `    remedy: ${line.remedy}`,
        `    page:   ${line.page}`,
        '',
      ].join('\n');
    case 'could-not-see':
      return `${paint('yellow', '? could not see')} ${line.asks}\n    ${line.why}\n`;
    case 'not-yet':
      return `${paint('yellow', '… not yet      ')} ${line.asks}\n    ${line.why}\n`;
    case 'not-looked-at':
      return `${paint('dim', '- not looked at')} ${line.asks}\n`;
  }
}

function summary({ answer, lines }: Diagnosis): string {
  const unseen = lines.filter((line) => line.answer === 'could-not-see').length;
  switch (answer) {
    case 'yes':
      return unseen === 0
        ? 'All is set up.\n'
        : `All that could be seen is set up; ${unseen} of ${lines.length} could not.\n`;
    case 'no':
      return 'A cause was found.\n';
    case 'could-not-tell':
      return 'Could not tell.\n';
  }
}
