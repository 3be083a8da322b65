import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../clock.ts';
import { clientGone, readJson, sendJson, startServer } from '../http.ts';
import { type Random, seededRandom } from '../random.ts';
import { completionOf, type Envelope, eventsOf } from './answer.ts';
import { deliverStream, deliverWhole, type Failure, failInstead } from './delivery.ts';
import { createKeyRing, type Ledger, type ProviderKeys } from './keys.ts';
import { modelList, providerModels } from './models.ts';
import { type ChatRequest, chatRequest, validationDetail } from './request.ts';
import { type Reply, standIn } from './stand-in.ts';

/** The provider's API, and other hosts of the same models, on loopback. */
export interface Provider {
  /** Base URL of the provider's own API, ending in `/api/v1`. */
  url: string;
  /** Base URL of another host's API; every slug has one. It takes the pool key and any model id, and charges nobody. */
  hostUrl(slug: string): string;
  keys: ProviderKeys;
  ledger(): Ledger;
  /** What goes wrong from now on: at `own`, the provider's own API, at a host, by its slug, or `everywhere`. Delete an entry to mend it. */
  failures: Partial<Record<string, Failure>>;
  close(): Promise<void>;
}

const BODY_LIMIT_BYTES = 32 * 1024 * 1024;
const HOST_PATH = /^\/hosts\/([^/]+)\/v1\/chat\/completions$/;

/** Starts the provider's API; forms and statuses after https://io.net/docs/reference/ai-models/get-started-with-io-intelligence-api */
export async function startProvider({ clock, seed }: { clock: Clock; seed: string }): Promise<Provider> {
  const ring = createKeyRing(seededRandom(`${seed} provider keys`));
  const randomFor = randomPerRequest(seed);
  const failures: Provider['failures'] = {};

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const host = HOST_PATH.exec(path)?.[1];
    if (request.method === 'GET' && path === '/api/v1/models') {
      const key = ring.admit(request.headers.authorization, 'list');
      return typeof key === 'object'
        ? sendDetail(response, key.status, key.detail)
        : sendJson(response, 200, modelList());
    }
    if (request.method === 'POST' && (host !== undefined || path === '/api/v1/chat/completions')) {
      return chat(host, request, response);
    }
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not Found');
  }

  async function chat(host: string | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const read = await readJson(request, BODY_LIMIT_BYTES);
    const key = ring.admit(request.headers.authorization, 'infer');
    if (typeof key === 'object') return sendDetail(response, key.status, key.detail);
    if (host !== undefined && key !== 'pool') return sendDetail(response, 401, 'Invalid API key');
    const parsed = chatRequest.safeParse(read.kind === 'json' ? read.value : undefined);
    if (!parsed.success) return sendDetail(response, 422, validationDetail(parsed.error));
    const body = parsed.data;
    const model = host === undefined ? providerModels.find(({ id }) => id === body.model) : undefined;
    if (host === undefined && model === undefined) return sendDetail(response, 400, unknownModel(body.model));
    const site = host ?? 'own';
    const failure = failures[site] ?? failures['everywhere'];
    const reply = mishap(standIn(body), failure);
    const wanted = reply.promptTokens + (body.max_completion_tokens ?? body.max_tokens ?? 0);
    if (model !== undefined && wanted > model.contextTokens) {
      return sendDetail(response, 400, tooLong(wanted, model.contextTokens));
    }

    const random = randomFor(site, body);
    const delivery = { clock, random, response, gone: clientGone(response), failure };
    if (await failInstead(delivery)) return;
    // In full and before the answer: whether the provider bills what the client did not wait for is not documented.
    if (model !== undefined) ring.charge(key, model, reply.promptTokens, reply.completionTokens);
    const envelope: Envelope = {
      id: `chatcmpl-${random.hex(32)}`,
      created: Math.floor(clock.now() / 1000),
      model: body.model,
    };
    if (body.stream) {
      const includeUsage = body.stream_options?.include_usage ?? false;
      return deliverStream(eventsOf(reply, envelope, { random, includeUsage }), delivery);
    }
    return deliverWhole(completionOf(reply, envelope, random), reply.completionTokens, delivery);
  }

  const server = await startServer({ clock, port: 0, handle });
  return {
    url: `${server.origin}/api/v1`,
    hostUrl: (slug) => `${server.origin}/hosts/${slug}/v1`,
    keys: ring.keys,
    ledger: ring.ledger,
    failures,
    close: server.close,
  };
}

/** What the failure leaves of a reply. */
function mishap(reply: Reply, failure: Failure | undefined): Reply {
  if (failure?.kind === 'finish') return { ...reply, finishReason: failure.reason };
  if (failure?.kind !== 'empty') return reply;
  return { ...reply, reasoning: [], content: [], toolCalls: [], finishReason: null, completionTokens: 0 };
}

/** Randomness that belongs to a request, not to its place among others, so that requests beside each other change nothing. */
function randomPerRequest(seed: string): (site: string, body: ChatRequest) => Random {
  const asked = new Map<string, number>();
  return (site, body) => {
    const subject = createHash('sha256')
      .update(`${site} ${JSON.stringify(body)}`)
      .digest('hex');
    const times = (asked.get(subject) ?? 0) + 1;
    asked.set(subject, times);
    return seededRandom(`${seed} ${subject} ${times}`);
  };
}

function sendDetail(response: ServerResponse, status: number, detail: unknown): void {
  sendJson(response, status, { detail });
}

/** Seen of the provider: 400 with the list of models behind the sentence, not 404. */
function unknownModel(id: string): string {
  return `Model ${id} is not available for chat completions. Available models: ${JSON.stringify(providerModels.map((model) => model.id))}`;
}

function tooLong(wanted: number, context: number): string {
  return `The context of this model is ${context} tokens, the request needs ${wanted}`;
}
