import type { Subject } from './check.ts';
import { answerOf, at, isObject, listAt, parts, place, stringAt, type JsonObject } from './reading.ts';

/** `data` of the generation record, undefined when it was not collected or not found. */
export function recordOf({ evidence }: Subject): JsonObject | undefined {
  const exchange = evidence.generation;
  const data = at(exchange?.json, 'data');
  return exchange?.response?.status === 200 && isObject(data) ? data : undefined;
}

/** One statement of who served. */
export interface ServedBy {
  provider: string;
  where: string;
  source: 'body' | 'metadata' | 'record';
}

/** Everything that says who served the answer, each distinct statement once. */
export function providersOf(subject: Subject): ServedBy[] {
  const record = recordOf(subject);
  const stated = stringAt(record, 'provider_name');
  return [
    ...providersInBody(subject),
    ...selectedEndpoints(subject).map(({ provider, where }) => ({ provider, where, source: 'metadata' as const })),
    ...(stated === undefined
      ? []
      : [{ provider: stated, where: 'generation /data/provider_name', source: 'record' as const }]),
  ];
}

function providersInBody(subject: Subject): ServedBy[] {
  const seen = new Set<string>();
  return parts(subject).flatMap(({ where, json }) => {
    // A stream of /messages names the provider once, in its first event.
    const named = typeof json['provider'] === 'string' ? '/provider' : '/message/provider';
    const provider = at(json, ...named.split('/').slice(1));
    if (typeof provider !== 'string' || json['debug'] !== undefined || seen.has(provider)) return [];
    seen.add(provider);
    return [{ provider, where: place(where, named), source: 'body' as const }];
  });
}

/** The endpoints that the routing metadata marks as selected. */
export function selectedEndpoints(subject: Subject): { provider: string; where: string }[] {
  return listAt(answerOf(subject)?.metadata, 'endpoints', 'available').flatMap((endpoint, index) =>
    at(endpoint, 'selected') === true
      ? [
          {
            provider: stringAt(endpoint, 'provider') ?? '',
            where: `/openrouter_metadata/endpoints/available/${index}`,
          },
        ]
      : [],
  );
}

/**
 * Whose key paid, as far as the answer says. A streamed message has no `is_byok` in its usage: its metadata and its generation
 * record have to say it. Source: MessagesDeltaEvent in the OpenAPI document.
 */
export function isByokOf(subject: Subject): { value: unknown; where: string } {
  const inUsage = { value: at(answerOf(subject)?.usage, 'is_byok'), where: '/usage/is_byok' };
  if (inUsage.value !== undefined || !isStreamedMessage(subject)) return inUsage;
  const elsewhere = [
    { value: at(answerOf(subject)?.metadata, 'is_byok'), where: '/openrouter_metadata/is_byok' },
    { value: at(recordOf(subject), 'is_byok'), where: 'generation /data/is_byok' },
  ];
  return elsewhere.find(({ value }) => value !== undefined) ?? inUsage;
}

export function isStreamedMessage({ endpoint, exchange }: Subject): boolean {
  return endpoint === 'messages' && exchange.stream !== null;
}

/** Whether two names mean one provider: display name or slug, whatever the case, e.g. `Io Net` and `io-net/fp8`. */
export function sameProvider(a: string, b: string): boolean {
  return slugOf(a) === slugOf(b);
}

function slugOf(name: string): string {
  return (name.split('/', 1)[0] ?? name)
    .trim()
    .toLowerCase()
    .replaceAll(/[\s._-]+/g, '-');
}
