import { readAnswer } from '../exchange/answer.ts';
import type { Call, Exchange } from '../exchange/exchange.ts';
import type { StepSummary } from '../report/events.ts';
import { viewOf } from './exchange-view.ts';

/** What a reader of the report needs to know of one exchange. */
export function summaryOf(step: string, given: string, exchange: Exchange, baseUrl: string): StepSummary {
  const { response, end, timing, call } = exchange;
  const answer = readAnswer(exchange);
  const usage = answer?.usage;
  const isByok = usage?.['is_byok'];
  return compact({
    step,
    given,
    status: response?.status ?? null,
    end: end.how,
    provider: answer?.provider,
    isByok: typeof isByok === 'boolean' ? isByok : undefined,
    generationId: answer?.id ?? response?.headers['x-generation-id'],
    requestId: response?.headers['request-id'] ?? response?.headers['cf-ray'],
    costUsd: numberOr(usage?.['cost']),
    providerCostUsd: isByok === true ? numberOr(readPath(usage, 'cost_details', 'upstream_inference_cost')) : undefined,
    promptTokens: numberOr(usage?.['prompt_tokens']),
    completionTokens: numberOr(usage?.['completion_tokens']),
    firstContentMs: timing.firstContent ?? undefined,
    curl: curlOf(call, given, baseUrl),
    exchange: viewOf(exchange, keyVariable(given)),
  });
}

/** A shell command that makes the same request and shows status, headers and body; keys are taken from the environment. */
function curlOf({ method, path, headers, body }: Call, given: string, baseUrl: string): string {
  const shown = Object.entries(headers)
    .filter(([name]) => !['user-agent', 'authorization', 'accept'].includes(name))
    .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  return [
    'curl -isSN',
    method === 'GET' ? '' : `-X ${method}`,
    quoted(baseUrl + path),
    'authorization' in headers ? `-H "Authorization: Bearer ${keyOf(given)}"` : '',
    ...shown,
    body === undefined ? '' : `-d ${quoted(JSON.stringify(body))}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** In double quotes of a shell. A key that was made for the run is gone: without one like it the command says so and sends nothing. */
function keyOf(given: string): string {
  if (given === 'unknown-key') return 'nobody-issued-this-key';
  if (given === 'customer' || given === 'management-key') return `$${keyVariable(given)}`;
  return `\${GIVEN_KEY:?set it to a key as the given ${given} makes one}`;
}

function keyVariable(given: string): string {
  return given === 'management-key' ? 'OPENROUTER_MANAGEMENT_KEY' : 'OPENROUTER_API_KEY';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function readPath(value: unknown, ...names: string[]): unknown {
  return names.reduce((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], value);
}

function numberOr(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function compact(summary: { [K in keyof StepSummary]: StepSummary[K] | undefined | null }): StepSummary {
  return Object.fromEntries(
    Object.entries(summary).filter(([name, value]) => name === 'status' || (value !== undefined && value !== null)),
  ) as unknown as StepSummary;
}
