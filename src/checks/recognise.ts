import type { Call, Exchange } from '../exchange/exchange.ts';
import { mediaType } from '../exchange/media-type.ts';
import { parseJson } from '../exchange/parse-json.ts';
import { readSkin } from '../exchange/skin.ts';
import type { Endpoint, Subject } from './check.ts';
import { at, numberAt } from './reading.ts';

const routes: readonly (readonly [RegExp, Endpoint])[] = [
  [/^\/chat\/completions$/, 'chat'],
  [/^\/completions$/, 'completions'],
  [/^\/responses$/, 'responses'],
  [/^\/messages$/, 'messages'],
  [/^\/generation$/, 'generation'],
  [/^\/key$/, 'key'],
  [/^\/credits$/, 'credits'],
  [/^\/models$/, 'models'],
  [/^\/model\/[^/]+\/[^/]+$/, 'model-single'],
  [/^\/models\/[^/]+\/[^/]+\/endpoints$/, 'model-endpoints'],
  [/^\/endpoints\/zdr$/, 'endpoints-zdr'],
  [/^\/providers$/, 'providers'],
  [/^\/byok(\/[^/]+)?$/, 'byok'],
  [/^\/keys(\/[^/]+)?$/, 'keys'],
  [/^\/guardrails(\/.+)?$/, 'guardrails'],
  [/^\/workspaces(\/[^/]+)?$/, 'workspaces'],
  [/^\/workspaces\/[^/]+\/budgets(\/[^/]+)?$/, 'budgets'],
];

const methods: Partial<Record<Endpoint, Call['method']>> = {
  chat: 'POST',
  completions: 'POST',
  responses: 'POST',
  messages: 'POST',
  generation: 'GET',
  key: 'GET',
  credits: 'GET',
  models: 'GET',
  'model-single': 'GET',
  'model-endpoints': 'GET',
  'endpoints-zdr': 'GET',
  providers: 'GET',
};

/** The API a call speaks to. `path` is below the base URL; a query does not matter. */
export function endpointOf(method: Call['method'], path: string): Endpoint {
  const bare = pathWithoutQuery(path);
  const endpoint = routes.find(([pattern]) => pattern.test(bare))?.[1] ?? 'other';
  const only = methods[endpoint];
  return only === undefined || only === method ? endpoint : 'other';
}

export function pathWithoutQuery(path: string): string {
  return path.split('?', 1)[0] ?? path;
}

/** A subject without expectations, as for captured traffic; `extra` adds what the caller knows. */
export function subjectOf(exchange: Exchange, extra: Partial<Subject> = {}): Subject {
  const { method, path, body } = exchange.call;
  const byPath = endpointOf(method, path);
  return {
    endpoint: byPath === 'other' && path === '' ? (readSkin(exchange) ?? 'other') : byPath,
    streamed: at(body, 'stream') === true || (body === undefined && isStream(exchange)),
    exchange,
    expect: {},
    evidence: {},
    ...dayOf(exchange),
    ...extra,
  };
}

/** A body without anything around it may be of any age: it says itself when it was made. A real exchange has headers. */
function dayOf({ json, stream, response }: Exchange): Pick<Subject, 'madeAt'> {
  if (Object.keys(response?.headers ?? {}).length > 0) return {};
  const first = stream?.find((item) => item.kind === 'event');
  const part = first === undefined ? json : parseJson(first.data);
  const places = [['created'], ['created_at'], ['response', 'created_at']];
  const created = places.map((place) => numberAt(part, ...place)).find((time) => time !== undefined) ?? 0;
  return created > 1e9 && created < 1e10 ? { madeAt: new Date(created * 1000).toISOString().slice(0, 10) } : {};
}

function isStream({ stream, response }: Exchange): boolean {
  return stream !== null || mediaType(response?.headers) === 'text/event-stream';
}
