import type { ApiError } from './api-error.ts';
import type { Endpoint } from './endpoint.ts';
import { filterSteps } from './filter-steps.ts';
import * as refusals from './refusals.ts';
import type { Policy, Wish } from './wish.ts';

type Result = { endpoints: Endpoint[] } | { refusal: ApiError };

/** The endpoints that the request and all policies leave, or the refusal that says which step left none. */
export function filterEndpoints(wish: Wish, policy: Policy): Result {
  const { model } = wish;
  let left = [...model.endpoints];
  if (left.length === 0) return { refusal: refusals.noEndpoints(wish) };
  if (policy.isRegionRestricted) return { refusal: refusals.notInRegion(wish) };
  const funnel: refusals.Step[] = [{ step: 'Initial Endpoints', endpoint_count: left.length }];
  for (const { name, keeps, refusal } of filterSteps(wish, policy)) {
    const kept = left.filter(keeps);
    if (kept.length === 0) return { refusal: refusal({ step: name, before: left, funnel }) };
    funnel.push({ step: name, endpoint_count: kept.length });
    left = kept;
  }
  const formatted = left.filter(({ supportedParameters }) => supportedParameters.includes('response_format'));
  if (wish.parameters.includes('response_format') && formatted.length > 0) left = formatted;
  if (wish.stopsReasoning && model.reasoning.mandatory) return { refusal: refusals.cannotStopReasoning() };
  return withinLengths(wish, left);
}

function withinLengths(wish: Wish, endpoints: Endpoint[]): Result {
  const { inputTokens, maxTokens } = wish;
  const longEnough = endpoints.filter(
    ({ maxCompletionTokens }) => maxTokens === null || maxTokens <= (maxCompletionTokens ?? Infinity),
  );
  if (longEnough.length === 0) return { refusal: refusals.noneLongEnough(wish, endpoints) };
  const wideEnough = longEnough.filter(({ contextLength }) => inputTokens + (maxTokens ?? 0) <= contextLength);
  if (wideEnough.length > 0) return { endpoints: wideEnough };
  const widest = Math.max(...longEnough.map(({ contextLength }) => contextLength));
  return { refusal: refusals.contextExceeded(widest, inputTokens, maxTokens) };
}
