import type { AnswerError } from '../exchange/answer-view.ts';
import { readAnswer } from '../exchange/answer.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { listOf, objectOf, stringOf } from '../exchange/json-reading.ts';
import { ionet } from '../provider.ts';
import { CouldNotSee } from './could-not-see.ts';
import { pages } from './pages.ts';
import type { No } from './step.ts';
import { noCredits } from './steps/credits.ts';
import { notServed } from './steps/model-served.ts';
import { limitReached } from './steps/openrouter-key.ts';
import { providerRefusal } from './steps/provider-key.ts';
import { inWords } from './world.ts';

/**
 * What a refused request means: the guide's troubleshooting, and what OpenRouter's own page on errors adds to it.
 * https://openrouter.ai/docs/api_reference/errors-and-debugging
 *
 * @throws CouldNotSee for a trouble that may be over in a moment, or that the set-up does not explain
 */
export function refusal(exchange: Exchange, model: string): No {
  const error = readAnswer(exchange)?.error ?? null;
  const cause = error && causeOf(error, exchange.response?.status ?? 0, model);
  if (cause !== null) return cause;
  throw new CouldNotSee(`A request pinned to ${ionet.name} was answered with ${inWords(exchange)}.`);
}

function causeOf(error: AnswerError, httpStatus: number, model: string): No | null {
  const status = typeof error.code === 'number' ? error.code : httpStatus;
  const message = error.message ?? '';
  const metadata = objectOf(error.metadata);
  if (message === 'Provider returned error' || stringOf(metadata?.['provider_name']) !== undefined)
    return ofProvider(status, metadata?.['is_byok']);
  // Documented as 402, seen as 403 on 2026-10-08.
  const limit = /^Key limit exceeded(?: \((\w+) limit\))?/.exec(message);
  if (limit !== null) return limitReached(limit[1] ?? 'total');
  switch (status) {
    case 401:
      return no(
        'OpenRouter does not accept the key (401).',
        'Make a new key, and set OPENROUTER_API_KEY to it.',
        pages.keys,
      );
    case 402:
      return ofCredits(message);
    case 403:
      return no(`OpenRouter forbids the request (403): ${message}`, 'Lift what the message names.', pages.guardrails);
    case 404:
      return ofRouting(error, model);
    default:
      return null;
  }
}

/** The provider's own words passed on: with "Always use for this provider" on, nobody steps in. */
function ofProvider(status: number, isByok: unknown): No | null {
  // On shared capacity this is about OpenRouter's own key.
  if (isByok === false) return null;
  const refused = providerRefusal(status);
  return refused && { ...refused, mayPass: true };
}

function ofCredits(message: string): No | null {
  // Other requests have reserved what is left, for a moment.
  if (/in-flight/.test(message)) return null;
  if (!/fewer max_tokens/.test(message)) return noCredits;
  return { ...noCredits, cause: 'The OpenRouter account has too few credits for one small request.' };
}

/** The guide has one heading for two messages of 404; a third and a fourth are about policies. */
function ofRouting(error: AnswerError, model: string): No {
  const message = error.message ?? '';
  const metadata = objectOf(error.metadata);
  if (message.startsWith('All providers have been ignored')) {
    return no(`The account ignores ${ionet.name}.`, `Take ${ionet.name} off the ignored providers.`, pages.privacy);
  }
  if (/guardrail/.test(message)) {
    return no(
      `A guardrail of the OpenRouter key keeps it from ${ionet.name}.`,
      'Change the guardrail, or use an OpenRouter key it does not hold for.',
      pages.guardrails,
    );
  }
  if (objectOf(error.availability)?.['code'] === 'privacy_restricted' || /data policy/.test(message)) {
    return no(`A data policy of the account rules ${ionet.name} out.`, 'Relax the data policy.', pages.privacy);
  }
  if (message.startsWith('No allowed providers are available')) {
    const available = listOf(metadata?.['available_providers']);
    // The same words whether the provider does not serve the model or something the account set keeps it out.
    if (available.length > 0 && !available.includes(ionet.slug)) return notServed(model);
    return no(
      `The account or a guardrail does not allow ${ionet.name}.`,
      `Put ${ionet.name} on the allowed providers, and off the ignored ones.`,
      pages.privacy,
    );
  }
  return no(
    `Nothing OpenRouter has is left for ${model} on ${ionet.name} (404): ${message}`,
    'Look for the message on the page about errors.',
    pages.errors,
  );
}

const no = (cause: string, remedy: string, page: string): No => ({ answer: 'no', cause, remedy, page });
