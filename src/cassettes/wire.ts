import type { Call, WireExchange } from '../exchange/exchange.ts';
import { sortKeys } from './canonical.ts';
import { decodeChunk, encodeChunk, roundMs } from './chunks.ts';
import type { Recording } from './format.ts';
import type { Redactor } from './redact.ts';

/** Describe the connection or the moment rather than the answer, or carry a cookie's value. */
const NOT_KEPT = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']);
const COOKIES = new Set(['set-cookie', 'cookie']);

/** An exchange as a cassette keeps it: the headers that matter, times rounded, secrets replaced. */
export function toRecording(wire: WireExchange, credential: string, redact: Redactor): Recording {
  const { call, response, chunks, end } = wire;
  return {
    credential,
    request: {
      method: call.method,
      path: redact.text(call.path),
      headers: pick(call.headers, keptOfRequest, redact),
      ...(call.body !== undefined && { body: sortKeys(redact.value(call.body)) }),
    },
    ...(response && {
      response: {
        status: response.status,
        headers: pick(response.headers, (name) => !NOT_KEPT.has(name), redact),
        headersAt: roundMs(response.headersAt),
      },
    }),
    chunks: chunks.map(({ at, bytes }) => encodeChunk({ at, bytes: redact.bytes(bytes) })),
    end: {
      ...end,
      at: roundMs(end.at),
      ...(end.message !== undefined && { message: withoutPort(redact.text(end.message)) }),
    },
  };
}

/** The exchange a recording stands for. */
export function fromRecording({ request, response, chunks, end }: Recording): WireExchange {
  return {
    call: request satisfies Call,
    ...(response && { response }),
    chunks: chunks.map((chunk) => ({ at: chunk.at, bytes: decodeChunk(chunk) })),
    end,
  };
}

function keptOfRequest(name: string): boolean {
  return name === 'content-type' || name === 'accept' || name.startsWith('x-openrouter-');
}

function pick(
  headers: Record<string, string>,
  kept: (name: string) => boolean,
  redact: Redactor,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => kept(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, COOKIES.has(name) ? '{cookie}' : redact.text(value)]),
  );
}

/** The system chooses the port of a loopback server anew in each recording. */
function withoutPort(message: string): string {
  return message.replace(/(127\.0\.0\.1|::1\]?|localhost):\d+/g, '$1:{port}');
}
