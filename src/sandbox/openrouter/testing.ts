import { Agent, request } from 'undici';
import { ionet } from '../../provider.ts';
import type { Provider } from '../provider/provider.ts';
import { startBoth } from '../start-sandbox.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { openCustomer } from './customer.ts';
import type { Customer } from './customer.ts';
import type { World } from './world.ts';

export interface TestAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** Pieces as they arrived. */
  chunks: { at: number; bytes: Buffer }[];
  // oxlint-disable-next-line typescript/no-explicit-any -- tests reach into answers whose shape they assert
  json: any;
}

interface CallOptions {
  body?: unknown;
  /** Text sent as it is, instead of `body`. */
  raw?: string;
  key?: string | null;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Both servers, a customer, and a client. */
export interface TestSandbox {
  /** Base URL of the OpenRouter side. */
  url: string;
  clock: VirtualClock;
  provider: Provider;
  world: World;
  customer: Customer;
  call(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, options?: CallOptions): Promise<TestAnswer>;
  /** A chat call with the customer's inference key. */
  chat(body?: Record<string, unknown>, options?: CallOptions): Promise<TestAnswer>;
  /** A management call. */
  manage(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<TestAnswer>;
  close(): Promise<void>;
}

export const epoch = 1_790_000_000_000;

export async function openTestSandbox(seed = 'test'): Promise<TestSandbox> {
  const clock = new VirtualClock(epoch);
  const { provider, openRouter } = await startBoth({ clock, seed });
  const customer = openCustomer(openRouter.world, { provider: ionet.slug, secret: provider.keys.customer });
  const dispatcher = new Agent();

  const call: TestSandbox['call'] = async (method, path, options = {}) => {
    const { body, raw, key = customer.inferenceKey, headers, signal } = options;
    const sentAt = clock.now();
    const response = await request(openRouter.url + path, {
      method,
      dispatcher,
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        'content-type': 'application/json',
        ...headers,
      },
      ...((raw ?? body) !== undefined && { body: raw ?? JSON.stringify(body) }),
      ...(signal && { signal }),
    });
    const chunks: TestAnswer['chunks'] = [];
    response.body.on('data', (bytes: Buffer) => chunks.push({ at: clock.now() - sentAt, bytes }));
    await new Promise((resolve, reject) => response.body.once('end', resolve).once('error', reject));
    const text = Buffer.concat(chunks.map(({ bytes }) => bytes)).toString();
    const isJson = response.headers['content-type'] === 'application/json';
    return {
      status: response.statusCode,
      headers: response.headers as Record<string, string>,
      text,
      chunks,
      json: isJson ? JSON.parse(text) : undefined,
    };
  };

  return {
    url: openRouter.url,
    clock,
    provider,
    world: openRouter.world,
    customer,
    call,
    chat: (body = {}, options = {}) =>
      call('POST', '/chat/completions', {
        body: {
          model: 'z-ai/glm-5.2',
          messages: [{ role: 'user', content: 'Reply with exactly: ok' }],
          max_tokens: 32,
          ...body,
        },
        ...options,
      }),
    manage: (method, path, body) => call(method, path, { body, key: customer.managementKey }),
    async close() {
      await dispatcher.destroy();
      await openRouter.close();
      await provider.close();
    },
  };
}

/** Data of the events of a stream, parsed; `[DONE]` stays text. */
// oxlint-disable-next-line typescript/no-explicit-any -- as above
export function eventsOf({ text }: TestAnswer): any[] {
  return text
    .split('\n\n')
    .filter((block) => block.startsWith('data: '))
    .map((block) => block.slice('data: '.length))
    .map((data) => (data === '[DONE]' ? data : JSON.parse(data)));
}
