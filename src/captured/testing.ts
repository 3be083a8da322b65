import { gzipSync } from 'node:zlib';
import { id, result } from '../checks/testing.ts';
import type { Entry } from './entry.ts';
import { openCapture } from './open-capture.ts';
import { bytesSource, type Source } from './source.ts';

type Json = { [field: string]: unknown };

/** One call and its answer, in no recorder's words yet. */
interface Happened {
  method?: string;
  url?: string;
  request?: unknown;
  status?: number;
  /** Further headers of the answer. */
  headers?: Record<string, string>;
  requestHeaders?: Record<string, string>;
  body?: string;
  type?: string;
}

const api = 'https://openrouter.ai/api/v1';

export const chatUrl = `${api}/chat/completions`;

export const stream = [
  ': OPENROUTER PROCESSING\n\n',
  `data: ${JSON.stringify({ ...result(), object: 'chat.completion.chunk', choices: [{ index: 0, delta: { role: 'assistant', content: 'ok' }, finish_reason: 'stop', native_finish_reason: 'stop' }] })}\n\n`,
  'data: [DONE]\n\n',
].join('');

export const record = {
  method: 'GET',
  url: `${api}/generation?id=${id}`,
  body: JSON.stringify({
    data: {
      id,
      model: 'qwen/qwen3.6-27b',
      provider_name: 'Io Net',
      is_byok: true,
      native_tokens_prompt: 10,
      native_tokens_completion: 2,
      usage: 0,
      total_cost: 0,
      upstream_inference_cost: 0.0000104,
      finish_reason: 'stop',
    },
  }),
};

function headersOf(headers: Record<string, string>): { name: string; value: string }[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

/** What all recorders have in common. */
function entry(happened: Happened, content: Json, response: Json = {}): Json {
  const { method = 'POST', url = chatUrl, request = { model: 'qwen/qwen3.6-27b' } } = happened;
  const { status = 200, headers = {}, requestHeaders = {}, type = 'application/json' } = happened;
  return {
    startedDateTime: '2026-11-20T10:00:00.000Z',
    time: 120.5,
    request: {
      method,
      url,
      httpVersion: 'HTTP/2.0',
      headers: headersOf(requestHeaders),
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: -1,
      ...(method === 'POST' && { postData: { mimeType: 'application/json', text: JSON.stringify(request) } }),
    },
    response: {
      status,
      statusText: 'OK',
      httpVersion: 'HTTP/2.0',
      headers: headersOf({ 'content-type': type, ...headers }),
      cookies: [],
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
      content,
      ...response,
    },
    cache: {},
    timings: { send: 1, wait: 80, receive: 39.5 },
  };
}

function plain({ body = JSON.stringify(result()), type = 'application/json' }: Happened): Json {
  return { size: Buffer.byteLength(body), mimeType: type, text: body };
}

/** Entries as each recorder writes them. */
export const recorders = {
  /** A size, the text, names with an underscore, and the pseudo headers of HTTP/2. */
  chrome: (happened: Happened = {}): Json => ({
    _initiator: { type: 'script' },
    _priority: 'High',
    _resourceType: 'fetch',
    ...entry(
      { ...happened, requestHeaders: { ':method': 'POST', ':authority': 'openrouter.ai', ...happened.requestHeaders } },
      plain(happened),
      { _transferSize: 900, _error: null },
    ),
    pageref: 'page_1',
    serverIPAddress: '104.18.2.115',
  }),
  /** Chrome keeps nothing of many streams. */
  chromeStream: (happened: Happened = {}): Json =>
    entry({ ...happened, type: 'text/event-stream' }, { size: 0, mimeType: 'text/event-stream' }, { _error: null }),
  /** A compressed size beside the text, and the time with its zone. */
  firefox: (happened: Happened = {}): Json => ({
    ...entry(happened, plain(happened), { bodySize: 300 }),
    startedDateTime: '2026-11-20T11:00:00.000+01:00',
  }),
  firefoxCut: (happened: Happened = {}): Json =>
    entry(happened, { ...plain(happened), comment: 'Response bodies are truncated.' }),
  /** Anything that does not look like text is base64; sizes are those of the compressed body. */
  mitmproxy: (happened: Happened = {}): Json => {
    const { body = JSON.stringify(result()), type = 'application/json' } = happened;
    return entry(happened, {
      size: 200,
      compression: Buffer.byteLength(body) - 200,
      mimeType: type,
      text: Buffer.from(body).toString('base64'),
      encoding: 'base64',
    });
  },
  /** Base64 with the compression still on it, and fields left out. */
  charles: (happened: Happened = {}): Json => {
    const { body = JSON.stringify(result()), type = 'application/json' } = happened;
    const { request, response, startedDateTime } = entry(
      { ...happened, headers: { ...happened.headers, 'content-encoding': 'gzip' } },
      { mimeType: type, text: gzipSync(body).toString('base64'), encoding: 'base64' },
    );
    return { request, response, startedDateTime };
  },
  /** Little more than what is required. */
  proxyman: (happened: Happened = {}): Json => {
    const { request, response } = entry(happened, plain(happened)) as { request: Json; response: Json };
    const { method, url, headers, postData } = request;
    return {
      request: { method, url, headers, postData },
      response: { status: response['status'], headers: response['headers'], content: response['content'] },
    };
  },
};

export function har(entries: readonly unknown[]): string {
  return JSON.stringify(
    { log: { version: '1.2', creator: { name: 'any', version: '1' }, pages: [], entries } },
    null,
    2,
  );
}

export function sourceOf(text: string | Uint8Array, name = 'session.har'): Source {
  return bytesSource(name, Buffer.from(text as string));
}

/** What a capture holds. */
export async function entriesOf(text: string): Promise<Entry[]> {
  return collected((await openCapture(sourceOf(text), {})).entries());
}

export async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
