import { ApiError, invalidRequest } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { ownKeysFor } from './byok-keys.ts';
import { findModel } from './catalogue.ts';
import {
  estimateTokens,
  hasImages,
  hidesReasoning,
  maxTokensOf,
  parametersOf,
  upstreamBody,
} from './chat-parameters.ts';
import type { ChatRequest } from './chat-request.ts';
import type { Model } from './endpoint.ts';
import { infer } from './inference.ts';
import { checkBudgets, policyFor } from './policy.ts';
import { type Candidate, route } from './route.ts';
import { wantsMetadata } from './routing-metadata.ts';
import type { Skin } from './skin.ts';
import type { ApiKey } from './state.ts';
import type { World } from './world.ts';

/** What an inference API has made of its request: the same request in the words of chat, and the way to answer. */
export interface Job {
  request: ChatRequest;
  skin: Skin;
}

/** Checks, routes and answers a request, whichever inference API it came through. */
export async function serve(world: World, apiRequest: ApiRequest<ApiKey>, { request, skin }: Job): Promise<void> {
  const { state, clock } = world;
  const { body, caller, headers, outgoing } = apiRequest;
  const requested = request.model ?? request.models?.[0];
  if (requested === undefined) throw invalidRequest('No models provided');
  const model = modelNamed(requested);
  checkBudgets(state, caller, clock.now());

  const random = world.randomFor(`${caller.hash} ${JSON.stringify(body)}`);
  const estimatedInputTokens = estimateTokens(request);
  const wish = {
    model,
    provider: request.provider ?? {},
    parameters: parametersOf(request),
    inputTokens: estimatedInputTokens,
    maxTokens: maxTokensOf(request),
    hasImages: hasImages(request),
  };
  const ownKeys = ownKeysFor(state.byokKeys, caller, model, clock.now());
  const inference = {
    caller,
    requested: [requested],
    models: [model],
    route: route(wish, policyFor(state, caller, model), ownKeys, random.next),
    bodyFor: (candidate: Candidate) => upstreamBody(request, candidate),
    hidesReasoning: hidesReasoning(request),
    wantsMetadata: wantsMetadata(headers),
    estimatedInputTokens,
    client: {
      userAgent: headers['user-agent'] ?? null,
      referer: headerText(headers['http-referer'] ?? headers['referer']),
      user: request.user ?? null,
      sessionId: request.session_id ?? headerText(headers['x-session-id']),
    },
    random,
  };
  await infer(world, inference, skin, outgoing);
}

function modelNamed(id: string): Model {
  const model = findModel(id);
  if (!model) throw new ApiError(400, `${id} is not a valid model ID`, { namesUser: true });
  return model;
}

const headerText = (value: string | string[] | undefined): string | null =>
  Array.isArray(value) ? value.join(', ') : (value ?? null);
