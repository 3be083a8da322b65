import { createHash } from 'node:crypto';
import type { Dispatcher } from 'undici';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import { excerpt } from '../exchange/excerpt.ts';
import type { Call, Exchange } from '../exchange/exchange.ts';
import { inferenceHeaders } from '../exchange/inference-headers.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import { send } from '../exchange/send.ts';
import { ionet } from '../provider.ts';
import { CouldNotSee } from './could-not-see.ts';

interface Options {
  /** No trailing slash, as both addresses. */
  baseUrl: string;
  /** The provider's own API. */
  providerUrl: string;
  keys: { openRouter: string; management: string | null; provider: string | null };
  /** OpenRouter id. */
  model: string;
  dispatcher: Dispatcher;
  clock: Clock;
}

type Question = Pick<Call, 'method' | 'path' | 'body'>;

/** What the steps can see of the set-up. Every call is a read, or one small request for an answer. */
export interface World extends Pick<Options, 'model' | 'keys' | 'clock'> {
  /** SHA-256 of the OpenRouter key, by which the management API names it. */
  keyHash: string;
  /** OpenRouter, with the customer's key. Throws CouldNotSee without an answer, as the other two. */
  ask(question: Question): Promise<Exchange>;
  /** OpenRouter, with the management key. */
  manage(path: string): Promise<Exchange>;
  /** The provider itself, with its key. */
  askProvider(question: Question): Promise<Exchange>;
}

// Somebody waits for this in a terminal.
const limits = { headers: 60_000, total: 90_000 };

export function openWorld({ baseUrl, providerUrl, keys, model, dispatcher, clock }: Options): World {
  const unreachable = new Map<string, CouldNotSee>();

  async function call(base: string, key: string, question: Question): Promise<Exchange> {
    const known = unreachable.get(base);
    if (known !== undefined) throw known;
    const headers = {
      authorization: `Bearer ${key}`,
      ...(question.method === 'POST' && base === baseUrl && inferenceHeaders),
    };
    const exchange = readExchange(await send({ ...question, headers }, { baseUrl: base, dispatcher, clock, limits }));
    const { response, end } = exchange;
    if (response !== undefined && end.how === 'complete') return exchange;
    const lost = new CouldNotSee(
      `${question.method} ${base}${question.path} got no whole answer: ${[end.how, end.code].filter(Boolean).join(', ')}.`,
    );
    // One look is enough for a host that nobody can reach.
    if (end.how === 'not-connected' || end.code === 'connect') unreachable.set(base, lost);
    throw lost;
  }

  return {
    model,
    keys,
    clock,
    keyHash: createHash('sha256').update(keys.openRouter).digest('hex'),
    ask: (question) => call(baseUrl, keys.openRouter, question),
    async manage(path) {
      const variable = 'OPENROUTER_MANAGEMENT_KEY';
      if (keys.management === null)
        throw new CouldNotSee(`This takes a management key: ${variable} is not set.`, variable);
      return call(baseUrl, keys.management, { method: 'GET', path });
    },
    async askProvider(question) {
      if (keys.provider === null)
        throw new CouldNotSee(`This takes a key of ${ionet.name}: ${ionet.keyVariable} is not set.`, ionet.keyVariable);
      return call(providerUrl, keys.provider, question);
    },
  };
}

/**
 * The `data` of a good answer.
 *
 * @throws CouldNotSee for any other status or form
 */
export function dataOf<Data extends z.ZodType>(exchange: Exchange, schema: Data): z.infer<Data> {
  const data = (exchange.json as { data?: unknown } | undefined)?.data;
  const result = schema.safeParse(data);
  if (exchange.response?.status === 200 && result.success) return result.data;
  throw new CouldNotSee(`${exchange.call.method} ${exchange.call.path} was answered with ${inWords(exchange)}.`);
}

/** Status and beginning of an answer. */
export function inWords({ response, json, text }: Exchange): string {
  const error = (json as { error?: { message?: unknown } } | undefined)?.error;
  const message = typeof error?.message === 'string' ? error.message : text.trim();
  return `${response?.status} ${excerpt(message)}`.trim();
}

/** When the server answered, by its own clock: this machine's may be wrong. */
export function answeredAt({ response }: Exchange): number {
  return Date.parse(response?.headers['date'] ?? '');
}
