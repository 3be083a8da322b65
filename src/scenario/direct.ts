import { sameModel } from '../checks/model-names.ts';
import { namesInListing } from '../checks/parity-price.ts';
import { listAt } from '../checks/reading.ts';
import { HarnessError } from '../errors.ts';
import { readAnswer } from '../exchange/answer.ts';
import type { Call, Exchange } from '../exchange/exchange.ts';
import { ionet } from '../provider.ts';
import type { CaseRef, Credential, Session } from '../targets/target.ts';
import { NotApplicable } from '../targets/world.ts';
import { callOf } from './call.ts';
import { type Caller, exchangeOf } from './caller.ts';

/** As many as one page may hold: https://io.net/docs/reference/ai-models/get-models-list, read 2026-11-23. */
const listing = '/models?page_size=100';

/**
 * What the provider lists when it is asked itself, without OpenRouter between. It is asked first: a case that does not apply should
 * cost nothing.
 *
 * Throws NotApplicable without a key of the provider, and where the provider does not list the model.
 */
export async function listedByProvider(ref: CaseRef, caller: Caller): Promise<Exchange> {
  const models = await ask({ kind: 'plain', method: 'GET', path: listing }, ref, caller);
  nameAtProvider(models, ref);
  return models;
}

/**
 * The same request, sent to the provider itself under the provider's own name of the model.
 *
 * @param models from `listedByProvider`
 */
export async function askDirectly(call: Call, models: Exchange, ref: CaseRef, caller: Caller): Promise<Exchange> {
  const { provider: _routing, ...sent } = call.body as Record<string, unknown>;
  const body = {
    ...sent,
    model: nameAtProvider(models, ref),
    // Else the provider counts no tokens in a stream. OpenRouter always does.
    ...(sent['stream'] === true && { stream_options: { include_usage: true } }),
  };
  const exchange = await ask({ kind: 'plain', method: 'POST', path: '/chat/completions', body }, ref, caller);
  const answer = readAnswer(exchange);
  if (exchange.end.how !== 'complete' || answer === null || answer.error !== null) {
    throw new HarnessError(
      'E_BLOCKED',
      `${ionet.name} itself did not finish its answer (${exchange.end.how}), so there is nothing to compare with.`,
    );
  }
  return exchange;
}

async function ask(request: Parameters<typeof callOf>[0], ref: CaseRef, caller: Caller): Promise<Exchange> {
  const credential = accessOf(caller.session);
  const exchange = await exchangeOf(callOf(request, ref, credential), credential, caller);
  const { call, response, end } = exchange;
  if (response?.status === 200) return exchange;
  throw new HarnessError(
    response === undefined ? 'E_NETWORK' : 'E_BLOCKED',
    `${ionet.name} itself was expected to answer ${call.method} ${call.path} with 200, but: ${response?.status ?? end.how}. ` +
      `Without that there is nothing to compare with; "byok doctor" looks at the key in ${ionet.keyVariable}.`,
  );
}

function accessOf({ provider }: Session): Credential {
  if (provider !== undefined) return provider;
  throw new NotApplicable(
    `${ionet.name} itself is asked too, and that takes a key of its own: set ${ionet.keyVariable}.`,
  );
}

function nameAtProvider(models: Exchange, { model }: CaseRef): string {
  const names = listAt(models.json, 'data').flatMap(namesInListing);
  const found = names.find((name) => sameModel(name, model ?? ''));
  if (found === undefined) throw new NotApplicable(`${ionet.name} itself lists no model like ${model}.`);
  return found;
}
