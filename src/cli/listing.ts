import type { Dispatcher } from 'undici';
import { systemClock } from '../clock.ts';
import { HarnessError } from '../errors.ts';
import type { Price } from '../exchange/budget.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import { send } from '../exchange/send.ts';
import { ionet } from '../provider.ts';

export interface Where {
  /** No trailing slash. */
  baseUrl: string;
  dispatcher: Dispatcher;
}

/** A row of GET /models/{author}/{slug}/endpoints, as far as it is used here. */
export interface EndpointRow {
  model_id?: string;
  provider_name?: string;
  tag?: string;
  context_length?: number;
  max_completion_tokens?: number | null;
  quantization?: string | null;
  pricing?: { prompt?: string; completion?: string };
  supported_parameters?: string[];
}

/** An item of GET /models, as far as it is used here. */
interface ModelRow {
  id: string;
  context_length?: number;
  pricing?: EndpointRow['pricing'];
  top_provider?: { max_completion_tokens?: number | null };
}

/**
 * The models of the provider now, each with a price as the list has it.
 *
 * @throws HarnessError E_NETWORK
 */
export async function listModels(where: Where): Promise<Map<string, Price | null>> {
  const rows = await readListing<ModelRow[]>(`/models?providers=${ionet.slug}`, where);
  return new Map(
    rows.map(({ id, context_length, pricing, top_provider }) => [
      id,
      dearestOf([{ context_length, pricing, max_completion_tokens: top_provider?.max_completion_tokens }]),
    ]),
  );
}

/**
 * @param model OpenRouter id
 * @throws HarnessError E_NETWORK
 */
export async function listEndpoints(model: string, where: Where): Promise<EndpointRow[]> {
  const { endpoints } = await readListing<{ endpoints: EndpointRow[] }>(`/models/${model}/endpoints`, where);
  return endpoints;
}

type Priced = { [K in 'context_length' | 'pricing' | 'max_completion_tokens']?: EndpointRow[K] | undefined };

/** The most that any of the endpoints asks; null when one of them does not say. */
export function dearestOf(endpoints: readonly Priced[]): Price | null {
  const isPrice = (text: string | undefined) => text !== undefined && text !== '' && Number(text) >= 0;
  if (endpoints.length === 0) return null;
  if (!endpoints.every(({ pricing }) => isPrice(pricing?.prompt) && isPrice(pricing?.completion))) return null;
  const most = (figure: (row: Priced) => unknown) => Math.max(0, ...endpoints.map((row) => Number(figure(row)) || 0));
  return {
    prompt: most(({ pricing }) => pricing?.prompt),
    completion: most(({ pricing }) => pricing?.completion),
    maxCompletionTokens: most((row) => row.max_completion_tokens ?? row.context_length),
  };
}

async function readListing<Data>(path: string, { baseUrl, dispatcher }: Where): Promise<Data> {
  const call = { method: 'GET', path, headers: {} } as const;
  const { response, end, json, text } = readExchange(await send(call, { baseUrl, dispatcher, clock: systemClock }));
  const data = (json as { data?: Data } | undefined)?.data;
  if (response?.status === 200 && data !== undefined) return data;
  const found =
    response === undefined
      ? [end.how, end.code, end.message].filter(Boolean).join(' ')
      : `${response.status} ${text.slice(0, 200)}`;
  throw new HarnessError('E_NETWORK', `GET ${baseUrl}${path}: expected a listing, found ${found}.`);
}
