import type { EvidenceName, Subject } from '../checks/check.ts';
import { stringAt } from '../checks/reading.ts';
import { endpointOf, pathWithoutQuery } from '../checks/recognise.ts';
import { readAnswer } from '../exchange/answer.ts';
import { HarnessError } from '../errors.ts';
import type { Exchange, WireExchange } from '../exchange/exchange.ts';
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
  const found = { records: new Map<string, Exchange>(), endpoints: new Map<string, Exchange>() };
  // A slash may be written `\/`.
  const may = (bytes: Buffer) => bytes.includes('generation?') || bytes.includes('endpoints');
  try {
    for await (const entry of capture.entries(may)) if (entry.kind === 'exchange') keep(entry.wire, found);
  } catch (error) {
    // Whoever reads the capture to judge it comes to the same place, after all that stands before it.
    if (!(error instanceof HarnessError)) throw error;
  }
  return found;
}

function keep(wire: WireExchange, { records, endpoints }: { [name in keyof Lookups]: Map<string, Exchange> }): void {
  if (wire.response?.status !== 200) return;
  const { method, path } = wire.call;
  const kind = endpointOf(method, path);
  if (kind === 'generation') {
    const id = new URLSearchParams(path.split('?', 2)[1]).get('id');
    if (id !== null) records.set(id, readExchange(wire));
  } else if (kind === 'model-endpoints') {
    const model = pathWithoutQuery(path).replace(/^\/models\/|\/endpoints$/g, '');
    endpoints.set(model, readExchange(wire));
  }
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
