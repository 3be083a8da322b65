import { Agent } from 'undici';
import { systemClock } from '../../clock.ts';
import { HarnessError } from '../../errors.ts';
import { readExchange } from '../../exchange/read-exchange.ts';
import { send } from '../../exchange/send.ts';
import { ionet } from '../../provider.ts';
import { harnessVersion } from '../../version.ts';
import { type CommandHelp, helpText, readArguments } from '../arguments.ts';
import { readEnvironment, safeBaseUrl } from '../environment.ts';

const help: CommandHelp = {
  usage: 'byok models [options]',
  says: `The models of ${ionet.name} on OpenRouter now: context, prices in US dollars per million tokens, quantisation, parameters. Needs no key.`,
  options: {
    'base-url': { value: '<url>', says: 'default https://openrouter.ai/api/v1' },
    json: { says: 'the endpoints as JSON' },
  },
};

interface EndpointRow {
  model_id?: string;
  provider_name?: string;
  tag?: string;
  context_length?: number;
  quantization?: string | null;
  pricing?: { prompt?: string; completion?: string };
  supported_parameters?: string[];
}

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
    const listed = await read<{ id: string }[]>(`/models?providers=${ionet.slug}`, { baseUrl, dispatcher });
    for (const { id } of listed) {
      const { endpoints } = await read<{ endpoints: EndpointRow[] }>(`/models/${id}/endpoints`, {
        baseUrl,
        dispatcher,
      });
      rows.push(
        ...endpoints.filter(({ provider_name }) => provider_name === ionet.name).map((row) => ({ model: id, ...row })),
      );
    }
    process.stdout.write(args.flag('json') ? `${JSON.stringify(rows, null, 2)}\n` : rows.map(inWords).join(''));
    return rows.length > 0 ? 0 : 3;
  } finally {
    await dispatcher.close();
  }
}

async function read<Data>(
  path: string,
  { baseUrl, dispatcher }: { baseUrl: string; dispatcher: Agent },
): Promise<Data> {
  const call = { method: 'GET', path, headers: { 'user-agent': `byok-conformance/${harnessVersion}` } } as const;
  const { response, end, json, text } = readExchange(await send(call, { baseUrl, dispatcher, clock: systemClock }));
  const data = (json as { data?: Data } | undefined)?.data;
  if (response?.status === 200 && data !== undefined) return data;
  const found =
    response === undefined
      ? [end.how, end.code, end.message].filter(Boolean).join(' ')
      : `${response.status} ${text.slice(0, 200)}`;
  throw new HarnessError('E_NETWORK', `GET ${baseUrl}${path}: expected a listing, found ${found}.`);
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
