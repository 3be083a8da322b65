import type { EvidenceName, Subject } from '../checks/check.ts';
import { stringAt } from '../checks/reading.ts';
import { endpointOf, pathWithoutQuery } from '../checks/recognise.ts';
import { readAnswer } from '../exchange/answer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import type { OpenCapture } from './open-capture.ts';

/** What was looked up about answers in the same capture, by what it is about. */
export interface Lookups {
  /** By generation id. */
  records: ReadonlyMap<string, Exchange>;
  /** By model id. */
  endpoints: ReadonlyMap<string, Exchange>;
}

/**
 * Collects the generation records and endpoint listings of a capture, wherever in it they stand. A record that was not there yet
 * (404) is no evidence of anything.
 */
export async function collectLookups(capture: OpenCapture): Promise<Lookups> {
  const [records, endpoints] = [new Map<string, Exchange>(), new Map<string, Exchange>()];
  // A slash may be written `\/`.
  const may = (bytes: Buffer) => bytes.includes('generation?') || bytes.includes('endpoints');
  for await (const entry of capture.entries(may)) {
    if (entry.kind !== 'exchange' || entry.wire.response?.status !== 200) continue;
    const { method, path } = entry.wire.call;
    const kind = endpointOf(method, path);
    if (kind === 'generation') {
      const id = new URL(path, 'http://any').searchParams.get('id');
      if (id !== null) records.set(id, readExchange(entry.wire));
    } else if (kind === 'model-endpoints') {
      const model = decodeURIComponent(pathWithoutQuery(path)).replace(/^\/models\/|\/endpoints$/g, '');
      endpoints.set(model, readExchange(entry.wire));
    }
  }
  return { records, endpoints };
}

/** What the lookups say about one answer. */
export function evidenceFor(exchange: Exchange, { records, endpoints }: Lookups): Subject['evidence'] {
  const answer = readAnswer(exchange);
  const id = exchange.response?.headers['x-generation-id'] ?? answer?.id ?? '';
  const model = stringAt(exchange.call.body, 'model') ?? answer?.model ?? '';
  const found: [EvidenceName, Exchange | undefined][] = [
    ['generation', records.get(id)],
    ['endpoints', endpoints.get(model)],
  ];
  return Object.fromEntries(found.filter(([, exchange]) => exchange !== undefined));
}
