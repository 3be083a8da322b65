import { isUtf8 } from 'node:buffer';
import { carriesContent } from './carries-content.ts';
import type { Exchange, StreamItem, Timing, WireExchange, WireFact } from './exchange.ts';
import { excerpt } from './excerpt.ts';
import { mediaType } from './media-type.ts';
import { parseJson } from './parse-json.ts';
import { readStream } from './read-stream.ts';
import { illFormed } from './utf8.ts';

/**
 * Reads what came over the wire. The content type says what the body is, unless the body is plainly something else: an
 * event stream under another type, or JSON under the type of a stream. Both are read as what they are and kept as facts.
 */
export function readExchange(wire: WireExchange): Exchange {
  const type = mediaType(wire.response?.headers);
  const body = joined(wire);
  const text = new TextDecoder().decode(body);
  const content = /^(?:audio|image|video)\/|^application\/octet-stream$/.test(type)
    ? { json: undefined, stream: null, facts: [] }
    : readContent(wire, { type, body, text });
  return { ...wire, body, text, ...content, timing: timingOf(wire, content.stream) };
}

interface Content {
  json: unknown;
  stream: StreamItem[] | null;
  facts: WireFact[];
}

function readContent(
  wire: WireExchange,
  { type, body, text }: { type: string; body: Uint8Array; text: string },
): Content {
  const facts = encodingFacts(body);
  const announced = type === 'text/event-stream';
  if (announced || /^(?:data|event|id|retry)?:/.test(text)) {
    const { items, unframed, facts: found } = readStream(wire.chunks, text);
    facts.push(...found);
    if (!announced && type !== '') {
      facts.push({
        code: 'content-type-mismatch',
        where: 'header content-type',
        detail: `${type}, but the body is an event stream`,
      });
    }
    const isStream = items.length > 0 || unframed === undefined;
    return { json: unframed, stream: isStream ? items : null, facts };
  }
  const announcedJson = /^application\/(?:.+\+)?json$/.test(type);
  const json = announcedJson || /^\s*[{[]/.test(text) ? parseJson(text) : undefined;
  if (json === undefined && announcedJson && wire.response?.status !== 204) {
    facts.push({
      code: 'invalid-json-body',
      where: 'body',
      detail: text.trim() === '' ? 'empty' : excerpt(text.trim()),
    });
  }
  return { json, stream: null, facts };
}

function joined({ chunks }: WireExchange): Uint8Array {
  return chunks.length === 1 && chunks[0] ? chunks[0].bytes : Buffer.concat(chunks.map(({ bytes }) => bytes));
}

function encodingFacts(body: Uint8Array): WireFact[] {
  const facts: WireFact[] = [];
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    facts.push({ code: 'bom', where: 'byte 0', detail: 'the body starts with a byte order mark' });
  }
  if (isUtf8(body)) return facts;
  const sequences = illFormed(body);
  const broken = sequences.filter(({ cut }) => !cut);
  for (const { from, to } of broken.slice(0, 1)) {
    const detail = `${hex(body, from, to)}, the first of ${broken.length} ill-formed sequence(s)`;
    facts.push({ code: 'invalid-utf8', where: `byte ${from}`, detail });
  }
  for (const { from, to } of sequences.filter(({ cut }) => cut)) {
    facts.push({
      code: 'invalid-utf8',
      where: `byte ${from}`,
      detail: `${hex(body, from, to)}, the body ends inside a character`,
    });
  }
  return facts;
}

function hex(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('hex');
}

function timingOf({ response, chunks, end }: WireExchange, stream: StreamItem[] | null): Timing {
  return {
    headers: response?.headersAt ?? null,
    firstByte: chunks.find(({ bytes }) => bytes.length > 0)?.at ?? null,
    firstContent: stream?.find((item) => item.kind === 'event' && carriesContent(parseJson(item.data)))?.at ?? null,
    total: end.at,
  };
}
