import { readExchange } from '../exchange/read-exchange.ts';
import type { WireExchange } from '../exchange/exchange.ts';
import { readSkin } from '../exchange/skin.ts';
import { parseJson } from '../exchange/parse-json.ts';
import { at, isObject, numberAt } from '../checks/reading.ts';

/** What nobody can see from a body alone. */
export interface RawOptions {
  /** Path below the base URL. Left out: what the body says it is, else /chat/completions. */
  endpoint?: string;
  /** The body was asked for as a stream. Left out: it looks like one. */
  stream?: boolean;
}

const paths = {
  chat: '/chat/completions',
  completions: '/completions',
  responses: '/responses',
  messages: '/messages',
};

/** The exchange of a body without anything around it. */
export function rawExchange(bytes: Buffer, { endpoint, stream = false }: RawOptions): WireExchange {
  const streamed = stream || /^(?:data|event|id|retry)?:/.test(bytes.subarray(0, 64).toString().trimStart());
  const bare = wireOf(bytes, '', streamed);
  const skin = readSkin(readExchange(bare));
  return wireOf(bytes, endpoint === undefined ? paths[skin ?? 'chat'] : pathOf(endpoint), streamed);
}

/** Whether a body says by itself that it is an answer of the API. */
export function isAnswerBody(bytes: Buffer): boolean {
  const exchange = readExchange(wireOf(bytes, '', false));
  return readSkin(exchange) !== null || isFailure(exchange.json) || (exchange.stream?.length ?? 0) > 0;
}

function wireOf(bytes: Buffer, path: string, streamed: boolean): WireExchange {
  const method = path === '' || /^\/(?:chat\/completions|completions|responses|messages)$/.test(path) ? 'POST' : 'GET';
  return {
    call: { method, path, headers: {}, ...(method === 'POST' && { body: { stream: streamed } }) },
    response: { status: statusOf(bytes), headers: {}, headersAt: 0 },
    chunks: [{ at: 0, bytes }],
    end: { how: 'complete', at: 0 },
  };
}

/** The status is not in the body, but that of a failure stands in its code too. */
function statusOf(bytes: Buffer): number {
  const json = parseJson(bytes.toString());
  const code = isFailure(json) ? numberAt(json, 'error', 'code') : undefined;
  return code !== undefined && Number.isInteger(code) && code >= 400 && code <= 599 ? code : 200;
}

function isFailure(json: unknown): boolean {
  return (
    isObject(at(json, 'error')) && !['choices', 'output', 'content'].some((field) => at(json, field) !== undefined)
  );
}

function pathOf(endpoint: string): string {
  return endpoint.replace(/^(?:https?:\/\/[^/]+)?(?:\/api\/v1)?(?=\/)/, '').replace(/^(?!\/)/, '/');
}
