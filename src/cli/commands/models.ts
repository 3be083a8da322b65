import { Agent } from 'undici';
import { ionet } from '../../provider.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { readEnvironment, safeBaseUrl } from '../environment.ts';
import { type EndpointRow, listEndpoints, listModels } from '../listing.ts';

const help: CommandHelp = {
  usage: 'byok models [options]',
  says: `The models of ${ionet.name} on OpenRouter now: context, prices in US dollars per million tokens, quantisation, parameters. Needs no key.`,
  options: {
    'base-url': { value: '<url>', says: 'default https://openrouter.ai/api/v1' },
    json: { says: 'the endpoints as JSON' },
  },
};

/** `byok models` */
export async function models(argv: string[]): Promise<number> {
  const args = readArguments(argv, help);
  if (args.flag('help')) {
    process.stdout.write(helpText(help));
    return 0;
  }
  const given = args.text('base-url');
  const baseUrl =
    given === undefined ? readEnvironment(process.env, process.cwd()).baseUrl : safeBaseUrl(given, '--base-url');
  const dispatcher = new Agent();
  try {
    const rows: (EndpointRow & { model: string })[] = [];
    for (const model of (await listModels({ baseUrl, dispatcher })).keys()) {
      const endpoints = await listEndpoints(model, { baseUrl, dispatcher });
      rows.push(
        ...endpoints.filter(({ provider_name }) => provider_name === ionet.name).map((row) => ({ model, ...row })),
      );
    }
    process.stdout.write(args.flag('json') ? `${JSON.stringify(rows, null, 2)}\n` : rows.map(inWords).join(''));
    return rows.length > 0 ? 0 : 3;
  } finally {
    await dispatcher.close();
  }
}

function inWords({
  model,
  tag,
  context_length,
  pricing,
  quantization,
  supported_parameters,
}: EndpointRow & { model: string }): string {
  const perMillion = (price?: string) => (price === undefined ? '?' : (Number(price) * 1e6).toFixed(3));
  return [
    model,
    tag ?? '?',
    `context ${context_length ?? '?'}`,
    `${perMillion(pricing?.prompt)} in, ${perMillion(pricing?.completion)} out`,
    quantization ?? 'quantisation unknown',
    (supported_parameters ?? []).join(' '),
  ]
    .join('  ')
    .concat('\n');
}
