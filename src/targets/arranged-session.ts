import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { HarnessError } from '../errors.ts';
import type { Call, Exchange } from '../exchange/exchange.ts';
import { createdAt } from '../exchange/created-at.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import { send } from '../exchange/send.ts';
import { ionet } from '../provider.ts';
import type { Backstage } from '../sandbox/sandbox.ts';
import type { Credential, Session } from './target.ts';
import type { Arrange, World } from './world.ts';

export interface ArrangedSessionOptions {
  baseUrl: string;
  dispatcher: Dispatcher;
  clock: Clock;
  /** OpenRouter id; empty for a case about the account. */
  model: string;
  customerKey: string;
  managementKey: string | null;
  providerKeys: World['providerKeys'];
  backstage?: World['backstage'];
  sandbox: boolean;
  /** Prefix of the name of everything made, at most 20 characters of lower case, digits and dashes. */
  label: string;
  arrange: Arrange;
  /** Called last, also after a failure. */
  release(): Promise<void>;
}

/** A session with a real server: states of the world are made through its management API and taken back in the end. */
export function arrangedSession(options: ArrangedSessionOptions): Session {
  const { baseUrl, dispatcher, clock, arrange } = options;
  const credentials = new Map<string, Promise<Credential>>();
  const made: string[] = [];
  let troubled = false;
  let names = 0;

  async function call(request: Call): Promise<Exchange> {
    return readExchange(await send(request, { baseUrl, dispatcher, clock }));
  }

  async function manage(method: Call['method'], path: string, body?: unknown): Promise<unknown> {
    if (options.managementKey === null) {
      throw new HarnessError(
        'E_CONFIG',
        'This state of the world is made with a management key: set OPENROUTER_MANAGEMENT_KEY.',
      );
    }
    const headers = { authorization: `Bearer ${options.managementKey}` };
    const exchange = await call({ method, path, headers, ...(body !== undefined && { body }) });
    const status = exchange.response?.status ?? 0;
    if (status < 200 || status > 299) {
      throw new HarnessError(
        'E_NETWORK',
        `${method} ${path} was expected to succeed, but: ${status || exchange.end.how} ${exchange.text.slice(0, 300)}`,
      );
    }
    const created = createdAt(exchange);
    if (created !== null) made.push(created);
    return exchange.json;
  }

  const world: World = {
    clock,
    model: options.model,
    customerKey: options.customerKey,
    managementKey: options.managementKey,
    providerKeys: options.providerKeys,
    ...(options.backstage && { backstage: troubling(options.backstage, () => (troubled = true)) }),
    name: (kind) => `${options.label}-${kind}-${++names}`,
    manage,
    probe: (key) =>
      call({
        method: 'POST',
        path: '/chat/completions',
        headers: { authorization: `Bearer ${key}` },
        body: {
          model: options.model,
          messages: [{ role: 'user', content: 'Reply with exactly: ok' }],
          max_tokens: 16,
          provider: { only: [ionet.slug] },
        },
      }),
  };

  return {
    baseUrl,
    dispatcher,
    clock,
    label: options.label,
    sandbox: options.sandbox,
    credential(given) {
      const known = credentials.get(given);
      if (known !== undefined) return known;
      const credential = arrange(given, world).then((key) => ({ name: given, key }));
      credentials.set(given, credential);
      return credential;
    },
    adopt: (path) => void made.push(path),
    async close() {
      const left: string[] = [];
      for (const path of made.reverse()) {
        await manage('DELETE', path).catch((error: unknown) => {
          if (!isGone(error)) left.push(path);
        });
      }
      await options.release();
      if (left.length > 0 && !troubled)
        throw new HarnessError('E_NETWORK', `Could not be deleted, please do it by hand: ${left.join(', ')}`);
    },
  };
}

/** Whether a thing could not be deleted because it was no longer there: the scenario had deleted it. */
function isGone(error: unknown): boolean {
  return error instanceof HarnessError && error.message.includes('but: 404');
}

/** After a staged trouble the sandbox may no longer be fit to take anything back; it goes as a whole. */
function troubling(stage: Backstage, onTrouble: () => void): Backstage {
  return {
    ...stage,
    incident(name) {
      onTrouble();
      stage.incident(name);
    },
  };
}
