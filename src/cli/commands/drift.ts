import { Agent } from 'undici';
import { systemClock } from '../../clock.ts';
import { driftOf } from '../../contract/drift/drift.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { readSpecification } from '../read-specification.ts';

const published = 'https://openrouter.ai/openapi.yaml';

const help: CommandHelp = {
  usage: 'byok drift [options]',
  says: "Compares the contract with OpenRouter's published specification: statuses, error types, sets of words, fields. Ends 1 on a difference that has no reason yet.",
  options: {
    openapi: { value: '<file or URL>', says: `an OpenAPI document, by default ${published}` },
    json: { says: 'the differences as JSON' },
  },
};

/** `byok drift` */
export async function drift(argv: string[]): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
  const dispatcher = new Agent();
  try {
    const found = driftOf(
      await readSpecification(args.text('openapi') ?? published, { dispatcher, clock: systemClock }),
    );
    const { unexpected, known } = found;
    process.stdout.write(
      args.flag('json')
        ? `${JSON.stringify(found, null, 2)}\n`
        : [
            ...unexpected.map(
              ({ what, path, expected, actual }) => `${what}  ${path}: expected ${expected}, found ${actual}`,
            ),
            ...known.map(({ path, reason }) => `known  ${path}: ${reason}`),
            `${unexpected.length} differences, ${known.length} known ones\n`,
          ].join('\n'),
    );
    return unexpected.length > 0 ? 1 : 0;
  } finally {
    // A call that was given up may still hold its connection.
    await dispatcher.destroy();
  }
}
