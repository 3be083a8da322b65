import { HarnessError } from '../errors.ts';
import { readAnswer } from './answer.ts';
import type { Call, WireExchange } from './exchange.ts';
import { objectOf, stringOf } from './json-reading.ts';
import { readExchange } from './read-exchange.ts';
import { readSkin } from './skin.ts';

/** The most that any listed endpoint of a model asks. */
export interface Price {
  /** US dollars per token. */
  prompt: number;
  /** US dollars per token. */
  completion: number;
  /** Tokens an endpoint can generate, whatever is asked for. */
  maxCompletionTokens: number;
}

/** What a run may take. */
export interface Means {
  maxCostUsd: number;
  maxRequests: number;
  /** By OpenRouter id. A model that is not among them counts as the dearest of them. */
  prices: Readonly<Record<string, Price>>;
}

/** The most that a call can take. */
export interface Ceiling {
  /** Prompt and completion. */
  tokens: number;
  usd: number;
}

/**
 * Requests, US dollars from credits and of the provider, US dollars set aside for answers that do not say what they cost, and whether
 * it is used up: in memory that threads can share.
 */
export type Purse = Float64Array<SharedArrayBuffer>;

export const emptyPurse = (): Purse => new Float64Array(new SharedArrayBuffer(5 * 8));

/** What was taken so far. */
export function spendOf([requests = 0, openRouterUsd = 0, providerUsd = 0, unknownUsd = 0]: Purse) {
  return { requests, openRouterUsd, providerUsd, unknownUsd };
}

/**
 * The most that a call can take at the listed prices. No token is shorter than a byte, so the bytes of the body are the most that its
 * prompt can have. What is not sent to an inference API costs nothing.
 */
export function ceilingOf(call: Call, prices: Means['prices']): Ceiling {
  if (call.method !== 'POST' || readSkin({ call, json: undefined, stream: null }) === null)
    return { tokens: 0, usd: 0 };
  const body = objectOf(call.body) ?? {};
  const price = priceOf(call, prices);
  const asked = [body['max_tokens'], body['max_completion_tokens'], body['max_output_tokens']].find(
    (most): most is number => typeof most === 'number' && most > 0,
  );
  const answers = typeof body['n'] === 'number' && body['n'] > 1 ? body['n'] : 1;
  const completion = Math.min(asked ?? Infinity, price.maxCompletionTokens) * answers;
  const prompt = Buffer.byteLength(JSON.stringify(call.body ?? ''));
  return { tokens: prompt + completion, usd: prompt * price.prompt + completion * price.completion };
}

function priceOf({ body }: Call, prices: Means['prices']): Price {
  const { model, models = [] } = (objectOf(body) ?? {}) as { model?: unknown; models?: unknown };
  const asked = [model, ...(Array.isArray(models) ? models : [])].map(
    (id) => prices[stringOf(id)?.replace(/^~|:.*$/g, '') ?? ''],
  );
  return dearest(asked.every((price) => price !== undefined) ? asked : Object.values(prices));
}

function dearest(prices: readonly Price[]): Price {
  const most = (figure: keyof Price) => Math.max(0, ...prices.map((price) => price[figure]));
  return {
    prompt: most('prompt'),
    completion: most('completion'),
    maxCompletionTokens: most('maxCompletionTokens'),
  };
}

/**
 * Lets calls go out while there are means for them. Each is charged the most that it can take before it is sent, and what it took once
 * it was answered; an answer that does not say keeps its ceiling. Calls wait for those under way when only these may leave too little.
 *
 * Once a call was refused, none that costs anything goes out any more. What deletes is never refused: nothing shall be left behind.
 */
export class Budget {
  readonly #means: Means;
  readonly #purse: Purse;
  /** Ceilings of the calls under way, in US dollars. */
  readonly #reserved = new Set<{ usd: number }>();
  #waiting: (() => void)[] = [];

  constructor(means: Means, purse: Purse = emptyPurse()) {
    this.#means = means;
    this.#purse = purse;
  }

