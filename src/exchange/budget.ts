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

/** Requests, US dollars from credits and of the provider, and whether it is used up: in memory that threads can share. */
export type Purse = Float64Array<SharedArrayBuffer>;

export const emptyPurse = (): Purse => new Float64Array(new SharedArrayBuffer(4 * 8));

/** What was spent so far, as the answers said. */
export function spendOf([requests = 0, openRouterUsd = 0, providerUsd = 0]: Purse) {
  return { requests, openRouterUsd, providerUsd };
}

/**
 * The most that a call can take at the listed prices. No token is shorter than a byte, so the bytes of the body are the most that its
 * prompt can have. What is not sent to an inference API costs nothing.
 */
export function ceilingOf(call: Call, prices: Means['prices']): Ceiling {
  if (call.method !== 'POST' || readSkin({ call, json: undefined, stream: null }) === null)
    return { tokens: 0, usd: 0 };
  const body = objectOf(call.body) ?? {};
  const model = stringOf(body['model'])?.replace(/^~|:.*$/g, '');
  const price = (model === undefined ? undefined : prices[model]) ?? dearest(prices);
  const asked = [body['max_tokens'], body['max_completion_tokens'], body['max_output_tokens']].find(
    (most): most is number => typeof most === 'number' && most > 0,
  );
  const completion = Math.min(asked ?? Infinity, price.maxCompletionTokens);
  const prompt = Buffer.byteLength(JSON.stringify(call.body ?? ''));
  return { tokens: prompt + completion, usd: prompt * price.prompt + completion * price.completion };
}

function dearest(prices: Means['prices']): Price {
  const most = (figure: keyof Price) => Math.max(0, ...Object.values(prices).map((price) => price[figure]));
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
  #reservedUsd = 0;
  /** Charged for answers that did not say what they cost. */
  #unknownUsd = 0;
  #waiting: (() => void)[] = [];

  constructor(means: Means, purse: Purse = emptyPurse()) {
    this.#means = means;
    this.#purse = purse;
  }

  /** Whether a call was refused. */
  get isUsedUp(): boolean {
    return this.#purse[3] === 1;
  }

  /**
   * Resolves once the call may go out, to a function that is to be told of the answer.
   *
   * @throws HarnessError E_BUDGET
   */
  async charge(call: Call): Promise<(answer: WireExchange) => void> {
    const { usd } = ceilingOf(call, this.#means.prices);
    if (call.method !== 'DELETE') await this.#afford(call, usd);
    this.#purse[0] = spendOf(this.#purse).requests + 1;
    this.#reservedUsd += usd;
    return (answer) => {
      this.#reservedUsd -= usd;
      if (usd > 0) this.#settle(answer, usd);
      for (const go of this.#waiting.splice(0)) go();
    };
  }

  async #afford({ method, path }: Call, usd: number): Promise<void> {
    const { maxCostUsd, maxRequests } = this.#means;
    while (this.#reservedUsd > 0 && this.#spentUsd() + usd <= maxCostUsd && this.#shortOf(usd)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (spendOf(this.#purse).requests >= maxRequests) {
      throw this.#refusal(`The budget of ${maxRequests} requests (--max-requests) is used up.`);
    }
    if (usd > 0 && (this.isUsedUp || this.#shortOf(usd))) {
      throw this.#refusal(
        `The budget of ${maxCostUsd} USD (--max-cost) is used up: ${inUsd(this.#spentUsd())} are spent, and ${method} ${path} can take up to ${inUsd(usd)}.`,
      );
    }
  }

  #refusal(message: string): HarnessError {
    this.#purse[3] = 1;
    return new HarnessError('E_BUDGET', message);
  }

  #shortOf(usd: number): boolean {
    return usd > 0 && this.#spentUsd() + this.#reservedUsd + usd > this.#means.maxCostUsd;
  }

  #spentUsd(): number {
    const { openRouterUsd, providerUsd } = spendOf(this.#purse);
    return openRouterUsd + providerUsd + this.#unknownUsd;
  }

  #settle(answer: WireExchange, ceilingUsd: number): void {
    const status = answer.response?.status ?? 0;
    if (status >= 400 || answer.end.how === 'not-connected') return;
    const usage = readAnswer(readExchange(answer))?.usage;
    const cost = usage?.['cost'];
    if (typeof cost !== 'number') {
      this.#unknownUsd += ceilingUsd;
      return;
    }
    const provider = objectOf(usage?.['cost_details'])?.['upstream_inference_cost'];
    const { openRouterUsd, providerUsd } = spendOf(this.#purse);
    this.#purse[1] = openRouterUsd + cost;
    if (usage?.['is_byok'] === true && typeof provider === 'number') this.#purse[2] = providerUsd + provider;
  }
}

function inUsd(amount: number): string {
  return `${Number(amount.toPrecision(3))} USD`;
}
