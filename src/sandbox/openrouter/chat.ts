import { ApiError, invalidRequest } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { ownKeysFor } from './byok-keys.ts';
import { findModel } from './catalogue.ts';
import type { Model } from './endpoint.ts';
import { chatJson } from './chat-json.ts';
import {
  estimateTokens,
  hasImages,
  hidesReasoning,
  maxTokensOf,
  parametersOf,
  upstreamBody,
} from './chat-parameters.ts';
import { parseChatRequest } from './chat-request.ts';
import { chatStream } from './chat-stream.ts';
import { infer } from './inference.ts';
import { checkBudgets, policyFor } from './policy.ts';
import { route } from './route.ts';
import { routingMetadata, wantsMetadata } from './routing-metadata.ts';
import type { ApiKey } from './state.ts';
import type { World } from './world.ts';

/** POST /chat/completions */
export async function chat(world: World, { body, caller, headers, outgoing }: ApiRequest<ApiKey>): Promise<void> {
  const { state, clock } = world;
  const request = parseChatRequest(body);
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
  const { candidates, refusal } = route(wish, policyFor(state, caller, model), ownKeys, random.next);
  const showsRouting = wantsMetadata(headers);
  if (refusal) {
    if (showsRouting) {
      refusal.routing = routingMetadata({ requested, model, candidates: [], attempts: [], served: null });
    }
    throw refusal;
  }
  const inference = {
    caller,
    requested,
    model,
    candidates,
    bodyFor: (endpoint: Model['endpoints'][number]) => upstreamBody(request, model, endpoint),
    hidesReasoning: hidesReasoning(request),
    wantsMetadata: showsRouting,
    estimatedInputTokens,
    client: {
      userAgent: headers['user-agent'] ?? null,
      referer: headerText(headers['http-referer'] ?? headers['referer']),
      user: request.user ?? null,
      sessionId: request.session_id ?? headerText(headers['x-session-id']),
    },
    random,
  };
  await infer(world, inference, request.stream ? chatStream() : chatJson(), outgoing);
}

function modelNamed(id: string): Model {
  const model = findModel(id);
  if (!model) throw new ApiError(400, `${id} is not a valid model ID`, { namesUser: true });
  return model;
}

const headerText = (value: string | string[] | undefined): string | null =>
  Array.isArray(value) ? value.join(', ') : (value ?? null);
