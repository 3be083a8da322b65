import { HarnessError } from '../errors.ts';
import type { Call, Exchange } from '../exchange/exchange.ts';
import { readExchange } from '../exchange/read-exchange.ts';
import type { SendOptions } from '../exchange/send.ts';
import { sendPatiently } from '../exchange/send-patiently.ts';

export interface ManagerOptions extends Omit<SendOptions, 'signal'> {
  managementKey: string | null;
  /** In [0, 1): what is turned away is tried again. */
  random?: (() => number) | undefined;
  /** Ends the pauses before something is tried again. A call under way is finished: what it makes has to be known. */
  signal?: AbortSignal | undefined;
}

/** A management call that has to succeed. */
export type Manage = (method: Call['method'], path: string, body?: unknown) => Promise<Exchange>;

/** A management call was answered with anything but success. */
export class Unmanaged extends HarnessError {
  /** null when no answer came. */
  readonly status: number | null;

  constructor({ call, response, end, text }: Exchange) {
    const found = response === undefined ? [end.how, end.code].filter(Boolean).join(' ') : response.status;
    super(
      'E_NETWORK',
      `${call.method} ${call.path} was expected to succeed, but: ${[found, text.slice(0, 300)].join(' ').trim()}`,
    );
    this.status = response?.status ?? null;
  }
}

/**
 * The management API, for whoever has the key.
 *
 * @returns a function that rejects with E_CONFIG without a key, and with `Unmanaged` when it is not answered with 2xx
 */
export function manager({ managementKey, random, signal, ...options }: ManagerOptions): Manage {
  return async (method, path, body) => {
    if (managementKey === null) {
      throw new HarnessError('E_CONFIG', 'This takes a management key: set OPENROUTER_MANAGEMENT_KEY.');
    }
    const headers = { authorization: `Bearer ${managementKey}` };
    const call = { method, path, headers, ...(body !== undefined && { body }) };
    const exchange = readExchange(await sendPatiently(call, options, { random, signal }));
    const status = exchange.response?.status ?? 0;
    if (status < 200 || status > 299) throw new Unmanaged(exchange);
    return exchange;
  };
}
