import { ApiError } from './api-error.ts';
import { ownKeysFor } from './byok-keys.ts';
import { estimateTokens, hasImages, maxTokensOf, parametersOf, stopsReasoning } from './chat-parameters.ts';
import type { ChatRequest } from './chat-request.ts';
import type { Model } from './endpoint.ts';
import { type Meant, modelMeant } from './models-meant.ts';
import { policyFor } from './policy.ts';
import { type Route, route } from './route.ts';
import type { ApiKey } from './state.ts';
import { unavailable } from './unserved.ts';
import type { Wish } from './wish.ts';
import type { World } from './world.ts';

/** Where a request may go. */
export interface Plan {
  models: readonly Model[];
  /** `strategy` of the router metadata. */
  strategy: Meant['strategy'] | 'fallback';
  route: Route;
  /** The request as the model is to get it. */
  requestFor(model: Model): ChatRequest;
}

/**
 * Routes a request to each of its models in turn: what the first cannot serve goes to the next, and what none can is refused for
 * the reason of the last. https://openrouter.ai/docs/guides/routing/model-fallbacks
 *
 * @param requested model ids, the wanted one first
 * @param random in [0, 1)
 */
export function planRoute(
  world: World,
  {
    caller,
    request,
    requested,
    random,
  }: { caller: ApiKey; request: ChatRequest; requested: readonly string[]; random: () => number },
): Plan {
  const requests = new Map<Model, ChatRequest>();
  const candidates: Route['candidates'] = [];
  let strategy: Plan['strategy'] = 'direct';
  let refusal: ApiError | undefined;
  for (const id of requested) {
    const meant = meantBy(id, request);
    if (meant instanceof ApiError) {
      refusal = meant;
      continue;
    }
    if (strategy === 'direct') strategy = meant.strategy;
    const found = routeTo(meant);
    candidates.push(...found.candidates);
    refusal = found.refusal;
  }
  if (requested.length > 1 && strategy === 'direct') strategy = 'fallback';
  return {
    models: [...requests.keys()],
    strategy,
    route: candidates.length > 0 || !refusal ? { candidates } : { candidates, refusal },
    requestFor: (model) => requests.get(model) ?? request,
  };

  function routeTo(meant: Meant): Route {
    let last: Route = { candidates: [] };
    for (const model of meant.models) {
      const adapted = adapt(request, meant, model);
      last = route(wishOf(adapted, model), policyFor(world.state, caller, model), ownKeys(model), random);
      if (last.refusal && meant.strategy === 'auto') continue;
      requests.set(model, adapted);
      return last;
    }
    const { id } = meant;
    const message = 'No models match your request and model restrictions';
    return { candidates: [], refusal: unavailable({ code: 'no_endpoints', message, requested: [id] }) };
  }

  function wishOf(adapted: ChatRequest, model: Model): Wish {
    const parameters = parametersOf(adapted);
    const { tool_choice: choice } = adapted;
    return {
      model,
      requested,
      provider: adapted.provider ?? {},
      parameters,
      inputTokens: estimateTokens(adapted),
      maxTokens: maxTokensOf(adapted),
      hasImages: hasImages(adapted),
      outputModalities: adapted.modalities ?? [],
      forcesTools: parameters.includes('tools') && choice != null && choice !== 'auto' && choice !== 'none',
      stopsReasoning: stopsReasoning(adapted),
    };
  }

  function ownKeys(model: Model) {
    return ownKeysFor(world.state.byokKeys, caller, model, world.clock.now());
  }
}

function meantBy(id: string, { plugins }: ChatRequest): Meant | ApiError {
  const router = plugins?.find((plugin) => plugin.id === 'auto-router');
  try {
    return modelMeant(id, router?.allowed_models ?? null);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/** What suffix or alias of a model's name add to the request. */
function adapt(request: ChatRequest, { strategy, sort, thinks }: Meant, model: Model): ChatRequest {
  const adapted = { ...request };
  if (sort) adapted.provider = { ...request.provider, sort: request.provider?.sort ?? sort };
  if (thinks) adapted.reasoning = { enabled: true, ...request.reasoning };
  // An alias may come to mean a model that always reasons; a model named outright refuses instead.
  // https://openrouter.ai/docs/guides/routing/routers/latest-resolution
  if (strategy === 'latest' && model.reasoning.mandatory && stopsReasoning(request)) {
    delete adapted.reasoning;
    delete adapted.reasoning_effort;
  }
  return adapted;
}
