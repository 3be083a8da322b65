import { type ApiError, invalidRequest } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { unaffordable } from './affordability.ts';
import { estimateTokens, hasImages, hidesReasoning, maxTokensOf, upstreamBody } from './chat-parameters.ts';
import type { ChatRequest } from './chat-request.ts';
import { screen } from './content-filters.ts';
import { countFreeCall } from './free-limits.ts';
import { unusableImage } from './images.ts';
import { infer } from './inference.ts';
import { flaggedBy } from './moderation.ts';
import { type Plan, planRoute } from './plan.ts';
import { checkPlatform } from './platform-gate.ts';
import { checkBudgets, guardrailsFor } from './policy.ts';
import type { Candidate } from './route.ts';
import { wantsMetadata } from './routing-metadata.ts';
import { checkServerTools } from './server-tools.ts';
import type { Skin } from './skin.ts';
import type { ApiKey } from './state.ts';
import { checkWorkspaceBudgets } from './workspace-budgets.ts';
import type { World } from './world.ts';

/** What an inference API has made of its request: the same request in the words of chat, and the way to answer. */
export interface Job {
  request: ChatRequest;
  skin: Skin;
}

/** Checks, routes and answers a request, whichever inference API it came through. */
export async function serve(
  world: World,
  apiRequest: ApiRequest<ApiKey>,
  { request: original, skin }: Job,
): Promise<void> {
  const { state, clock } = world;
  const { body, caller, headers, outgoing } = apiRequest;
  const requested = [
    ...new Set([...(original.model === undefined ? [] : [original.model]), ...(original.models ?? [])]),
  ];
  const [wanted] = requested;
  if (wanted === undefined) throw invalidRequest('No models provided');
  checkServerTools(body);
  checkPlatform(state.platform);

  const screening = screen(guardrailsFor(state, caller), original.messages);
  const request = { ...original, messages: screening.messages };
  const random = world.randomFor(`${caller.hash} ${JSON.stringify(body)}`);
  const plan = planRoute(world, { caller, request, requested, random: random.next });
  if (plan.models.length === 0 && plan.route.refusal) throw plan.route.refusal;
  checkBudgets(state, caller, clock.now());
  checkWorkspaceBudgets(state, caller, clock.now());
  if (plan.models[0]?.id.endsWith(':free')) countFreeCall(caller.account, clock.now());

  const refusal = screening.refusal ?? plan.route.refusal ?? refusalOf(world, apiRequest, request, plan);
  const inference = {
    caller,
    requested,
    models: plan.models,
    strategy: plan.strategy,
    pipeline: screening.stages,
    route: { ...plan.route, ...(refusal && { refusal }) },
    bodyFor: (candidate: Candidate) => upstreamBody(plan.requestFor(candidate.model), candidate),
    hidesReasoning: hidesReasoning(request),
    wantsMetadata: wantsMetadata(headers),
    estimatedInputTokens: estimateTokens(request),
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

/** Why a request that has somewhere to go is refused all the same; null when it is not. */
function refusalOf(
  { state, clock }: World,
  { caller }: ApiRequest<ApiKey>,
  request: ChatRequest,
  { route }: Plan,
): ApiError | null {
  const [first] = route.candidates;
  if (!first) return null;
  const { flags } = state.platform;
  if (flags.length > 0) return flaggedBy(flags, first, request);
  const lengths = { inputTokens: estimateTokens(request), maxTokens: maxTokensOf(request) };
  return (hasImages(request) ? unusableImage(request) : null) ?? unaffordable(caller, first, lengths, clock.now());
}

const headerText = (value: string | string[] | undefined): string | null =>
  Array.isArray(value) ? value.join(', ') : (value ?? null);
