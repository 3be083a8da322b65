import type { Random } from '../random.ts';
import type { ProviderModel } from './models.ts';

/** The provider's API keys in the sandbox, named after what becomes of a request made with them. */
export interface ProviderKeys {
  /** The customer's own: valid. */
  customer: string;
  /** Another valid one of the customer. */
  customerSecond: string;
  /** Unknown to the provider: 401. */
  invalid: string;
  /** Known, but allowed no model: 403. */
  forbidden: string;
  /** Its quota is used up: 429. */
  exhausted: string;
  /** Its account has no money: 402. */
  broke: string;
  /** OpenRouter's own, behind its shared capacity: valid. */
  pool: string;
}

type KeyName = keyof ProviderKeys;

interface LedgerLine {
  charged_usd: number;
  requests: number;
}

/** What the provider charged. The totals are the customer's; `byKey` has every key that was charged, the shared one too. */
export interface Ledger extends LedgerLine {
  byKey: Partial<Record<KeyName, LedgerLine>>;
}

interface Refusal {
  status: number;
  detail: string;
}

/**
 * Which key gets which status. The texts are ours: the provider publishes none, so nothing may depend on them.
 * Statuses: https://io.net/docs/guides/intelligence/sub-api-keys (403, 429) and the OpenRouter guide (401, 402).
 */
const REFUSALS: Partial<Record<KeyName, Refusal>> = {
  forbidden: { status: 403, detail: 'This API key is not allowed to use the requested model' },
  exhausted: { status: 429, detail: 'The credit limit of this API key is used up for the current cycle' },
  broke: { status: 402, detail: 'Not enough credits' },
};
const UNKNOWN: Refusal = { status: 401, detail: 'Invalid API key' };

export interface KeyRing {
  keys: ProviderKeys;
  /** The name behind an `authorization` header, or why it is refused; a key that may not use models can still list them. */
  admit(authorization: string | undefined, use: 'list' | 'infer'): KeyName | Refusal;
  charge(name: KeyName, model: ProviderModel, promptTokens: number, completionTokens: number): void;
  ledger(): Ledger;
}

export function createKeyRing(random: Random): KeyRing {
  // The shape of the provider's keys: `io-v2-` and something like a JSON Web Token.
  const make = () => `io-v2-eyJ${random.alphanumeric(61)}`;
  const keys: ProviderKeys = {
    customer: make(),
    customerSecond: make(),
    invalid: make(),
    forbidden: make(),
    exhausted: make(),
    broke: make(),
    pool: make(),
  };
  const names = new Map((Object.keys(keys) as KeyName[]).map((name) => [keys[name], name]));
  const lines = new Map<KeyName, { units: number; requests: number }>();

  return {
    keys,
    admit(authorization, use) {
      const name = names.get(/^Bearer (\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
      if (name === undefined || name === 'invalid') return UNKNOWN;
      return use === 'infer' ? (REFUSALS[name] ?? name) : name;
    },
    charge(name, model, promptTokens, completionTokens) {
      const line = lines.get(name) ?? { units: 0, requests: 0 };
      line.units += Math.round((promptTokens * model.inputPrice + completionTokens * model.outputPrice) * 1e4);
      line.requests += 1;
      lines.set(name, line);
    },
    ledger() {
      const customer = [...lines].filter(([name]) => name !== 'pool').map(([, line]) => line);
      const sum = customer.reduce(
        (total, { units, requests }) => ({ units: total.units + units, requests: total.requests + requests }),
        { units: 0, requests: 0 },
      );
      return {
        ...inDollars(sum),
        byKey: Object.fromEntries([...lines].map(([name, line]) => [name, inDollars(line)])),
      };
    },
  };
}

/** Kept as whole units of 1e-10 dollars, which prices per million tokens with four decimals give, so that sums are exact. */
function inDollars({ units, requests }: { units: number; requests: number }): LedgerLine {
  return { charged_usd: units / 1e10, requests };
}