  /** Whether a call was refused. */
  get isUsedUp(): boolean {
    return this.#purse[4] === 1;
  }

  /**
   * Resolves once the call may go out, to a function that is to be told of the answer; null when it was never sent.
   *
   * @throws HarnessError E_BUDGET
   */
  async charge(call: Call): Promise<(answer: WireExchange | null) => void> {
    const ceiling = ceilingOf(call, this.#means.prices);
    if (call.method !== 'DELETE') await this.#afford(call, ceiling);
    this.#add(0, 1);
    this.#reserved.add(ceiling);
    return (answer) => {
      this.#reserved.delete(ceiling);
      if (answer !== null && ceiling.usd > 0) this.#settle(answer, ceiling);
      for (const go of this.#waiting.splice(0)) go();
    };
  }

  async #afford({ method, path }: Call, { usd }: Ceiling): Promise<void> {
    const { maxCostUsd, maxRequests } = this.#means;
    while (this.#reserved.size > 0 && this.#isShortOf(usd) && this.#takenUsd() + usd <= maxCostUsd) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    const { requests, openRouterUsd, providerUsd, unknownUsd } = spendOf(this.#purse);
    if (requests >= maxRequests) {
      throw this.#refusal(`The budget of ${maxRequests} requests (--max-requests) is used up.`);
    }
    if (usd > 0 && (this.isUsedUp || this.#isShortOf(usd))) {
      const aside = unknownUsd > 0 ? `, ${inUsd(unknownUsd)} set aside for answers that did not say` : '';
      throw this.#refusal(
        `The budget of ${maxCostUsd} USD (--max-cost) is used up: ${inUsd(openRouterUsd + providerUsd)} are spent${aside}, and ${method} ${path} can take up to ${inUsd(usd)}.`,
      );
    }
  }

  #refusal(message: string): HarnessError {
    this.#purse[4] = 1;
    return new HarnessError('E_BUDGET', message);
  }

  #isShortOf(usd: number): boolean {
    const reservedUsd = [...this.#reserved].reduce((sum, ceiling) => sum + ceiling.usd, 0);
    return usd > 0 && this.#takenUsd() + reservedUsd + usd > this.#means.maxCostUsd;
  }

  #takenUsd(): number {
    const { openRouterUsd, providerUsd, unknownUsd } = spendOf(this.#purse);
    return openRouterUsd + providerUsd + unknownUsd;
  }

  /** What the answer says is believed only where it can be: a wrong figure is a finding, and must not make a run cheap. */
  #settle(answer: WireExchange, ceiling: Ceiling): void {
    const status = answer.response?.status ?? 0;
    if (status >= 400 || answer.end.how === 'not-connected') return;
    const usage = readAnswer(readExchange(answer))?.usage ?? {};
    const cost = amountOf(usage['cost']);
    const provider = amountOf(objectOf(usage['cost_details'])?.['upstream_inference_cost']);
    const shared = usage['is_byok'] === false && cost !== null && cost > 0;
    if (cost !== null && (shared || (usage['is_byok'] === true && provider !== null && provider > 0))) {
      this.#add(1, cost);
      if (!shared) this.#add(2, provider ?? 0);
      return;
    }
    const [prompt, completion] = [amountOf(usage['prompt_tokens']), amountOf(usage['completion_tokens'])];
    const price = priceOf(answer.call, this.#means.prices);
    const known = prompt !== null && completion !== null && prompt > 0;
    const listedUsd = known ? prompt * price.prompt + completion * price.completion : Infinity;
    this.#add(3, Math.min(listedUsd, ceiling.usd));
  }

  #add(cell: number, amount: number): void {
    this.#purse[cell] = (this.#purse[cell] ?? 0) + amount;
  }
}

/** A number that can be an amount. */
function amountOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

function inUsd(amount: number): string {
  return `${Number(amount.toPrecision(3))} USD`;
}
